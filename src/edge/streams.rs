//! Requests that come side by side through one connection in HTTP/2. Each is a task of its own; one whose client takes
//! nothing of its answer is dropped, whatever the others do.

use hyper::rt::Executor;
use rocket::tokio::time::{Instant, sleep_until};
use rocket::tokio::{select, spawn, task_local};
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Runs requests, each for as long as its client takes some of the answer within this time.
#[derive(Clone)]
pub struct Streams(pub Duration);

/// When the client of a request took some of its answer last; nothing while there is no answer yet.
#[derive(Default)]
struct Progress(Mutex<Option<Instant>>);

task_local! {
    static PROGRESS: Arc<Progress>;
}

/// The client of the request that is answered here takes some of the answer.
pub fn note_progress() {
    // In HTTP/1 there is one answer at a time, and the connection itself tells.
    let _ = PROGRESS.try_with(|progress| progress.note());
}

impl<F> Executor<F> for Streams
where
    F: Future + Send + 'static,
    F::Output: Send,
{
    fn execute(&self, stream: F) {
        let (progress, patience) = (Arc::<Progress>::default(), self.0);
        let stream = PROGRESS.scope(progress.clone(), stream);
        spawn(async move {
            select! {
                _ = stream => {}
                () = progress.ceases(patience) => {}
            }
        });
    }
}

impl Progress {
    fn note(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    fn last(&self) -> Option<Instant> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until none has been made for as long as `patience`.
    async fn ceases(&self, patience: Duration) {
        loop {
            let end = self.last().unwrap_or_else(Instant::now) + patience;
            if end <= Instant::now() {
                return;
            }
            sleep_until(end).await;
        }
    }
}
