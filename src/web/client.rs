use super::gate;
use crate::blog::Client;
use crate::edge::Scheme;
use crate::settings::Settings;
use rocket::Request;
use rocket::request::{FromRequest, Outcome};
use std::convert::Infallible;
use std::net::IpAddr;

/// Headers by which a proxy says that it is one.
const FORWARDING: [&str; 5] =
    ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP"];

/// Who is asking, as far as the network tells.
pub fn client(request: &Request<'_>) -> Client {
    let user_agent = request.headers().get_one("User-Agent").unwrap_or_default().to_owned();
    // Who comes through a unix socket has no address.
    let address = request.client_ip().filter(|address| !address.is_unspecified());
    Client { user_agent, address: address.map(prefix).unwrap_or_default() }
}

/// The part of an address that stands for one customer of a network: all of IPv4, the first 64 bits of IPv6.
pub fn prefix(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            std::net::Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).to_string() + "/64"
        }
    }
}

/// Whether the request was made on this very machine, and by no proxy on behalf of somebody else.
pub fn is_local(request: &Request<'_>) -> bool {
    let settings: &Settings = request.rocket().state().expect("the settings are managed");
    let loopback = request.remote().is_some_and(|peer| peer.ip().to_canonical().is_loopback());
    loopback
        && !is_forwarded(request)
        && !settings.trusts_a_proxy()
        && asks_for_this_machine(request)
}

/// Whether somebody says that they pass the request on.
pub fn is_forwarded(request: &Request<'_>) -> bool {
    if let Some(client) = gate::client(request) {
        return client.forwarded;
    }
    request.headers().iter().any(|header| {
        let name = header.name();
        FORWARDING.iter().any(|known| name == *known) || name.starts_with("X-Forwarded-")
    })
}

/// Whether the visitor comes over HTTPS, so that nobody on the way can listen.
#[derive(Debug, Clone, Copy)]
pub struct Https(pub bool);

impl Https {
    /// Whether the visitor does who makes `request`: always, if that is how the blog is found.
    pub fn of(request: &Request<'_>) -> Https {
        let settings: &Settings = request.rocket().state().expect("the settings are managed");
        let seen = gate::client(request).is_some_and(|client| client.scheme == Scheme::Https);
        Https(settings.is_https() || seen)
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Https {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Https, Infallible> {
        Outcome::Success(Https::of(request))
    }
}

/// Another site can make its name lead to this machine, and so a browser on it send us what it likes; but the browser
/// then says that name.
fn asks_for_this_machine(request: &Request<'_>) -> bool {
    let Some(host) = request.host() else { return true };
    let name = host.domain().as_str().trim_matches(['[', ']']);
    name.eq_ignore_ascii_case("localhost")
        || name.parse::<IpAddr>().is_ok_and(|address| address.to_canonical().is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_customer_has_one_prefix() {
        let prefix = |text: &str| prefix(text.parse().unwrap());
        assert_eq!(prefix("192.0.2.7"), "192.0.2.7");
        assert_eq!(prefix("::ffff:192.0.2.7"), "192.0.2.7");
        assert_eq!(prefix("2001:db8:1:2:3:4:5:6"), prefix("2001:db8:1:2::9"));
        assert_ne!(prefix("2001:db8:1:3::"), prefix("2001:db8:1:2::"));
    }
}
