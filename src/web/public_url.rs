use crate::settings::Settings;
use rocket::Request;
use rocket::request::{FromRequest, Outcome};
use std::convert::Infallible;

/// Where visitors find the blog, for links that are handed over. A visitor has no say in it.
pub struct PublicUrl(pub String);

impl PublicUrl {
    /// Where the blog that got `request` is found.
    pub fn of(request: &Request<'_>) -> PublicUrl {
        let settings: &Settings = request.rocket().state().expect("the settings are managed");
        PublicUrl(settings.public_url().as_str().to_owned())
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for PublicUrl {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<PublicUrl, Infallible> {
        Outcome::Success(PublicUrl::of(request))
    }
}
