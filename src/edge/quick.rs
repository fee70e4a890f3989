//! Pages that are kept ready, sent at once: most of what a blog is asked for needs nothing else of HTTP than this.

use super::answer::meet;
use super::journal::Said;
use super::link::{Exchange, Link};
use super::metrics::Handled;
use super::pulse::Order;
use super::wire::Wire;
use super::{Body, Client};
use hyper::header::{
    CONNECTION, CONTENT_LENGTH, EXPECT, HeaderName, HeaderValue, TRANSFER_ENCODING, UPGRADE,
};
use hyper::{Method, Request, Uri};
use rocket::tokio::io::AsyncWrite;
use std::future::poll_fn;
use std::io::IoSlice;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Poll, ready};
use std::time::SystemTime;

/// What became of an answer.
pub enum Sent {
    /// The client has it, and may ask for more.
    Whole,
    /// The connection has come to its end.
    Cut,
}

/// What only those send who want more than a page.
const MORE: [HeaderName; 4] = [CONTENT_LENGTH, EXPECT, TRANSFER_ENCODING, UPGRADE];

/// Answers the request whose head has come through `wire`, if a page that is kept is all that it takes. Everything else
/// stays as it is, for hyper to read.
pub async fn answer(wire: &mut Wire, link: &Arc<Link>) -> Option<Sent> {
    // hyper tells the client that the connection ends after this.
    if link.pulse.is_ending() {
        return None;
    }
    let (mut request, length) = read(wire.read_ahead(), link)?;
    let edge = &link.edge;
    let arrival = edge.journal.arrival(&request);
    let client = admit(&mut request, link)?;
    let page = edge.cache.page(&request, client.scheme)?;
    let ready = page.spelled(request.method(), request.headers())?;

    let exchange = Exchange::begin(link.clone());
    wire.forget(length);
    if let Some(arrival) = arrival {
        let (status, route) = (ready.status, ready.route);
        edge.journal.note(&arrival, &client, &Said { status, route, handled: Handled::Hit });
    }
    let date = format!("date: {}\r\n\r\n", httpdate::fmt_http_date(SystemTime::now()));
    let sent = send(wire, link, [ready.head, date.as_bytes(), ready.body]).await;
    drop(exchange);
    if !wire.read_ahead().is_empty() {
        link.pulse.heard();
    }
    Some(if sent { Sent::Whole } else { Sent::Cut })
}

/// The request at the beginning of `bytes` and how long it is, if it has nothing but a head.
fn read(bytes: &[u8], link: &Link) -> Option<(Request<Body>, usize)> {
    let limits = &link.edge.settings;
    let mut lines = [httparse::EMPTY_HEADER; 64];
    let most = limits.header_count.min(lines.len());
    let mut head = httparse::Request::new(&mut lines[..most]);
    let Ok(httparse::Status::Complete(length)) = head.parse(bytes) else { return None };
    if head.version != Some(1) || length as u64 > limits.header_limit.as_u64() {
        return None;
    }
    let mut request = Request::new(Body::empty());
    *request.method_mut() = match head.method {
        Some("GET") => Method::GET,
        Some("HEAD") => Method::HEAD,
        _ => return None,
    };
    *request.uri_mut() = Uri::try_from(head.path?).ok()?;
    for line in head.headers {
        let name = HeaderName::from_bytes(line.name.as_bytes()).ok()?;
        let goes_on = name != CONNECTION || line.value.eq_ignore_ascii_case(b"keep-alive");
        if MORE.contains(&name) || !goes_on {
            return None;
        }
        request.headers_mut().append(name, HeaderValue::from_bytes(line.value).ok()?);
    }
    Some((request, length))
}

/// Who asks, if nothing is wrong with the request and it came in the way that it should.
fn admit(request: &mut Request<Body>, link: &Link) -> Option<Client> {
    let edge = &link.edge;
    let (client, host) = edge.trust.client(&link.peer, request.headers());
    meet(request, host, link).ok()?;
    (!edge.wants_https(&client, &link.peer)).then_some(client)
}

/// Sends all `parts`; whether the client has taken them.
async fn send(wire: &mut Wire, link: &Link, parts: [&[u8]; 3]) -> bool {
    let mut parts = parts.map(IoSlice::new);
    let mut left = &mut parts[..];
    poll_fn(|cx| {
        // Over TLS it is the flush that waits for the client.
        if link.pulse.order(cx).is_some_and(|order| order > Order::Finish) {
            return Poll::Ready(false);
        }
        while !left.is_empty() {
            match Pin::new(&mut *wire).poll_write_vectored(cx, left) {
                Poll::Ready(Ok(count @ 1..)) => IoSlice::advance_slices(&mut left, count),
                Poll::Ready(_) => return Poll::Ready(false),
                Poll::Pending => return Poll::Pending,
            }
        }
        Poll::Ready(ready!(Pin::new(&mut *wire).poll_flush(cx)).is_ok())
    })
    .await
}
