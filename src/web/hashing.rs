use super::Result;
use crate::blog::{Hasher, Knock, Password, Proven};
use rocket::tokio::sync::Semaphore;
use rocket::tokio::task::spawn_blocking;
use std::thread::available_parallelism;

/// Passwords hashed and checked away from the threads that serve pages, at most as many at once as there are cores.
pub struct Hashing {
    hasher: Hasher,
    gate: Semaphore,
}

impl Hashing {
    /// Hashing of bcrypt's `cost`.
    pub fn new(cost: u32) -> Hashing {
        let cores = available_parallelism().map_or(1, usize::from);
        Hashing { hasher: Hasher::new(cost), gate: Semaphore::new(cores) }
    }

    /// See [`Hasher::hash`].
    pub async fn hash(&self, password: Password) -> Result<String> {
        let hasher = self.hasher;
        Ok(self.run(move || hasher.hash(&password)).await??)
    }

    /// See [`Knock::prove`].
    pub async fn prove(&self, knock: Knock, password: &str) -> Result<Option<Proven>> {
        let (hasher, password) = (self.hasher, password.to_owned());
        Ok(self.run(move || knock.prove(&password, &hasher)).await??)
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let _turn = self.gate.acquire().await.expect("the semaphore is never closed");
        Ok(spawn_blocking(work).await?)
    }
}
