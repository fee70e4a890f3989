//! How often somebody may try something, before anything costly is done about it.

use crate::blog::UserName;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Tries that are kept count of: so many at once, then one more every so often.
pub struct Throttle {
    at_once: u32,
    every: Duration,
    /// For each key the moment at which all its tries are there again.
    whole: Mutex<HashMap<String, Instant>>,
}

/// The doors that are tried, each counted by the visitor's address and by what they try.
pub struct Doors {
    sign_in_by_address: Throttle,
    sign_in_by_name: Throttle,
    register_by_address: Throttle,
    register_by_name: Throttle,
    recover_by_address: Throttle,
    recover_by_token: Throttle,
}

impl Default for Doors {
    fn default() -> Doors {
        let minute = Duration::from_secs(60);
        Doors {
            sign_in_by_address: Throttle::new(10, minute),
            // More at once: those who know a name must not lock its owner out for long.
            sign_in_by_name: Throttle::new(20, Duration::from_secs(10)),
            register_by_address: Throttle::new(30, minute),
            register_by_name: Throttle::new(30, minute),
            recover_by_address: Throttle::new(10, minute),
            recover_by_token: Throttle::new(10, minute),
        }
    }
}

impl Doors {
    /// Lets somebody try to sign in, or says how long to wait. The name counts only from unfamiliar places, so that
    /// strangers who keep guessing do not lock its owner out.
    pub fn try_sign_in(
        &self,
        address: &str,
        name: &str,
        familiar: bool,
        now: Instant,
    ) -> Result<(), Duration> {
        self.sign_in_by_address.take(address, now)?;
        if familiar { Ok(()) } else { self.sign_in_by_name.take(&key(name), now) }
    }

    /// It was no guess.
    pub fn signed_in(&self, address: &str, name: &str) {
        self.sign_in_by_address.give_back(address);
        self.sign_in_by_name.give_back(&key(name));
    }

    /// Lets somebody try to make an account, or says how long to wait.
    pub fn try_to_register(&self, address: &str, name: &str, now: Instant) -> Result<(), Duration> {
        self.register_by_address.take(address, now)?;
        self.register_by_name.take(&key(name), now)
    }

    /// Lets somebody try to recover an account, or says how long to wait.
    pub fn try_to_recover(&self, address: &str, token: &str, now: Instant) -> Result<(), Duration> {
        self.recover_by_address.take(address, now)?;
        self.recover_by_token.take(&beginning(token), now)
    }
}

impl Throttle {
    /// The most keys remembered at once.
    const MOST: usize = 10_000;

    /// Lets `at_once` tries through, and one more after each `every`.
    pub fn new(at_once: u32, every: Duration) -> Throttle {
        Throttle { at_once, every, whole: Mutex::default() }
    }

    /// Takes one try of `key`, or says how long to wait for the next.
    pub fn take(&self, key: &str, now: Instant) -> Result<(), Duration> {
        let mut whole = self.whole.lock().unwrap_or_else(PoisonError::into_inner);
        let after = whole.get(key).map_or(now, |whole| (*whole).max(now)) + self.every;
        let wait = after.saturating_duration_since(now + self.every * self.at_once);
        if !wait.is_zero() {
            return Err(wait);
        }
        if whole.len() >= Throttle::MOST && !whole.contains_key(key) {
            make_room(&mut whole, now);
        }
        whole.insert(key.to_owned(), after);
        Ok(())
    }

    /// Gives one try back to `key`: it was no guess.
    pub fn give_back(&self, key: &str) {
        let mut whole = self.whole.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(whole) = whole.get_mut(key) {
            *whole = whole.checked_sub(self.every).unwrap_or(*whole);
        }
    }
}

/// What a name is counted by: the same for every spelling that leads to the same account.
fn key(name: &str) -> String {
    UserName::parse(name).map_or_else(|_| beginning(name), |name| name.key().to_owned())
}

/// Enough of what somebody sent to tell it from other things, however much it is.
fn beginning(text: &str) -> String {
    text.chars().take(64).collect()
}

/// Forgets whoever has all tries again; if that is nobody, the one closest to it.
fn make_room(whole: &mut HashMap<String, Instant>, now: Instant) {
    whole.retain(|_, whole| *whole > now);
    if whole.len() >= Throttle::MOST {
        let first = whole.iter().min_by_key(|(_, whole)| **whole).map(|(key, _)| key.clone());
        first.and_then(|key| whole.remove(&key));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    #[test]
    fn so_many_tries_at_once_and_one_more_every_so_often() {
        let (throttle, now) = (Throttle::new(3, MINUTE), Instant::now());
        assert!((0..3).all(|_| throttle.take("ada", now).is_ok()));
        assert_eq!(throttle.take("ada", now), Err(MINUTE));
        assert_eq!(throttle.take("bob", now), Ok(()));
        assert_eq!(throttle.take("ada", now + MINUTE), Ok(()));
        assert_eq!(throttle.take("ada", now + MINUTE), Err(MINUTE));
    }

    #[test]
    fn a_try_that_was_no_guess_is_given_back() {
        let (throttle, now) = (Throttle::new(1, MINUTE), Instant::now());
        for _ in 0..10 {
            assert_eq!(throttle.take("ada", now), Ok(()));
            throttle.give_back("ada");
        }
    }

    #[test]
    fn every_spelling_of_a_name_counts_as_the_same() {
        let keys = ["ed", " ed", "ED\t", "\u{2003}Ed "].map(key);
        assert!(keys.iter().all(|key| *key == keys[0]), "{keys:?}");
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let (throttle, now) = (Throttle::new(1, MINUTE), Instant::now());
        for n in 0..Throttle::MOST + 50 {
            assert_eq!(throttle.take(&n.to_string(), now), Ok(()));
        }
        assert_eq!(throttle.whole.lock().unwrap().len(), Throttle::MOST);
    }
}
