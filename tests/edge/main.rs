//! The edge, as clients of every kind meet it: over real sockets, before a blog that says what it was asked.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod bodies;
mod clients;
mod connections;
mod differential;
mod framing;
mod gate;
mod http2;
mod kept;
mod listening;
mod requests;
mod slow;
mod stopping;
mod support;
