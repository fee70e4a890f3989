use rusqlite::ErrorCode;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// What can go wrong with the file itself.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// SQLite refused.
    #[error("{}", failed(.0))]
    Sqlite(#[from] rusqlite::Error),
    /// No reader came free in time.
    #[error("the database is busy: {0}")]
    Busy(#[from] r2d2::Error),
    /// There is no such file, and this was no occasion to make one.
    #[error(
        "there is no database at {0}; `monograph serve` makes one, `--database FILE` names another"
    )]
    Missing(PathBuf),
    /// The file cannot be made or opened.
    #[error(
        "cannot open the database {path}: {cause}; check that the folder exists and may be written"
    )]
    Unopened {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: String,
    },
    /// The file is something else.
    #[error(
        "{0} is not a database of Monograph; it was left as it is. `--database FILE` names another"
    )]
    Foreign(PathBuf),
    /// The file was written by a later version of the program.
    #[error(
        "{path} was written by a later version of Monograph (schema {found}, this one knows {known}); \
         it was left as it is. {}", later_version(by.as_deref())
    )]
    FromTheFuture {
        /// The file.
        path: PathBuf,
        /// The schema the file is at.
        found: usize,
        /// The latest schema known here.
        known: usize,
        /// The version of the program that brought it there, if it is known.
        by: Option<String>,
    },
    /// The file cannot be looked at.
    #[error("cannot read {path}: {cause}")]
    Unread {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: String,
    },
    /// A file cannot be written. What was there before is still there.
    #[error("cannot write {path}: {cause}; nothing was changed. {hint}")]
    Unwritten {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: String,
        /// What to do about it.
        hint: &'static str,
    },
    /// The file is not what it was when it was written.
    #[error(
        "{path} is damaged: {cause}. It was left as it is; `monograph restore FILE` brings a backup back"
    )]
    Broken {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        cause: String,
    },
    /// A copy is not sound, or not a copy.
    #[error(
        "the copy of {of} cannot be relied on: {cause}. It was thrown away; see what `monograph check` says of {of}"
    )]
    BadCopy {
        /// What was copied.
        of: PathBuf,
        /// What is wrong with the copy.
        cause: String,
    },
    /// The file is there, and nobody said that it may be replaced.
    #[error("{0} is there already; it was left as it is. {1}")]
    Taken(PathBuf, &'static str),
    /// Another program has the file open.
    #[error("{0} is in use; stop the Monograph that serves it first. Nothing was changed")]
    InUse(PathBuf),
    /// The database could not be replaced, nor put back where it was.
    #[error(
        "{path} could not be replaced: {cause}. What was there before is {kept}; give it its name back"
    )]
    NotPutBack {
        /// Where it was.
        path: PathBuf,
        /// Where it is.
        kept: PathBuf,
        /// What went wrong.
        cause: String,
    },
    /// After a change of schema not all was there that was before, or not whole.
    #[error("{0}")]
    Lost(String),
    /// The file could not be brought up to date.
    #[error(
        "{path} could not be brought from schema {from} to {to}: {cause}. It was left as it is; \
         the version that it was used with can still open it"
    )]
    NotUpgraded {
        /// The file.
        path: PathBuf,
        /// Its schema.
        from: usize,
        /// The one it should have got.
        to: usize,
        /// What went wrong.
        cause: String,
    },
}

fn later_version(by: Option<&str>) -> String {
    match by {
        Some(version) => format!("Run Monograph {version} or later"),
        None => "Run the later version".to_owned(),
    }
}

impl Error {
    /// Whether there was no room left to write to.
    pub fn is_full(&self) -> bool {
        matches!(self, Error::Sqlite(error) if is_full(error))
    }

    /// Whether a unique index said that the value is there already.
    pub fn is_taken(&self) -> bool {
        matches!(self, Error::Sqlite(rusqlite::Error::SqliteFailure(failure, _))
            if failure.extended_code == rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE)
    }

