use super::ledger::Full;
use super::pulse::Pulse;
use super::{Edge, Scheme};
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// One connection, as its requests and its bytes know it.
pub struct Link {
    /// What all connections share.
    pub edge: Arc<Edge>,
    /// Who is at the other end.
    pub peer: Peer,
    /// What the connection is doing.
    pub pulse: Arc<Pulse>,
    /// Under which it stands among all connections.
    number: u64,
    /// Whether requests come through it side by side, as in HTTP/2.
    multiplexed: AtomicBool,
    /// Whether something of a request is still to come that nobody will read.
    unread: AtomicBool,
    /// The bytes since the last request, for as long as hyper reads.
    heard: Mutex<Vec<u8>>,
}

/// More than any head that is taken.
const MOST_HEARD: usize = 128 << 10;

/// The other end of a connection: a visitor, or a proxy in front.
#[derive(Debug, Clone, Copy)]
pub struct Peer {
    /// The address; none where it comes through a unix socket.
    pub address: Option<IpAddr>,
    /// Whether others can listen.
    pub scheme: Scheme,
}

/// A request that is under way for as long as this exists.
pub struct Exchange(Arc<Link>);

impl Link {
    /// Takes a place among the connections.
    ///
    /// # Errors
    /// There is none.
    pub fn new(edge: Arc<Edge>, peer: Peer) -> Result<Link, Full> {
        let (number, pulse) = edge.ledger.admit(&peer)?;
        let (multiplexed, unread) = (AtomicBool::new(false), AtomicBool::new(false));
        Ok(Link { edge, peer, pulse, number, multiplexed, unread, heard: Mutex::default() })
    }

    /// From now on requests come side by side.
    pub fn multiplex(&self) {
        self.multiplexed.store(true, Relaxed);
    }

    /// Whether requests come side by side.
    pub fn is_multiplexed(&self) -> bool {
        self.multiplexed.load(Relaxed)
    }

    /// Says whether something is still to come that nobody may read.
    pub fn leave_unread(&self, unread: bool) {
        self.unread.store(unread, Relaxed);
    }

    /// Whether something is still to come that nobody may read.
    pub fn is_unread(&self) -> bool {
        self.unread.load(Relaxed)
    }

    /// `bytes` have come from the client.
    pub fn hear(&self, bytes: &[u8]) {
        if self.is_multiplexed() || self.pulse.is_running() {
            return;
        }
        self.pulse.heard();
        let mut heard = self.heard();
        if heard.len() < MOST_HEARD {
            heard.extend_from_slice(bytes);
        }
    }

    /// hyper reads from now on, and first what has come already.
    pub fn hear_from_here(&self, ahead: &[u8]) {
        *self.heard() = ahead.to_vec();
    }

    /// The bytes that came since the last request.
    pub fn heard(&self) -> MutexGuard<'_, Vec<u8>> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.edge.ledger.leave(self.number, &self.peer);
    }
}

impl Exchange {
    /// A request has come.
    pub fn begin(link: Arc<Link>) -> Exchange {
        link.pulse.begin();
        Exchange(link)
    }

    /// The connection that it came through.
    pub fn link(&self) -> &Link {
        &self.0
    }
}

impl Drop for Exchange {
    fn drop(&mut self) {
        // Whoever waits for the next one should not hold on to the memory that this one took.
        *self.0.heard() = Vec::new();
        self.0.pulse.end();
    }
}
