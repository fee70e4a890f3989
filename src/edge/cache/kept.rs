use super::page::Page;
use crate::edge::Scheme;
use quick_cache::{Equivalent, Weighter};
use std::sync::Arc;
use std::time::Instant;

/// Where something is kept: an address while the site shows the same. A host is not part of it; the site has one.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Key {
    pub generation: u64,
    pub scheme: Scheme,
    pub address: Box<str>,
}

/// The same, to look something up by.
#[derive(Hash)]
pub struct Place<'a> {
    pub generation: u64,
    pub scheme: Scheme,
    pub address: &'a str,
}

impl Equivalent<Key> for Place<'_> {
    fn equivalent(&self, key: &Key) -> bool {
        let Place { generation, scheme, address } = *self;
        generation == key.generation && scheme == key.scheme && address == &*key.address
    }
}

impl Place<'_> {
    pub fn key(&self) -> Key {
        let Place { generation, scheme, address } = *self;
        Key { generation, scheme, address: address.into() }
    }
}

/// What is known of an address, and until when.
#[derive(Clone)]
pub enum Kept {
    /// The page; `by_cookie` where somebody whom the site knows may get another one.
    Page { page: Arc<Page>, by_cookie: bool, until: Instant },
    /// That it leads to nothing that is kept: so nobody waits for an answer that is another's.
    Nothing { until: Instant },
}

impl Kept {
    pub fn is_over(&self, now: Instant) -> bool {
        let (Kept::Page { until, .. } | Kept::Nothing { until }) = self;
        *until <= now
    }
}

/// How many bytes something takes, itself and the place that it is kept at.
#[derive(Clone)]
pub struct Weight;

impl Weighter<Key, Kept> for Weight {
    fn weight(&self, key: &Key, kept: &Kept) -> u64 {
        let page = match kept {
            Kept::Page { page, .. } => page.weight(),
            Kept::Nothing { .. } => 0,
        };
        page + key.address.len() as u64 + 128
    }
}
