//! Rocket behind the edge: nobody else gets in, and what the edge says of the client counts.

use monograph::edge::{Client, Pass, Scheme};
use monograph::web::gate::{self, Gate};
use rocket::http::{Header, Status};
use rocket::local::blocking;
use rocket::{get, post, routes};
use std::net::{IpAddr, SocketAddr};

#[get("/")]
fn look(remote: SocketAddr) -> String {
    remote.ip().to_string()
}

#[post("/")]
fn change() -> &'static str {
    "changed"
}

fn behind(pass: &Pass) -> blocking::Client {
    let figment = rocket::Config::figment().merge(("log_level", "off")).merge(("ip_header", false));
    let rocket = rocket::custom(figment).mount("/", routes![look, change]);
    let rocket = rocket.attach(Gate(pass.clone())).mount("/", gate::routes());
    blocking::Client::untracked(rocket).unwrap()
}

fn shown(pass: &Pass, address: Option<&str>) -> Header<'static> {
    let address = address.map(|address| address.parse::<IpAddr>().unwrap());
    let client = Client { address, scheme: Scheme::Http, forwarded: false };
    let stamp = pass.stamp(&client).to_str().unwrap().to_owned();
    Header::new(Pass::HEADER.as_str().to_owned(), stamp)
}

#[test]
fn without_the_pass_nothing_is_looked_at_and_nothing_is_changed() {
    let pass = Pass::random();
    let rocket = behind(&pass);
    for request in [rocket.get("/"), rocket.post("/"), rocket.head("/nowhere")] {
        assert_eq!(request.dispatch().status(), Status::MisdirectedRequest);
    }
    let other = shown(&Pass::random(), Some("127.0.0.1"));
    assert_eq!(rocket.post("/").header(other).dispatch().status(), Status::MisdirectedRequest);
    let own = shown(&pass, Some("127.0.0.1"));
    assert_eq!(rocket.post("/").header(own).dispatch().into_string().unwrap(), "changed");
}

#[test]
fn the_client_is_who_the_edge_says() {
    let pass = Pass::random();
    let rocket = behind(&pass);
    for (address, seen) in
        [(Some("192.0.2.7"), "192.0.2.7"), (Some("2001:db8::7"), "2001:db8::7"), (None, "0.0.0.0")]
    {
        let request = rocket.get("/").header(shown(&pass, address));
        assert_eq!(request.dispatch().into_string().unwrap(), seen);
    }
}
