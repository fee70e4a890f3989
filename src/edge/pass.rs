use super::{Client, Scheme};
use hyper::header::{HeaderName, HeaderValue};
use std::fmt::Write;
use std::net::IpAddr;

/// What the edge and the blog itself know and nobody else: a request that shows it has come through the edge, and what
/// it says of the client is true.
#[derive(Debug, Clone)]
pub struct Pass(String);

impl Pass {
    /// The header that holds it.
    pub const HEADER: HeaderName = HeaderName::from_static("x-monograph-edge");

    /// A pass nobody has seen before.
    pub fn random() -> Pass {
        let mut bytes = [0u8; 16];
        getrandom::fill(&mut bytes)
            .expect("the system has random numbers, or nothing here is safe");
        Pass(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// The pass of a request by `client`.
    pub fn stamp(&self, client: &Client) -> HeaderValue {
        let mut text = String::with_capacity(96);
        let scheme = if client.scheme == Scheme::Https { "https" } else { "http" };
        let via = if client.forwarded { "forwarded" } else { "direct" };
        text.push_str(&self.0);
        // Writing to a string does not fail.
        let _ = match client.address {
            Some(address) => write!(text, " {scheme} {via} {address}"),
            None => write!(text, " {scheme} {via} -"),
        };
        HeaderValue::try_from(text).expect("digits, words and addresses")
    }

    /// The client that a pass tells of; nobody, if it is not ours.
    pub fn read(&self, text: &str) -> Option<Client> {
        let mut words = text.split(' ');
        if !same(self.0.as_bytes(), words.next()?.as_bytes()) {
            return None;
        }
        let scheme = if words.next()? == "https" { Scheme::Https } else { Scheme::Http };
        let forwarded = words.next()? == "forwarded";
        let address = words.next()?.parse::<IpAddr>().ok();
        Some(Client { address, scheme, forwarded })
    }
}

/// Compares in a time that does not depend on where they differ.
fn same(ours: &[u8], theirs: &[u8]) -> bool {
    ours.len() == theirs.len() && ours.iter().zip(theirs).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pass_says_who_asks() {
        let pass = Pass::random();
        for address in [None, Some("192.0.2.7"), Some("2001:db8::1")] {
            let address = address.map(|address| address.parse().unwrap());
            let client = Client { address, scheme: Scheme::Https, forwarded: true };
            assert_eq!(pass.read(pass.stamp(&client).to_str().unwrap()), Some(client));
        }
    }

    #[test]
    fn nobody_can_make_one_up() {
        let pass = Pass::random();
        let client = Client { address: None, scheme: Scheme::Http, forwarded: false };
        let other = Pass::random().stamp(&client);
        assert_eq!(pass.read(other.to_str().unwrap()), None);
        assert_eq!(pass.read(""), None);
        assert_eq!(pass.read("http direct 127.0.0.1"), None);
    }
}
