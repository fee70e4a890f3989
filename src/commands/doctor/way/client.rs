//! Whom the blog takes for the client.

use super::visitor::Visitor;
use crate::commands::doctor::finding::Finding;
use crate::web::Seen;
use std::net::IpAddr;

/// Headers in which a proxy names the client; the addresses are for examples (RFC 5737), and nobody has them.
const MADE_UP: [(&str, &str, &str); 3] = [
    (
        "X-Real-IP",
        "192.0.2.1",
        "proxy_set_header X-Real-IP $remote_addr;` and `proxy_set_header X-Forwarded-For $remote_addr;",
    ),
    ("X-Forwarded-For", "192.0.2.2", "proxy_set_header X-Forwarded-For $remote_addr;"),
    ("Forwarded", "for=192.0.2.3", "proxy_set_header Forwarded \"\";"),
];

/// Looks whom the blog takes this visitor for, and whether it believes what a visitor says of themselves.
pub fn look(visitor: &Visitor, seen: &Seen) -> Finding {
    let headers = MADE_UP.map(|(name, value, _)| (name, value));
    let taken_for =
        visitor.seen(&headers).and_then(|seen| seen.client).map(|address| address.to_string());
    let believed = MADE_UP.iter().find(|(_, value, _)| {
        taken_for.as_ref().is_some_and(|address| value.ends_with(address.as_str()))
    });
    match believed {
        Some((name, _, line)) => forged(name, line),
        None => named(visitor.own_address(), seen),
    }
}

fn forged(name: &str, line: &str) -> Finding {
    Finding::problem(format!(
        "Whoever sends `{name}` passes for somebody else, and may guess passwords without end: the proxy hands on what a \
         visitor says. In nginx: `{line}`. In Caddy, in `reverse_proxy`: `header_up {name} {{remote_host}}`."
    ))
}

fn named(own: Option<IpAddr>, seen: &Seen) -> Finding {
    let client = seen.client.map_or("nobody".to_owned(), |client| client.to_string());
    let is_proxy = seen.client.is_some_and(|client| client.is_loopback())
        && own.is_some_and(|own| !own.is_loopback());
    let how = "In nginx: `proxy_set_header X-Real-IP $remote_addr;`. In Caddy, in `reverse_proxy`: \
               `header_up X-Real-IP {remote_host}`";
    match (seen.forwarded, seen.trusted) {
        (true, false) => Finding::problem(format!(
            "The proxy says who comes, but the blog takes everybody for {client}, and they share one throttle. Start it with \
             `ROCKET_IP_HEADER=X-Real-IP`. {how}."
        )),
        (false, true) => Finding::problem(format!(
            "The blog expects the proxy to say who comes, and it does not: everybody is {client}. {how}."
        )),
        _ if is_proxy => Finding::problem(format!(
            "The blog takes everybody for {client}, and they share one throttle. {how}; and start the blog with \
             `ROCKET_IP_HEADER=X-Real-IP`."
        )),
        _ => Finding::ok(format!("The blog takes this visitor for {client}.")),
    }
}
