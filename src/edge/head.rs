//! Waiting for the head of a request with as little memory as that takes.

use super::link::Link;
use super::pulse::Order;
use super::wire::Wire;
use std::future::poll_fn;
use std::task::{Context, Poll};

/// What has been waited for.
pub enum Head {
    /// All of it, or more than there may be.
    Here,
    /// The beginning of a connection in HTTP/2 (RFC 9113, section 3.4).
    Http2,
    /// The end of the connection: nobody is there any more.
    Gone,
    /// An order came first.
    Ordered(Order),
}

const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// Waits for a head to come through `wire`, which may be the `first` one.
pub async fn head(wire: &mut Wire, link: &Link, first: bool) -> Head {
    let most = link.edge.settings.header_limit.as_u64() as usize;
    poll_fn(|cx| poll(wire, link, first, most, cx)).await
}

fn poll(
    wire: &mut Wire,
    link: &Link,
    first: bool,
    most: usize,
    cx: &mut Context<'_>,
) -> Poll<Head> {
    let order = link.pulse.order(cx);
    if let Some(order) = order.filter(|order| *order > Order::Finish) {
        return Poll::Ready(Head::Ordered(order));
    }
    loop {
        if let Some(head) = found(wire.read_ahead(), first, most) {
            return Poll::Ready(head);
        }
        match wire.poll_ahead(cx) {
            Poll::Ready(Ok(1..)) => {}
            Poll::Ready(Ok(0) | Err(_)) => return Poll::Ready(Head::Gone),
            // Whoever has come and said nothing yet may have sent a request that has not arrived.
            Poll::Pending
                if order.is_some() && wire.read_ahead().is_empty() && !link.pulse.is_silent() =>
            {
                return Poll::Ready(Head::Gone);
            }
            Poll::Pending => return Poll::Pending,
        }
    }
}

fn found(bytes: &[u8], first: bool, most: usize) -> Option<Head> {
    let common = bytes.len().min(PREFACE.len());
    if first && common > 0 && bytes[..common] == PREFACE[..common] {
        return (common == PREFACE.len()).then_some(Head::Http2);
    }
    (bytes.len() > most || has_empty_line(bytes)).then_some(Head::Here)
}

/// Lines may end without a carriage return (RFC 9112, section 2.2).
fn has_empty_line(bytes: &[u8]) -> bool {
    let mut ends = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at);
    let Some(mut last) = ends.next() else { return false };
    ends.any(|end| {
        let line = &bytes[last + 1..end];
        last = end;
        matches!(line, [] | [b'\r'])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_ends_with_an_empty_line() {
        let is_here = |text: &str| matches!(found(text.as_bytes(), true, 100), Some(Head::Here));
        assert!(is_here("GET / HTTP/1.1\r\nA: b\r\n\r\n") && is_here("GET / HTTP/1.1\n\nmore"));
        assert!(!is_here("") && !is_here("GET / HTTP/1.1\r\nA: b\r\n\r"));
        assert!(is_here(&"a".repeat(101)));
    }

    #[test]
    fn http_2_begins_with_its_preface() {
        for length in 1..PREFACE.len() {
            assert!(found(&PREFACE[..length], true, 100).is_none(), "{length}");
        }
        assert!(matches!(found(PREFACE, true, 100), Some(Head::Http2)));
        assert!(matches!(found(PREFACE, false, 100), Some(Head::Here)));
    }
}
