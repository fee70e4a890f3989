//! Which route made an answer: for the edge, which counts them.

use crate::edge::metrics::ROUTE;
use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::Header;
use rocket::{Request, Response};

/// Tells the edge.
pub struct RouteName;

#[rocket::async_trait]
impl Fairing for RouteName {
    fn info(&self) -> Info {
        Info { name: "Route name", kind: Kind::Response }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        // Of addresses that lead nowhere there are as many as somebody makes up.
        if let Some(route) = request.route() {
            response.set_header(Header::new(ROUTE.to_string(), route.uri.path().to_owned()));
        }
    }
}
