use crate::{blog, db, mirror, transfer};
use std::path::Path;

/// Why a command failed, in one line that says what to do.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A setting of the operator's is wrong.
    #[error("{0}")]
    Settings(String),
    /// The database cannot be used.
    #[error(transparent)]
    Database(#[from] db::Error),
    /// The blog would not do it.
    #[error(transparent)]
    Blog(#[from] blog::Error),
    /// An import or an export stopped.
    #[error(transparent)]
    Import(#[from] transfer::Error),
    /// The site could not be written.
    #[error(transparent)]
    Mirror(#[from] mirror::Error),
    /// A password could not be hashed.
    #[error("hashing the password failed: {0}")]
    Password(#[from] bcrypt::BcryptError),
    /// The terminal or a file failed.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// The blog could not start.
    #[error("{0}")]
    Start(String),
    /// The doctor has found something that has to be mended; it is told already.
    #[error("{0}")]
    Unwell(String),
    /// Something of that name is not there.
    #[error("{0}")]
    Unknown(String),
}

impl Error {
    /// What is wrong with a file that somebody has named; what to do about the blog's own would be no advice for it.
    pub fn with_file(error: blog::Error, file: &Path) -> Error {
        match error {
            blog::Error::Storage(db::Error::Missing(path)) if path == file => {
                Error::Unknown(format!("there is no file at {}", path.display()))
            }
            blog::Error::Storage(db::Error::Foreign(path)) if path == file => {
                Error::Unknown(format!(
                    "{} is neither a backup nor a database of Monograph; it was left as it is",
                    path.display()
                ))
            }
            other => other.into(),
        }
    }
}

impl From<blog::Problem> for Error {
    fn from(problem: blog::Problem) -> Error {
        Error::Blog(problem.into())
    }
}
