//! What stands before the blog: it listens, keeps slow and greedy clients in bounds, and passes on to Rocket what it
//! does not answer itself. It knows HTTP and nothing of blogs.

mod answer;
mod bodies;
mod body;
pub mod cache;
mod check;
mod client;
mod connection;
mod door;
mod files;
mod flows;
mod forwarded;
mod head;
mod headers;
mod https;
mod journal;
mod ledger;
mod link;
mod listener;
pub mod metrics;
mod origin;
mod pass;
mod pool;
mod pulse;
mod quick;
mod rate;
mod refusal;
mod slots;
mod stream;
mod streams;
pub mod tls;
mod upload;
mod upstream;
mod wire;

pub use answer::answer;
pub use body::Body;
pub use cache::PageCache;
pub use client::{Client, Scheme};
pub use door::Door;
pub use origin::Origin;
pub use pass::Pass;
pub use refusal::Refusal;
pub use upload::Upload;

use crate::settings::{self, Settings};
use bodies::Bodies;
use client::Trust;
use journal::Journal;
use ledger::Ledger;
use rate::Rate;
use slots::Slots;
use std::sync::Arc;
use tls::Tls;

/// Everything that connections share.
pub struct Edge {
    /// What the operator allows.
    pub settings: settings::Edge,
    /// The way to the blog itself.
    pub origin: Origin,
    /// What it need not be asked for again.
    pub cache: PageCache,
    /// What is written down.
    pub journal: Journal,
    /// How to speak HTTPS, where the blog does so itself.
    pub tls: Option<Tls>,
    /// The name and port under which HTTPS is found, where they are known.
    https_host: Option<String>,
    trust: Trust,
    ledger: Ledger,
    rate: Rate,
    /// Bodies whose first part is awaited.
    bodies: Bodies,
    /// Longer bodies, which the blog reads while they come: never so many that nothing else is done.
    uploads: Slots,
}

impl Edge {
    /// An edge before the blog that `origin` leads to, with a cache of its pages.
    pub fn new(
        settings: &Settings,
        origin: Origin,
        cache: PageCache,
        tls: Option<Tls>,
    ) -> Arc<Edge> {
        let limits = settings.edge.clone();
        let most = connections(&limits, files::raise_limit());
        let url = settings.base_url.as_ref();
        let https_host = url.and_then(|url| url.as_str().strip_prefix("https://"));
        Arc::new(Edge {
            origin,
            cache,
            journal: Journal::new(&limits),
            tls,
            https_host: https_host.map(str::to_owned),
            trust: Trust::new(settings),
            ledger: Ledger::new(settings, most),
            rate: Rate::new(&limits),
            bodies: Bodies::new(limits.bodies_in_flight.min(most / 4)),
            uploads: Slots::new(limits.requests_in_flight / 2, limits.requests_in_flight / 8),
            settings: limits,
        })
    }

    /// How many connections are open.
    pub fn connections(&self) -> usize {
        self.ledger.count()
    }
}

/// How many connections there may be: what is left of the open files when those are counted that the blog needs, two
/// for each request and each long answer that is under way.
fn connections(limits: &settings::Edge, files: usize) -> usize {
    let needed = limits.requests_in_flight * 4 + 64;
    let possible = files.saturating_sub(needed).max(16);
    limits.connections.unwrap_or(10_000).min(possible)
}
