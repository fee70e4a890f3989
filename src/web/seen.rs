use super::client::{Https, is_forwarded};
use crate::settings::Settings;
use rocket::Request;
use rocket::request::{FromRequest, Outcome};
use serde::{Deserialize, Serialize};
use std::convert::Infallible;
use std::net::IpAddr;

/// What arrives of a request after whatever stands in front of the blog.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The host that was asked for, with its port if one was named.
    pub host: Option<String>,
    /// Whether the visitor comes over HTTPS, as far as the blog knows.
    pub https: bool,
    /// Who is taken for the client.
    pub client: Option<IpAddr>,
    /// Whether somebody says that they pass the request on.
    pub forwarded: bool,
    /// Whether their word on the client counts.
    pub trusted: bool,
    /// The most bytes of one file.
    pub upload_limit: u64,
    /// Another one for each request: an answer with the same one has been kept on the way.
    pub number: String,
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Seen {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Seen, Infallible> {
        let settings: &Settings = request.rocket().state().expect("the settings are managed");
        Outcome::Success(Seen {
            host: request.host().map(ToString::to_string),
            https: Https::of(request).0,
            client: request
                .client_ip()
                .map(|address| address.to_canonical())
                .filter(|address| !address.is_unspecified()),
            forwarded: is_forwarded(request),
            trusted: settings.trusts_a_proxy(),
            upload_limit: settings.upload_limit.as_u64(),
            number: crate::blog::Token::random().to_string(),
        })
    }
}
