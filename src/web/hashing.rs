use super::Result;
use crate::blog::{Hasher, Password};
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

    /// See [`Hasher::verify`].
    pub async fn verify(&self, attempt: &str, hash: Option<&str>) -> Result<bool> {
        let (hasher, attempt, hash) = (self.hasher, attempt.to_owned(), hash.map(str::to_owned));
        self.run(move || hasher.verify(&attempt, hash.as_deref())).await
    }

    /// See [`Hasher::is_outdated`].
    pub fn is_outdated(&self, hash: &str) -> bool {
        self.hasher.is_outdated(hash)
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let _turn = self.gate.acquire().await.expect("the semaphore is never closed");
        Ok(spawn_blocking(work).await?)
    }
}
