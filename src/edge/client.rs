use super::forwarded::Forwarded;
use super::link::Peer;
use crate::settings::{Proxies, Settings};
use hyper::HeaderMap;
use hyper::header::{HeaderName, HeaderValue};
use std::net::IpAddr;

/// Who asks, as far as the network and the proxies that are trusted tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Client {
    /// The address; a program that comes through a unix socket has none.
    pub address: Option<IpAddr>,
    /// How it speaks to us, or to the proxy in front.
    pub scheme: Scheme,
    /// Whether the request says that somebody has passed it on.
    pub forwarded: bool,
}

/// Whether others can listen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// In the clear.
    Http,
    /// Over TLS.
    Https,
}

/// Who is believed to know a client better than the network does.
pub struct Trust {
    proxies: Proxies,
    /// The header in which they name it, where it is not one of the usual.
    header: Option<HeaderName>,
}

impl Trust {
    /// As the operator has it.
    pub fn new(settings: &Settings) -> Trust {
        let header = settings.ip_header().and_then(|name| name.parse().ok());
        Trust { proxies: settings.proxies(), header }
    }

    /// Who asks, and for which host if a proxy knows that better than the request.
    pub fn client(&self, peer: &Peer, headers: &HeaderMap) -> (Client, Option<HeaderValue>) {
        let forwarded = headers.keys().any(tells_of_a_proxy);
        let mut client = Client { address: peer.address, scheme: peer.scheme, forwarded };
        if !self.proxies.include(peer.address) {
            return (client, None);
        }
        let told = Forwarded::of(headers, &self.proxies);
        let named = self.header.as_ref().map(|name| address_in(headers, name));
        client.address = named.unwrap_or(told.address).or(peer.address);
        client.scheme = told.scheme.unwrap_or(peer.scheme);
        (client, told.host)
    }
}

fn tells_of_a_proxy(name: &HeaderName) -> bool {
    let name = name.as_str();
    name == "forwarded" || name == "x-real-ip" || name.starts_with("x-forwarded-")
}

fn address_in(headers: &HeaderMap, name: &HeaderName) -> Option<IpAddr> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}

impl Scheme {
    /// The scheme of that name.
    pub fn named(name: &str) -> Option<Scheme> {
        match () {
            () if name.eq_ignore_ascii_case("https") => Some(Scheme::Https),
            () if name.eq_ignore_ascii_case("http") => Some(Scheme::Http),
            () => None,
        }
    }
}
