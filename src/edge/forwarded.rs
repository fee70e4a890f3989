use super::Scheme;
use crate::settings::Proxies;
use hyper::HeaderMap;
use hyper::header::{FORWARDED, HeaderName, HeaderValue};
use std::net::{IpAddr, SocketAddr};

/// What proxies say of the client: in `X-Forwarded-For` and its like, else in `Forwarded` (RFC 7239). Nearly all of them
/// write the former, and pass on what a client has put into the latter.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Forwarded {
    /// Its address.
    pub address: Option<IpAddr>,
    /// How it speaks to the proxy.
    pub scheme: Option<Scheme>,
    /// The host it asks for.
    pub host: Option<HeaderValue>,
}

/// What one proxy says of whoever has asked it.
#[derive(Default)]
struct Hop<'h> {
    by: Option<IpAddr>,
    scheme: Option<&'h str>,
    host: Option<&'h str>,
}

const FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");
const HOST: HeaderName = HeaderName::from_static("x-forwarded-host");

impl Forwarded {
    /// What `headers` say. Each proxy adds to their end; whoever is not trusted may have made up everything before
    /// that. So it is the last address that is none of the `trusted`.
    pub fn of(headers: &HeaderMap, trusted: &Proxies) -> Forwarded {
        let hops = match headers.contains_key(FORWARDED) && !headers.contains_key(FOR) {
            true => hops(headers),
            false => x_hops(headers),
        };
        let mut told = Forwarded::default();
        for hop in hops.into_iter().rev() {
            let known = hop.by.is_some();
            told = Forwarded {
                address: hop.by.or(told.address),
                scheme: hop.scheme.and_then(Scheme::named).or(told.scheme),
                host: hop.host.and_then(|host| HeaderValue::from_str(host).ok()).or(told.host),
            };
            if !known || !trusted.include(hop.by) {
                break;
            }
        }
        told
    }
}

fn hops(headers: &HeaderMap) -> Vec<Hop<'_>> {
    values(headers, &FORWARDED).into_iter().map(hop).collect()
}

/// One element of `Forwarded`: `for=192.0.2.60;proto=http;host=blog.example`.
fn hop(element: &str) -> Hop<'_> {
    let mut hop = Hop::default();
    for pair in element.split(';') {
        let Some((name, value)) = pair.split_once('=') else { continue };
        let value = value.trim().trim_matches('"');
        match name.trim().to_ascii_lowercase().as_str() {
            "for" => hop.by = address(value),
            "proto" => hop.scheme = Some(value),
            "host" => hop.host = Some(value),
            _ => {}
        }
    }
    hop
}

/// Those of the headers that were there before the standard. Of schemes and hosts there may be fewer than of addresses.
fn x_hops(headers: &HeaderMap) -> Vec<Hop<'_>> {
    let addresses = values(headers, &FOR).into_iter().map(address);
    let mut hops: Vec<_> = addresses.map(|by| Hop { by, ..Hop::default() }).collect();
    if hops.is_empty() {
        hops.push(Hop::default());
    }
    for (hop, scheme) in hops.iter_mut().rev().zip(values(headers, &PROTO).into_iter().rev()) {
        hop.scheme = Some(scheme);
    }
    for (hop, host) in hops.iter_mut().rev().zip(values(headers, &HOST).into_iter().rev()) {
        hop.host = Some(host);
    }
    hops
}

/// Each by itself: what a client has put before it must not make what a proxy has added unreadable.
fn values<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Vec<&'h str> {
    let lines = headers.get_all(name).iter().map(HeaderValue::as_bytes);
    let values = lines.flat_map(|line| line.split(|byte| *byte == b','));
    values.map(|value| str::from_utf8(value).unwrap_or_default().trim()).collect()
}

/// An address, with or without a port, with or without brackets.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    let alone = bare.parse().ok();
    let address = alone.or_else(|| text.parse::<SocketAddr>().ok().map(|address| address.ip()));
    address.map(|address| address.to_canonical())
}
