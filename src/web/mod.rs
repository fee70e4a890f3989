//! What every page needs, whatever it shows.

pub mod assets;
pub mod cache;
pub mod catchers;
pub mod gate;
pub mod headers;
pub mod languages;
pub mod notice;
pub mod origin;
pub mod route_name;
pub mod templates;
pub mod throttle;

mod address;
mod attachment;
mod claim;
mod client;
mod cookies;
mod cover;
mod dates;
mod entrance;
mod error;
mod form;
mod format;
mod hashing;
mod meta;
mod next;
mod paced;
mod page;
mod public_url;
mod reply;
mod seen;
mod session;
mod short;
mod store;
mod theme;
mod view;
mod visit;
mod workshop;

pub use address::encoded;
pub use attachment::Attachment;
pub use cache::Public;
pub use claim::{Claim, Claimant};
pub use client::Https;
pub use cookies::COOKIES;
pub use cover::{cover, cover_path};
pub use entrance::{Entrance, Entry};
pub use error::{Error, Result};
pub use form::{Problems, local_time, read_local_time};
pub use format::Format;
pub use hashing::Hashing;
pub use meta::Meta;
pub use next::Next;
pub use notice::Notices;
pub use paced::{Held, Paced};
pub use public_url::PublicUrl;
pub use reply::Reply;
pub use seen::Seen;
pub use session::{sign_in, sign_out};
pub use short::Short;
pub use store::Store;
pub use view::{Still, View};
pub use visit::{Editor, Owner, Visit, Writer};
pub use workshop::Workshop;

use std::time::{SystemTime, UNIX_EPOCH};

/// The present, in seconds since 1970.
pub fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() as i64)
}
