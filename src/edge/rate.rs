use super::ledger::network;
use super::{Client, Refusal};
use crate::settings;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How many requests each client may make of the blog itself: so many at once, then one more every so often.
pub struct Rate {
    every: Duration,
    at_once: u32,
    /// For each client the moment at which all its requests are there again.
    whole: Mutex<HashMap<IpAddr, Instant>>,
}

/// The most clients that are remembered at once.
const MOST: usize = 10_000;

impl Rate {
    /// Nobody has asked for anything yet.
    pub fn new(limits: &settings::Edge) -> Rate {
        let every = Duration::from_secs(1) / limits.requests_per_second.max(1);
        Rate { every, at_once: limits.request_burst.max(1), whole: Mutex::default() }
    }

    /// Counts one request of `client`.
    ///
    /// # Errors
    /// It was one too many. Programs on this machine, behind which there may be a proxy, can make as many as they like.
    pub fn take(&self, client: &Client) -> Result<(), Refusal> {
        match client.address {
            Some(address) if !address.is_loopback() => self.count(network(address), Instant::now()),
            _ => Ok(()),
        }
    }

    fn count(&self, network: IpAddr, now: Instant) -> Result<(), Refusal> {
        let mut whole = self.whole.lock().unwrap_or_else(PoisonError::into_inner);
        let after = whole.get(&network).map_or(now, |whole| (*whole).max(now)) + self.every;
        let wait = after.saturating_duration_since(now + self.every * self.at_once);
        if !wait.is_zero() {
            return Err(Refusal::Greedy(wait.as_secs() + 1));
        }
        if whole.len() >= MOST && !whole.contains_key(&network) {
            make_room(&mut whole, now);
        }
        whole.insert(network, after);
        Ok(())
    }
}

/// Forgets whoever has all requests again; if that is hardly anybody, half of all, those first who are closest to it.
fn make_room(whole: &mut HashMap<IpAddr, Instant>, now: Instant) {
    whole.retain(|_, whole| *whole > now);
    if whole.len() > MOST / 2 {
        let mut moments: Vec<_> = whole.values().copied().collect();
        let (_, middle, _) = moments.select_nth_unstable(MOST / 4);
        let middle = *middle;
        whole.retain(|_, whole| *whole > middle);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(requests_per_second: u32, request_burst: u32) -> Rate {
        Rate::new(&settings::Edge { requests_per_second, request_burst, ..Default::default() })
    }

    #[test]
    fn so_many_requests_at_once_and_one_more_every_so_often() {
        let (rate, now) = (rate(1, 3), Instant::now());
        let (ada, bob) = (IpAddr::from([192, 0, 2, 1]), IpAddr::from([192, 0, 2, 2]));
        assert!((0..3).all(|_| rate.count(ada, now).is_ok()));
        assert_eq!(rate.count(ada, now), Err(Refusal::Greedy(2)));
        assert_eq!(rate.count(bob, now), Ok(()));
        assert_eq!(rate.count(ada, now + Duration::from_secs(1)), Ok(()));
        assert!(rate.count(ada, now + Duration::from_secs(1)).is_err());
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let (rate, now) = (rate(1, 1), Instant::now());
        for n in 0..MOST as u32 + 50 {
            assert_eq!(rate.count(IpAddr::from(n.to_be_bytes()), now), Ok(()));
        }
        assert!(rate.whole.lock().unwrap().len() <= MOST);
    }
}
