//! Answers that are too long to be taken at once, and go on to their clients as they come from the blog.

use super::ledger::network;
use super::pool::Lease;
use super::{Client, Refusal};
use hyper::body::{Body as _, Bytes, Frame, Incoming, SizeHint};
use rocket::futures::task::AtomicWaker;
use std::io;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

/// Those that are under way: so many at the same time, and so many of one client.
pub struct Flows {
    most: usize,
    of_one: usize,
    under_way: Mutex<Vec<Arc<Course>>>,
}

/// One of them; it is over when this is gone.
pub struct Flow(Arc<Course>);

/// How far one of them is.
struct Course {
    /// Whose it is; none where it is a program on this machine, behind which there may be a proxy.
    client: Option<IpAddr>,
    state: Mutex<State>,
    /// Wakes whoever waits for more when there is no more.
    waker: AtomicWaker,
}

struct State {
    /// Where it comes from; nothing once it is over.
    source: Option<(Incoming, Lease)>,
    /// When the client took some of it last.
    moved: Instant,
}

/// A client that has taken nothing for this long has no claim to a place that another needs.
const PAUSE: Duration = Duration::from_secs(2);

impl Flows {
    /// Room for `most`, of which one client gets `of_one`.
    pub fn new(most: usize, of_one: usize) -> Flows {
        Flows { most: most.max(1), of_one: of_one.max(1), under_way: Mutex::default() }
    }

    /// What `incoming` brings through `lease`, for `client`. Where all places are taken, the one gives way whose client
    /// has taken nothing for longest.
    ///
    /// # Errors
    /// All clients take theirs.
    pub fn begin(
        &self,
        incoming: Incoming,
        lease: Lease,
        client: &Client,
    ) -> Result<Flow, Refusal> {
        let client = client.address.filter(|address| !address.is_loopback()).map(network);
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        make_room(&mut under_way, self.of_one, |course| {
            client.is_some() && course.client == client
        })?;
        make_room(&mut under_way, self.most, |_| true)?;
        let state = State { source: Some((incoming, lease)), moved: Instant::now() };
        let course = Course { client, state: state.into(), waker: AtomicWaker::new() };
        let course = Arc::new(course);
        under_way.push(course.clone());
        Ok(Flow(course))
    }
}

/// Makes sure that there are fewer than `most` of those that `count`.
fn make_room(
    under_way: &mut Vec<Arc<Course>>,
    most: usize,
    count: impl Fn(&Course) -> bool,
) -> Result<(), Refusal> {
    under_way.retain(|course| course.state().source.is_some());
    let counted = || under_way.iter().filter(|course| count(course));
    if counted().count() < most {
        return Ok(());
    }
    let (course, moved) = counted()
        .map(|course| (course.clone(), course.state().moved))
        .min_by_key(|(_, moved)| *moved)
        .filter(|(_, moved)| moved.elapsed() >= PAUSE)
        .ok_or(Refusal::Busy)?;
    log::debug!("a client that took nothing for {:?} gives way", moved.elapsed());
    course.end();
    under_way.retain(|other| !Arc::ptr_eq(other, &course));
    Ok(())
}

impl Course {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn end(&self) {
        self.state().source = None;
        self.waker.wake();
    }
}

impl Flow {
    /// The next part of it.
    pub fn poll(&self, cx: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        self.0.waker.register(cx.waker());
        let mut state = self.0.state();
        state.moved = Instant::now();
        let Some((incoming, lease)) = &mut state.source else {
            return Poll::Ready(Some(Err(io::ErrorKind::TimedOut.into())));
        };
        let frame = Pin::new(&mut *incoming).poll_frame(cx);
        if matches!(frame, Poll::Ready(None)) || incoming.is_end_stream() {
            lease.give_back();
        }
        frame.map(|frame| frame.map(|frame| frame.map_err(io::Error::other)))
    }

    /// Whether all of it has been read.
    pub fn is_end(&self) -> bool {
        self.0.state().source.as_ref().is_some_and(|(incoming, _)| incoming.is_end_stream())
    }

    /// How much is to come.
    pub fn size(&self) -> SizeHint {
        let state = self.0.state();
        state.source.as_ref().map_or_else(SizeHint::new, |(incoming, _)| incoming.size_hint())
    }
}

impl Drop for Flow {
    fn drop(&mut self) {
        self.0.end();
    }
}
