use super::link::Peer;
use super::pulse::{Order, Pulse};
use crate::settings::{self, Settings};
use rocket::tokio::sync::Notify;
use rocket::tokio::time::{interval, sleep, timeout};
use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// All connections there are: who may still come, who has to go.
pub struct Ledger {
    limits: settings::Edge,
    trusted: settings::Proxies,
    most: usize,
    zero: Instant,
    open: Mutex<Open>,
    left: Notify,
}

/// Why nobody more may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Full {
    /// This client has as many connections as one client may have.
    ForClient,
    /// There are as many as there may be, and a request is under way in each.
    ForAll,
}

#[derive(Default)]
struct Open {
    next: u64,
    connections: HashMap<u64, Arc<Pulse>>,
    clients: HashMap<IpAddr, usize>,
    /// Those that had to give way and have not gone yet.
    going: usize,
}

/// So many may be on their way out before nobody more comes in: each still holds an open file.
const MOST_GOING: usize = 32;

impl Ledger {
    /// Nobody yet; `most` connections may come.
    pub fn new(settings: &Settings, most: usize) -> Ledger {
        Ledger {
            limits: settings.edge.clone(),
            trusted: settings.proxies(),
            most,
            zero: Instant::now(),
            open: Mutex::default(),
            left: Notify::new(),
        }
    }

    /// A place for one more connection: its number and its pulse. When all are taken, those go first that have waited
    /// longest without a request under way; so whoever has come to read always gets in.
    pub fn admit(&self, peer: &Peer) -> Result<(u64, Arc<Pulse>), Full> {
        let mut open = self.open();
        if let Some(client) = self.counted(peer) {
            let count = open.clients.entry(client).or_default();
            if *count >= self.limits.connections_per_client {
                return Err(Full::ForClient);
            }
            *count += 1;
        }
        if open.connections.len() >= self.most && !open.make_room() {
            self.forget(&mut open, peer);
            return Err(Full::ForAll);
        }
        let pulse = Arc::new(Pulse::new(self.zero));
        open.next += 1;
        let number = open.next;
        open.connections.insert(number, pulse.clone());
        Ok((number, pulse))
    }

    /// A connection has ended.
    pub fn leave(&self, number: u64, peer: &Peer) {
        let mut open = self.open();
        if open.connections.remove(&number).is_none() {
            open.going = open.going.saturating_sub(1);
        }
        self.forget(&mut open, peer);
        self.left.notify_waiters();
    }

    /// Waits until most of those have gone that had to give way.
    pub async fn settle(&self) {
        self.wait(|open| open.going < MOST_GOING).await;
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.open().connections.len()
    }

    /// Ends, again and again, the connections whose time is over.
    pub async fn watch(&self) {
        let mut tick = interval(self.limits.pace());
        loop {
            tick.tick().await;
            for pulse in self.open().connections.values() {
                match pulse.due(&self.limits) {
                    Some(order) => pulse.give(order),
                    None => pulse.tire(),
                }
            }
        }
    }

    /// Ends all connections: those without a request at once, the others when it is answered or `drain` is over.
    pub async fn drain(&self) {
        self.order(Order::Finish, |_| true);
        let gone = async {
            // Whoever has just come may have sent a request that has not arrived.
            sleep(Duration::from_millis(250)).await;
            self.order(Order::Close, |pulse| pulse.is_silent());
            self.wait(|open| open.connections.is_empty()).await;
        };
        if timeout(self.limits.drain.duration(), gone).await.is_err() {
            self.order(Order::Close, |_| true);
        }
    }

    /// Sends some away that wait, because the system has no room for more.
    pub fn make_room(&self) {
        self.open().make_room();
    }

    async fn wait(&self, until: impl Fn(&Open) -> bool) {
        loop {
            let mut left = pin!(self.left.notified());
            // From here on it is noticed if somebody leaves.
            left.as_mut().enable();
            if until(&self.open()) {
                return;
            }
            left.await;
        }
    }

