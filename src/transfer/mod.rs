//! Other systems' formats, and what becomes of them here.

pub mod archive;
pub mod markdown;
pub mod zip;

mod report;

pub use report::Report;

use crate::{blog, db};
use std::path::PathBuf;

/// What can stop an import.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The blog would not take it.
    #[error(transparent)]
    Blog(#[from] blog::Error),
    /// The place to import from cannot be read.
    #[error("cannot read {path}: {cause}")]
    Unreadable {
        /// The place.
        path: PathBuf,
        /// What the system said.
        cause: String,
    },
    /// The place to write to cannot be written.
    #[error("cannot write {path}: {cause}")]
    Unwritten {
        /// The place.
        path: PathBuf,
        /// What the system said.
        cause: String,
    },
    /// Something about it is not safe, or nobody can read it.
    #[error("{0}")]
    Refused(String),
    /// The account that should own the posts is not there.
    #[error("nobody here is called {0}; `monograph user list` shows who is")]
    NoSuchAuthor(String),
}

impl From<db::Error> for Error {
    fn from(error: db::Error) -> Error {
        Error::Blog(error.into())
    }
}
