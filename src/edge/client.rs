use std::net::IpAddr;

/// Who asks, as far as the network and the proxies that are trusted tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Client {
    /// The address; a program that comes through a unix socket has none.
    pub address: Option<IpAddr>,
    /// How it speaks to us, or to the proxy in front.
    pub scheme: Scheme,
    /// Whether the request said that somebody passed it on.
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
