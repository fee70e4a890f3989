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

    async fn on_request(&self, request: &mut Request<'_>, _: &mut Data<'_>) {
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
/// `Origin` (RFC 6454). Only a program that is no browser, and so carries nobody's cookies, says neither.
fn comes_from_here(request: &Request<'_>) -> bool {
    let header = |name| request.headers().get_one(name);
    match (header("Sec-Fetch-Site"), header("Origin")) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => is_ours(request, origin),
        (None, None) => true,
    }
}

fn is_ours(request: &Request<'_>, origin: &str) -> bool {
    let settings: &Settings = request.rocket().state().expect("the settings are managed");
    let configured =
        settings.base_url.as_ref().is_some_and(|url| url.as_str().eq_ignore_ascii_case(origin));
    let host = request.host().map(ToString::to_string);
    let asked = origin.split_once("://").map(|(_, host)| host);
    configured || asked.zip(host).is_some_and(|(asked, host)| asked.eq_ignore_ascii_case(&host))
}

#[post("/refused")]
fn refused() -> Status {
    Status::Forbidden
}

/// Where refused requests end up.
pub fn routes() -> Vec<Route> {
    routes![refused]
}
