//! What stands before the blog: it listens, keeps slow and greedy clients in bounds, and passes on to Rocket what it
//! does not answer itself. It knows HTTP and nothing of blogs.

mod answer;
mod body;
mod client;
mod connection;
mod door;
mod headers;
mod origin;
mod pass;
mod refusal;
mod stream;
mod upload;

pub use answer::answer;
pub use body::Body;
pub use client::{Client, Scheme};
pub use door::Door;
pub use origin::Origin;
pub use pass::Pass;
pub use refusal::Refusal;
pub use upload::Upload;

use crate::settings::{self, Settings};
use std::sync::Arc;

/// Everything that connections share.
pub struct Edge {
    /// What the operator allows.
    pub settings: settings::Edge,
    /// The way to the blog itself.
    pub origin: Origin,
}

impl Edge {
    /// An edge before the blog that `origin` leads to.
    pub fn new(settings: &Settings, origin: Origin) -> Arc<Edge> {
        Arc::new(Edge { settings: settings.edge.clone(), origin })
    }
}
