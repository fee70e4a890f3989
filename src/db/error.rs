use rusqlite::ErrorCode;
use std::path::PathBuf;

/// What can go wrong with the file itself.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// SQLite refused.
    #[error("the database failed: {0}")]
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
         it was left as it is. Run the later version"
    )]
    FromTheFuture {
        /// The file.
        path: PathBuf,
        /// The schema the file is at.
        found: usize,
        /// The latest schema known here.
        known: usize,
    },
}

impl Error {
    /// Whether there was no room left to write to.
    pub fn is_full(&self) -> bool {
        self.code() == Some(ErrorCode::DiskFull)
    }

    /// Whether a unique index said that the value is there already.
    pub fn is_taken(&self) -> bool {
        matches!(self, Error::Sqlite(rusqlite::Error::SqliteFailure(failure, _))
            if failure.extended_code == rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE)
    }

    fn code(&self) -> Option<ErrorCode> {
        match self {
            Error::Sqlite(error) => error.sqlite_error_code(),
            _ => None,
        }
    }
}