    /// Whether somebody else holds a lock.
    pub fn is_busy(&self) -> bool {
        self.code() == Some(ErrorCode::DatabaseBusy)
    }

    /// Whether the file is not what SQLite wrote. A search index that is at odds with itself is no such thing: it is made
    /// anew from the texts.
    pub fn is_corrupt(&self) -> bool {
        match self {
            Error::Sqlite(rusqlite::Error::SqliteFailure(failure, _)) => {
                matches!(failure.code, ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
                    && failure.extended_code != rusqlite::ffi::SQLITE_CORRUPT_VTAB
            }
            Error::Broken { .. } => true,
            _ => false,
        }
    }

    /// The file at `path` is not what SQLite wrote.
    pub fn broken(path: &Path, cause: &str) -> Error {
        Error::Broken { path: path.to_owned(), cause: cause.to_owned() }
    }

    /// What went wrong, without a word on where.
    pub fn cause(&self) -> String {
        match self {
            // Without the whole of the SQL.
            Error::Sqlite(rusqlite::Error::SqlInputError { msg, .. }) => msg.clone(),
            Error::Sqlite(error) => error.to_string(),
            Error::Broken { cause, .. } => cause.clone(),
            other => other.to_string(),
        }
    }

    /// `path` cannot be read.
    pub fn unread(path: &Path, cause: &dyn ToString) -> Error {
        Error::Unread { path: path.to_owned(), cause: cause.to_string() }
    }

    /// `path` cannot be written, and what to do about it.
    pub fn unwritten<E: ToString>(path: &Path, cause: &E) -> Error
    where
        for<'a> &'a E: Into<Obstacle>,
    {
        Error::Unwritten {
            path: path.to_owned(),
            // Without the name that a file has until it is whole.
            cause: cause.to_string().split(" at path ").next().unwrap_or_default().to_owned(),
            hint: cause.into().hint(),
        }
    }

    /// The same, said of the name that a file would have got.
    pub fn about(self, name: &Path) -> Error {
        match self {
            Error::Unwritten { cause, hint, .. } => {
                Error::Unwritten { path: name.to_owned(), cause, hint }
            }
            other => other,
        }
    }

    fn code(&self) -> Option<ErrorCode> {
        match self {
            Error::Sqlite(error) => error.sqlite_error_code(),
            _ => None,
        }
    }
}

/// What stands in the way of writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle {
    /// No room.
    Full,
    /// No such folder.
    NoFolder,
    /// No right to.
    Forbidden,
    /// Anything else.
    Other,
}

impl Obstacle {
    fn hint(self) -> &'static str {
        match self {
            Obstacle::Full => "Make room on the disk, or choose a place on another one",
            Obstacle::NoFolder => "Make the folder first, or choose another place",
            Obstacle::Forbidden => "Choose a folder that may be written to",
            Obstacle::Other => "Check the disk, or choose another place",
        }
    }
}

impl From<&io::Error> for Obstacle {
    fn from(error: &io::Error) -> Obstacle {
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
                Obstacle::Full
            }
            ErrorKind::NotFound | ErrorKind::NotADirectory => Obstacle::NoFolder,
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Obstacle::Forbidden,
            _ => Obstacle::Other,
        }
    }
}

impl From<&rusqlite::Error> for Obstacle {
    fn from(error: &rusqlite::Error) -> Obstacle {
        match error.sqlite_error_code() {
            _ if is_full(error) => Obstacle::Full,
            Some(ErrorCode::CannotOpen) => Obstacle::NoFolder,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Obstacle::Forbidden,
            _ => Obstacle::Other,
        }
    }
}

fn failed(error: &rusqlite::Error) -> String {
    match is_full(error) {
        true => "the disk of the database is full; make room on it, then try again".to_owned(),
        false => format!("the database failed: {error}"),
    }
}

/// The index of the write-ahead log has an error of its own for that.
fn is_full(error: &rusqlite::Error) -> bool {
    error.sqlite_error().is_some_and(|failure| {
        failure.code == ErrorCode::DiskFull
            || failure.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE
    })
}
