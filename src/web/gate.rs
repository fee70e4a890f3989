//! Where the edge stands in front, nothing comes in but through the edge.

use crate::edge::{Client, Pass};
use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::uri::Origin;
use rocket::http::{Method, Status};
use rocket::{Data, Request, Route, get, routes};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// Turns away every request that does not show the edge's pass, and believes what the pass says of the client.
pub struct Gate(pub Pass);

#[rocket::async_trait]
impl Fairing for Gate {
    fn info(&self) -> Info {
        Info { name: "Gate", kind: Kind::Request }
    }

    async fn on_request(&self, request: &mut Request<'_>, _: &mut Data<'_>) {
        let shown = request.headers().get_one(Pass::HEADER.as_str());
        match shown.and_then(|text| self.0.read(text)) {
            Some(client) => {
                // Nobody's address, where there is none: least of all that of this machine.
                let address = client.address.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
                request.set_remote(SocketAddr::new(address, 0));
                request.local_cache(|| Some(client));
            }
            // A fairing cannot answer; it can only send the request to a place that does.
            None => {
                request.set_method(Method::Get);
                request.set_uri(Origin::parse("/misdirected").expect("a valid address"));
            }
        }
    }
}

/// What the edge says of whoever makes `request`, where there is one.
pub fn client<'r>(request: &'r Request<'_>) -> Option<&'r Client> {
    request.local_cache(|| None::<Client>).as_ref()
}

#[get("/misdirected")]
fn misdirected() -> (Status, &'static str) {
    (Status::MisdirectedRequest, "This is not the way in.\n")
}

/// Where requests end up that came another way.
pub fn routes() -> Vec<Route> {
    routes![misdirected]
}