    fn order(&self, order: Order, which: impl Fn(&Pulse) -> bool) {
        self.open()
            .connections
            .values()
            .filter(|pulse| which(pulse))
            .for_each(|pulse| pulse.give(order));
    }

    /// What a peer is counted by. A proxy speaks for many, and so may any program on this machine.
    fn counted(&self, peer: &Peer) -> Option<IpAddr> {
        let address = peer.address.filter(|address| !address.is_loopback())?;
        (!self.trusted.include(Some(address))).then(|| network(address))
    }

    fn forget(&self, open: &mut Open, peer: &Peer) {
        let Some(client) = self.counted(peer) else { return };
        match open.clients.get_mut(&client) {
            Some(count) if *count > 1 => *count -= 1,
            _ => drop(open.clients.remove(&client)),
        }
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Open {
    /// Sends the oldest hundredth away of those without a request under way, if there are any: many at a time, because
    /// to find them is to look at all.
    fn make_room(&mut self) -> bool {
        let waiting = self.connections.iter().filter(|(_, pulse)| !pulse.is_running());
        let mut waiting: Vec<_> = waiting.map(|(number, pulse)| (pulse.since(), *number)).collect();
        let count = (self.connections.len() / 100 + 1).min(waiting.len());
        if count > 0 {
            waiting.select_nth_unstable(count - 1);
        }
        for (_, number) in &waiting[..count] {
            if let Some(pulse) = self.connections.remove(number) {
                pulse.give(Order::Close);
                self.going += 1;
            }
        }
        count > 0
    }
}

/// The part of an address that stands for one customer of a network: all of IPv4, the first 64 bits of IPv6.
pub fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        address => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edge::Scheme;
    use crate::settings::{Flags, figment};

    fn ledger(most: usize) -> Ledger {
        let figment = figment(&Flags::default())
            .merge(("connections_per_client", 2))
            .merge(("trusted_proxies", "203.0.113.0/24"));
        Ledger::new(&Settings::extract(&figment).unwrap(), most)
    }

    fn peer(address: &str) -> Peer {
        Peer { address: address.parse().ok(), scheme: Scheme::Http }
    }

    #[test]
    fn a_client_elsewhere_has_only_so_many_connections() {
        let ledger = ledger(100);
        for address in ["192.0.2.7", "2001:db8::7"] {
            let (first, _) = ledger.admit(&peer(address)).unwrap();
            ledger.admit(&peer(address)).unwrap();
            assert_eq!(ledger.admit(&peer(address)).err(), Some(Full::ForClient));
            ledger.leave(first, &peer(address));
            ledger.admit(&peer(address)).unwrap();
        }
        // They are neighbours of one network.
        assert_eq!(ledger.admit(&peer("2001:db8::8")).err(), Some(Full::ForClient));
        ledger.admit(&peer("2001:db8:1::8")).unwrap();
    }

    #[test]
    fn proxies_and_programs_on_this_machine_have_as_many_as_they_like() {
        let ledger = ledger(100);
        for address in ["127.0.0.1", "::1", "203.0.113.9", "a socket"] {
            assert!((0..10).all(|_| ledger.admit(&peer(address)).is_ok()), "{address}");
        }
    }

    #[test]
    fn those_with_a_request_under_way_never_give_way() {
        let ledger = ledger(2);
        let (_, busy) = ledger.admit(&peer("127.0.0.1")).unwrap();
        busy.begin();
        let (_, idle) = ledger.admit(&peer("127.0.0.1")).unwrap();
        let (_, next) = ledger.admit(&peer("127.0.0.1")).unwrap();
        assert!(idle.is_ending() && !busy.is_ending() && !next.is_ending());
        next.begin();
        assert_eq!(ledger.admit(&peer("127.0.0.1")).err(), Some(Full::ForAll));
    }
}
