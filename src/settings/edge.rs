use super::{Loopback, Span};
use rocket::data::{ByteUnit, ToByteUnit};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// What the operator may set of the edge: how long it waits for whom, and how much it takes.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Edge {
    /// How long a connection may say nothing at all.
    pub silent_timeout: Span,
    /// How long the head of a request may take.
    pub header_timeout: Span,
    /// How long a connection is kept for the next request.
    pub idle_timeout: Span,
    /// How long the body of a request may pause.
    pub body_timeout: Span,
    /// How long a client may take none of its answer.
    pub write_timeout: Span,
    /// How long a request may take from its head to its end.
    pub request_timeout: Span,
    /// How long running requests may take when the blog is to stop.
    pub drain: Span,
    /// The most bytes of a request's head.
    pub header_limit: ByteUnit,
    /// The most headers of a request.
    pub header_count: usize,
    /// The most bytes of the address that a request asks for.
    pub target_limit: ByteUnit,
    /// The most connections in all; without it as many as open files allow, and at most 10,000.
    pub connections: Option<usize>,
    /// The most connections of one client that is not on this machine.
    pub connections_per_client: usize,
    /// How many requests of one client a second reach the blog itself, in the long run.
    pub requests_per_second: u32,
    /// How many requests of one client reach the blog itself at once.
    pub request_burst: u32,
    /// The most requests that the blog itself works on at the same time.
    pub requests_in_flight: usize,
    /// The most bodies of requests that are awaited at the same time.
    pub bodies_in_flight: usize,
    /// How many bytes of pages are kept ready for readers without a session.
    pub page_cache: ByteUnit,
    /// Whether there is a line of log for each request.
    pub access_log: bool,
    /// Where programs on this machine find numbers about the blog.
    pub metrics: Option<Loopback>,
}

impl Default for Edge {
    fn default() -> Edge {
        Edge {
            silent_timeout: Span::seconds(10),
            header_timeout: Span::seconds(10),
            idle_timeout: Span::seconds(30),
            body_timeout: Span::seconds(15),
            write_timeout: Span::seconds(30),
            request_timeout: Span::seconds(300),
            drain: Span::seconds(10),
            header_limit: 32.kibibytes(),
            header_count: 100,
            target_limit: 8.kibibytes(),
            connections: None,
            connections_per_client: 256,
            requests_per_second: 30,
            request_burst: 300,
            requests_in_flight: 64,
            bodies_in_flight: 1024,
            page_cache: 32.mebibytes(),
            access_log: true,
            metrics: None,
        }
    }
}

impl Edge {
    /// How often to look whether somebody's time is over.
    pub fn pace(&self) -> Duration {
        let times =
            [self.silent_timeout, self.header_timeout, self.idle_timeout, self.write_timeout];
        let shortest = times.into_iter().map(Span::duration).min().unwrap_or_default();
        (shortest / 8).clamp(Duration::from_millis(20), Duration::from_secs(1))
    }
}
