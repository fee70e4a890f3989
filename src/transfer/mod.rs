//! Other systems' formats, and what becomes of them here.

pub mod archive;
pub mod ghost;
pub mod markdown;
pub mod wordpress;
pub mod writefreely;
pub mod zip;

mod addresses;
mod dates;
mod fetch;
mod fit;
mod folder;
mod frames;
#[cfg(test)]
mod fuzz;
mod idle;
mod intake;
mod json;
mod parcel;
mod renewal;
mod report;
mod utf8;

pub use intake::Plan;
pub use report::{Count, Lines, Report, Sort};

use crate::{blog, db};
use db::Db;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

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

/// The very same import into a copy of `database` that is thrown away, so that the report is the very same too.
pub fn rehearse<T, E: From<Error>>(
    database: &Path,
    import: impl FnOnce(&Db) -> Result<T, E>,
) -> Result<T, E> {
    let folder = rehearsal_room(database).map_err(E::from)?;
    let copied = Db::rehearse(database, &folder.path().join("rehearsal.db"));
    let (copy, _) = copied.map_err(|error| E::from(error.into()))?;
    import(&copy)
}

/// A folder beside the database, whose disk has the room; the usual place may be memory.
fn rehearsal_room(database: &Path) -> Result<TempDir, Error> {
    let beside = folder_of(database);
    tempfile::tempdir_in(beside)
        .or_else(|_| tempfile::tempdir())
        .map_err(|error| Error::Unreadable { path: beside.to_owned(), cause: error.to_string() })
}

/// The folder in which the database lies.
fn folder_of(database: &Path) -> &Path {
    let folder = database.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new("."))
}
