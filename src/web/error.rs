use super::Store;
use crate::text::markdown::TooComplex;
use crate::{blog, db};
use rocket::Request;
use rocket::http::Status;
use rocket::response::Responder;
use rocket::tokio::task::JoinError;

/// What can go wrong on the way to a page.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The blog could not do it.
    #[error(transparent)]
    Blog(#[from] blog::Error),
    /// A text would take too much work to show.
    #[error(transparent)]
    TooComplex(#[from] TooComplex),
    /// A password could not be hashed.
    #[error("hashing a password failed: {0}")]
    Password(#[from] bcrypt::BcryptError),
    /// Work on another thread came to no end.
    #[error("a task failed: {0}")]
    Task(#[from] JoinError),
}

/// The usual result on this floor and the one above.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl From<db::Error> for Error {
    fn from(error: db::Error) -> Error {
        Error::Blog(error.into())
    }
}

impl Error {
    /// What the visitor's browser is told.
    pub fn status(&self) -> Status {
        match self {
            Error::Blog(error) => match error {
                blog::Error::NotFound => Status::NotFound,
                blog::Error::Gone => Status::Gone,
                blog::Error::Forbidden | blog::Error::Shut(_) => Status::Forbidden,
                blog::Error::Conflict => Status::Conflict,
                blog::Error::Invalid(_) => Status::UnprocessableEntity,
                blog::Error::Storage(_) | blog::Error::Unread(_) => Status::ServiceUnavailable,
            },
            Error::TooComplex(_) => Status::UnprocessableEntity,
            Error::Password(_) | Error::Task(_) => Status::InternalServerError,
        }
    }

    /// Writes down what is our own fault, once, with its cause.
    pub fn log(&self, request: &Request<'_>) {
        if self.status().code >= 500 {
            log::error!("{} {}: {self}", request.method(), request.uri().path());
        }
        if let Error::Blog(blog::Error::Storage(cause)) = self {
            let store: &Store = request.rocket().state().expect("the store is managed");
            store.db().note(cause);
        }
    }
}

impl<'r> Responder<'r, 'static> for Error {
    fn respond_to(self, request: &'r Request<'_>) -> rocket::response::Result<'static> {
        self.log(request);
        Err(self.status())
    }
}
