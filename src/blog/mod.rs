//! What things are and what may be done with them: all the rules, and all the SQL.

pub mod archive;
pub mod backup;
pub mod feed;
pub mod media;
pub mod post;
pub mod search;
pub mod series;
pub mod site;
pub mod sitemap;
pub mod whole;

mod admission;
mod checkup;
mod comment;
mod common;
mod cover;
mod former;
mod invite;
mod menu;
mod password;
mod recovery;
mod role;
mod secret;
mod session;
mod share;
mod sign_in;
mod tag;
mod token;
mod user;
mod user_name;
mod word;

pub use admission::{Admission, Ownership, Shut};
pub use checkup::Checkup;
pub use comment::{Comment, CommentKind};
pub use former::former;
pub use invite::Invite;
pub use media::Media;
pub use menu::Menu;
pub use password::{Hasher, Password};
pub use post::Post;
pub use recovery::Recovery;
pub use role::Role;
pub use secret::{cookie_key, keep_secret, secret};
pub use series::Series;
pub use session::{Client, Session};
pub use share::Share;
pub use sign_in::{Knock, Proven};
pub use site::{AiCrawlers, Registration, Site};
pub use tag::{KnownTag, Tag};
pub use token::{Digest, Token};
pub use user::User;
pub use user_name::UserName;
pub use word::Word;

use crate::db;
use serde::Serialize;

/// What can go wrong with the blog.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nothing goes by that name.
    #[error("there is no such thing here")]
    NotFound,
    /// It was public once and was removed.
    #[error("this was removed")]
    Gone,
    /// It is there, and it is not theirs to change.
    #[error("this is not yours to change")]
    Forbidden,
    /// No account can be made.
    #[error(transparent)]
    Shut(#[from] Shut),
    /// Somebody else saved in between.
    #[error("somebody else saved this in the meantime")]
    Conflict,
    /// What was entered will not do.
    #[error("{0}")]
    Invalid(#[from] Problem),
    /// The file failed us.
    #[error(transparent)]
    Storage(db::Error),
    /// A file on its way in could not be read.
    #[error("a file could not be read: {0}")]
    Unread(#[from] std::io::Error),
}

impl Error {
    /// Whether there was no room left to write to.
    pub fn is_full(&self) -> bool {
        match self {
            Error::Storage(cause) => cause.is_full(),
            Error::Unread(cause) => cause.kind() == std::io::ErrorKind::StorageFull,
            _ => false,
        }
    }
}

/// What is wrong with something that was entered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{message}")]
pub struct Problem {
    /// The name of the field.
    pub field: &'static str,
    /// A sentence that says what to do about it.
    pub message: String,
}

impl Problem {
    /// A problem with `field`.
    pub fn new(field: &'static str, message: impl Into<String>) -> Problem {
        Problem { field, message: message.into() }
    }
}

/// The usual result on this floor.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl From<db::Error> for Error {
    fn from(error: db::Error) -> Error {
        match error {
            db::Error::Sqlite(rusqlite::Error::QueryReturnedNoRows) => Error::NotFound,
            other => Error::Storage(other),
        }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Error {
        Error::from(db::Error::from(error))
    }
}

/// Turns "the unique index refused" into a problem with the field that it guards.
fn taken(error: rusqlite::Error, problem: Problem) -> Error {
    match db::Error::from(error) {
        error if error.is_taken() => Error::Invalid(problem),
        error => error.into(),
    }
}

/// Turns "the unique index refused" into "this is somebody else's".
fn taken_by_other(error: rusqlite::Error) -> Error {
    match db::Error::from(error) {
        error if error.is_taken() => Error::Forbidden,
        error => error.into(),
    }
}

/// `Err(NotFound)` where a change met no row.
fn found(changed: usize) -> Result<()> {
    match changed {
        0 => Err(Error::NotFound),
        _ => Ok(()),
    }
}
