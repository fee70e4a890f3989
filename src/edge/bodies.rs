use rocket::tokio::sync::Notify;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The bodies that are awaited.
pub struct Bodies {
    most: usize,
    awaited: Mutex<Awaited>,
}

#[derive(Default)]
struct Awaited {
    next: u64,
    bodies: BTreeMap<u64, Arc<Notify>>,
}

/// A body's place among those that are awaited.
pub struct Place<'b> {
    bodies: &'b Bodies,
    number: u64,
    given_up: Arc<Notify>,
}

impl Bodies {
    /// None yet; `most` may be awaited at the same time.
    pub fn new(most: usize) -> Bodies {
        Bodies { most: most.max(1), awaited: Mutex::default() }
    }

    /// A place for one more. When all are taken, the body gives way that has been awaited longest: most forms come in
    /// the same breath as their head, so it is one that is slow on purpose.
    pub fn place(&self) -> Place<'_> {
        let mut awaited = self.awaited();
        if awaited.bodies.len() >= self.most
            && let Some((_, oldest)) = awaited.bodies.pop_first()
        {
            oldest.notify_one();
        }
        awaited.next += 1;
        let (number, given_up) = (awaited.next, Arc::new(Notify::new()));
        awaited.bodies.insert(number, given_up.clone());
        Place { bodies: self, number, given_up }
    }

    fn awaited(&self) -> MutexGuard<'_, Awaited> {
        self.awaited.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place<'_> {
    /// Waits until the body has to give way.
    pub async fn given_up(&self) {
        self.given_up.notified().await;
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.bodies.awaited().bodies.remove(&self.number);
    }
}
