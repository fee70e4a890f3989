//! Other sites may link here; they may not change anything here.

use crate::settings::Settings;
use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::uri::Origin;
use rocket::http::{Method, Status};
use rocket::{Data, Request, Route, post, routes};

/// Turns away every change that another site asked a visitor's browser for.
pub struct SameOrigin;

#[rocket::async_trait]
impl Fairing for SameOrigin {
    fn info(&self) -> Info {
        Info { name: "Same origin", kind: Kind::Request }
    }

    async fn on_request(&self, request: &mut Request<'_>, data: &mut Data<'_>) {
        // Rocket lets a form choose its method (`_method`); one that chooses to look only would get a bodiless answer.
        if !changes_something(request.method()) && data.peek(8).await == b"_method=" {
            request.set_method(Method::Delete);
        }
        // A fairing cannot answer; it can only send the request to a place that does.
        if changes_something(request.method()) && !comes_from_here(request) {
            request.set_method(Method::Post);
            request.set_uri(Origin::parse("/refused").expect("a valid address"));
        }
    }
}

fn changes_something(method: Method) -> bool {
    !matches!(method, Method::Get | Method::Head | Method::Options | Method::Trace)
}

/// Browsers say where a request comes from: `Sec-Fetch-Site` (Fetch Metadata), older ones and those on plain HTTP
/// `Origin` (RFC 6454), some only `Referer`. Only a program that is no browser, and so carries nobody's cookies, says
/// none of them.
fn comes_from_here(request: &Request<'_>) -> bool {
    let header = |name| request.headers().get_one(name);
    match (header("Sec-Fetch-Site"), header("Origin").or_else(|| header("Referer"))) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => is_ours(request, origin),
        (None, None) => true,
    }
}

fn is_ours(request: &Request<'_>, address: &str) -> bool {
    let settings: &Settings = request.rocket().state().expect("the settings are managed");
    let Some(("http" | "https", rest)) = address.split_once("://") else { return false };
    let asked = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = request.host().map(ToString::to_string);
    let configured = settings.base_url.as_ref().and_then(|url| url.as_str().split_once("://"));
    let ours = [host.as_deref(), configured.map(|(_, host)| host)];
    ours.into_iter().flatten().any(|host| host.eq_ignore_ascii_case(asked))
}

#[post("/refused")]
fn refused() -> Status {
    Status::Forbidden
}

/// Where refused requests end up.
pub fn routes() -> Vec<Route> {
    routes![refused]
}
