//! How much work something is, however busy the machine.

use std::time::Duration;

/// Work that has begun in this thread. Not how long it takes: that others are at work is no fault of a text.
pub struct Work {
    begun: Duration,
}

impl Work {
    /// It begins.
    pub fn begin() -> Work {
        Work { begun: worked() }
    }

    /// How much of it is done.
    pub fn done(&self) -> Duration {
        worked().saturating_sub(self.begun)
    }
}

/// How long this thread has had a processor for itself.
fn worked() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), time.tv_nsec.unsigned_abs() as u32)
}
