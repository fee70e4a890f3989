//! Room for what takes long, of which no client gets all.

use super::ledger::network;
use super::origin::turn;
use super::{Client, Refusal};
use rocket::tokio::sync::{OwnedSemaphorePermit, Semaphore};
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

/// So many at the same time, and so many of one client.
pub struct Slots {
    all: Arc<Semaphore>,
    of_one: usize,
    clients: Mutex<HashMap<IpAddr, Arc<Semaphore>>>,
}

/// One of them, taken for as long as this exists.
pub struct Slot {
    _of_all: OwnedSemaphorePermit,
    _of_own: Option<OwnedSemaphorePermit>,
}

impl Slots {
    /// `all` slots, of which one client gets `of_one`.
    pub fn new(all: usize, of_one: usize) -> Slots {
        let (all, of_one) = (Arc::new(Semaphore::new(all.max(1))), of_one.max(1));
        Slots { all, of_one, clients: Mutex::default() }
    }

    /// A slot for `client`. Programs on this machine, behind which there may be a proxy, wait only for all.
    ///
    /// # Errors
    /// None becomes free in time.
    pub async fn take(&self, client: &Client) -> Result<Slot, Refusal> {
        let of_own = match self.own(client) {
            Some(own) => Some(turn(&own).await?),
            None => None,
        };
        Ok(Slot { _of_all: turn(&self.all).await?, _of_own: of_own })
    }

    /// Those of which `client` alone takes some.
    fn own(&self, client: &Client) -> Option<Arc<Semaphore>> {
        let address = client.address.filter(|address| !address.is_loopback())?;
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        // Whoever has a slot, or waits for one, holds on to it.
        clients.retain(|_, own| Arc::strong_count(own) > 1);
        let own = clients.entry(network(address));
        Some(own.or_insert_with(|| Arc::new(Semaphore::new(self.of_one))).clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edge::Scheme;
    use rocket::futures::FutureExt;

    fn client(address: &str) -> Client {
        Client { address: address.parse().ok(), scheme: Scheme::Http, forwarded: false }
    }

    #[rocket::async_test]
    async fn one_client_does_not_get_all() {
        let slots = Slots::new(3, 2);
        let take = |address| slots.take(&client(address)).now_or_never();
        let first = [take("192.0.2.1"), take("192.0.2.1")];
        assert!(first.iter().all(|slot| matches!(slot, Some(Ok(_)))));
        assert!(take("192.0.2.1").is_none(), "it waits");
        let other = take("192.0.2.2");
        assert!(matches!(other, Some(Ok(_))));
        drop(first);
        assert!(matches!(take("192.0.2.1"), Some(Ok(_))));
        assert_eq!(slots.clients.lock().unwrap().len(), 2);
    }

    #[rocket::async_test]
    async fn programs_on_this_machine_get_all_there_are() {
        let slots = Slots::new(2, 1);
        let take = |address| slots.take(&client(address)).now_or_never();
        let taken = [take("127.0.0.1"), take("a socket")];
        assert!(taken.iter().all(|slot| matches!(slot, Some(Ok(_)))));
        assert!(take("::1").is_none());
    }
}
