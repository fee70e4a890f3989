use crate::settings;
use rocket::futures::task::AtomicWaker;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering::Relaxed};
use std::task::Context;
use std::time::{Duration, Instant};

/// What a connection is doing, and since when. The connection writes it down with hardly any cost; who looks after all
/// connections reads it, and says through it when a connection has to end.
pub struct Pulse {
    /// The moment from which time is counted.
    zero: Instant,
    /// A [`Doing`] in the lowest bits, the requests under way above, and above these the microseconds since when.
    state: AtomicU64,
    /// The microseconds since when the client takes nothing of its answer; 0 while it does.
    blocked: AtomicU64,
    /// The microseconds at which the client had last taken a fair part of its answer.
    took: AtomicU64,
    /// Whether it holds on to more memory than it needs to wait: one of the three below.
    awake: AtomicU8,
    order: AtomicU8,
    waker: AtomicWaker,
}

/// What a connection without a request under way does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// Nothing yet.
    Silent = 0,
    /// It sends the head of a request.
    Head = 1,
    /// It waits for the client's next request.
    Idle = 2,
}

/// How a connection has to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Order {
    /// When no request is under way any more.
    Finish = 1,
    /// At once, telling a client in the middle of a request why.
    TimedOut = 2,
    /// At once.
    Close = 3,
}

const ASLEEP: u8 = 0;
const AWAKE: u8 = 1;
const TIRED: u8 = 2;

/// How long a connection waits until it is told to do so with less memory.
const TIRING: u64 = 1_000_000;

const DOING: u64 = 0b11;
const ONE: u64 = 1 << 2;
const RUNNING: u64 = 0xfff << 2;
const SINCE: u32 = 14;

impl Pulse {
    /// A connection that has just been made; `zero` is the same for all.
    pub fn new(zero: Instant) -> Pulse {
        let pulse = Pulse {
            zero,
            state: AtomicU64::new(0),
            blocked: AtomicU64::new(0),
            took: AtomicU64::new(0),
            awake: AtomicU8::new(ASLEEP),
            order: AtomicU8::new(0),
            waker: AtomicWaker::new(),
        };
        pulse.state.store(pulse.micros() << SINCE, Relaxed);
        pulse
    }

    /// Something has come from the client.
    pub fn heard(&self) {
        let state = self.state.load(Relaxed);
        if state & RUNNING == 0 && state & DOING != Doing::Head as u64 {
            self.state.store(self.micros() << SINCE | Doing::Head as u64, Relaxed);
        }
    }

    /// A request is under way.
    pub fn begin(&self) {
        let since = self.micros() << SINCE;
        let begin = |state| match state & RUNNING {
            0 => since | ONE | Doing::Idle as u64,
            _ => state + ONE,
        };
        // An update that always gives a value does not fail.
        let _ = self.state.fetch_update(Relaxed, Relaxed, |state| Some(begin(state)));
    }

    /// A request has been answered.
    pub fn end(&self) {
        let since = self.micros() << SINCE;
        let end = |state| match state & RUNNING {
            ONE => since | Doing::Idle as u64,
            _ => state - ONE,
        };
        let _ = self.state.fetch_update(Relaxed, Relaxed, |state| Some(end(state)));
    }

    /// The client takes nothing for now.
    pub fn blocks(&self) {
        if self.blocked.load(Relaxed) == 0 {
            self.blocked.store(self.micros().max(1), Relaxed);
        }
    }

    /// The client has taken a fair part of its answer.
    pub fn takes(&self) {
        self.blocked.store(0, Relaxed);
        self.took.store(self.micros(), Relaxed);
    }

    /// The client has taken everything there is so far.
    pub fn took_all(&self) {
        if self.blocked.load(Relaxed) != 0 {
            self.blocked.store(0, Relaxed);
        }
    }

    /// Whether the client has said nothing yet.
    pub fn is_silent(&self) -> bool {
        !self.is_running() && self.doing() == Doing::Silent
    }

    /// Whether a request is under way.
    pub fn is_running(&self) -> bool {
        self.state.load(Relaxed) & RUNNING != 0
    }

    /// What the connection does while no request is under way.
    pub fn doing(&self) -> Doing {
        match self.state.load(Relaxed) & DOING {
            0 => Doing::Silent,
            1 => Doing::Head,
            _ => Doing::Idle,
        }
    }

    /// Since when it does what it does, in microseconds since `zero`.
    pub fn since(&self) -> u64 {
        self.state.load(Relaxed) >> SINCE
    }

    /// The order that is due by now.
    pub fn due(&self, limits: &settings::Edge) -> Option<Order> {
        let now = self.micros();
        let over =
            |since: u64, limit: Duration| now.saturating_sub(since) >= limit.as_micros() as u64;
        let blocked = self.blocked.load(Relaxed);
        if blocked != 0 && over(blocked, limits.write_timeout.duration()) {
            return Some(Order::Close);
        }
        let since = self.since();
        let moved = since.max(self.took.load(Relaxed));
        let (is_due, order) = match self.doing() {
            // The request itself has a time of its own; this is for answers that nobody takes.
            _ if self.is_running() => {
                (over(moved, limits.request_timeout.duration() * 2), Order::Close)
            }
            Doing::Silent => (over(since, limits.silent_timeout.duration()), Order::Close),
            Doing::Head => (over(since, limits.header_timeout.duration()), Order::TimedOut),
            Doing::Idle => (over(moved, limits.idle_timeout.duration()), Order::Close),
        };
        is_due.then_some(order)
    }

    /// The connection is at work, or waits with as little as that takes.
    pub fn wake(&self, awake: bool) {
        self.awake.store(if awake { AWAKE } else { ASLEEP }, Relaxed);
    }

    /// Tells it to wait with little memory if it has waited for a while.
    pub fn tire(&self) {
        let waited = self.micros().saturating_sub(self.since());
        if self.awake.load(Relaxed) == AWAKE && self.is_at_rest() && waited > TIRING {
            self.awake.store(TIRED, Relaxed);
            self.waker.wake();
        }
    }

    /// Whether it has been told so, and nothing has come in between.
    pub fn is_tired(&self) -> bool {
        self.awake.load(Relaxed) == TIRED && self.is_at_rest()
    }

    fn is_at_rest(&self) -> bool {
        !self.is_running() && self.blocked.load(Relaxed) == 0
    }

    /// Gives an order; one that is stricter than those before it counts.
    pub fn give(&self, order: Order) {
        if self.order.fetch_max(order as u8, Relaxed) < order as u8 {
            self.waker.wake();
        }
    }

    /// Whether there is an order.
    pub fn is_ending(&self) -> bool {
        self.order.load(Relaxed) != 0
    }

    /// The order there is; who asks is woken when there is another.
    pub fn order(&self, cx: &Context<'_>) -> Option<Order> {
        self.waker.register(cx.waker());
        match self.order.load(Relaxed) {
            0 => None,
            1 => Some(Order::Finish),
            2 => Some(Order::TimedOut),
            _ => Some(Order::Close),
        }
    }

    fn micros(&self) -> u64 {
        self.zero.elapsed().as_micros() as u64
    }
}
