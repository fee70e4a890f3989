//! A blog as a whole in one file: Markdown with front matter, which Zola and Hugo understand as well, and all the rest
//! beside it. What comes back out of a blog that was made of it is the same, byte by byte.

mod generators;
mod keys;
mod moment;
mod pack;
mod page;
mod place;
mod unpack;

pub use pack::{Packed, export};
pub use unpack::{Unpacked, import};

use crate::blog::whole::Head;
use serde::{Deserialize, Serialize};

/// Counts the changes after which an earlier version of the program would not understand an archive.
const FORMAT: u32 = 1;

/// `monograph.json`.
#[derive(Serialize, Deserialize)]
struct Cover {
    format: u32,
    #[serde(flatten)]
    head: Head,
}
