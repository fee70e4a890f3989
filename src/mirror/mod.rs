//! The public site as files that any host of files can serve, at the same addresses: made by asking the blog itself, as
//! somebody would who is not signed in.

mod agenda;
mod crawl;
mod folder;
mod link;
mod links;
mod place;
mod report;

pub use crawl::export;
pub use report::Mirrored;

use crate::web::encoded;
use std::io;
use std::path::PathBuf;

/// What can stop an export.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The blog would not start.
    #[error("{0}")]
    Start(String),
    /// The blog failed.
    #[error(transparent)]
    Blog(#[from] crate::blog::Error),
    /// A page failed.
    #[error("{path} answers {status}; the export stopped, and can be run again")]
    Page {
        /// Its address.
        path: String,
        /// What it answered.
        status: u16,
    },
    /// A file of somebody else's has a place that an export needs.
    #[error(
        "{0} was not written by an export and is left as it is; move it, or choose another folder"
    )]
    InTheWay(PathBuf),
    /// A file cannot be written.
    #[error("cannot write {path}: {cause}")]
    Unwritten {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
}
