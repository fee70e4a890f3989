use super::editor::{Desk, Editor};
use super::form::PostForm;
use crate::blog::Error;
use crate::web::{self, Problems, Reply, View};
use rocket::http::Status;

/// Why a text was not saved as asked. Whatever the reason, it comes back with everything that was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The session has ended.
    SignedOut,
    /// The post is in the trash.
    Trashed,
    /// There is no such post, or not any more.
    Missing,
    /// The post is not theirs to change, or not any more.
    NotTheirs,
    /// There is no room for it.
    Full,
    /// The database is damaged, and nothing is written to it.
    Damaged,
    /// The database failed.
    Failed,
}

impl Refusal {
    /// The reason, where it is one that the page can explain.
    pub fn of(error: Error) -> Result<Refusal, web::Error> {
        match error {
            Error::NotFound => Ok(Refusal::Missing),
            Error::Forbidden => Ok(Refusal::NotTheirs),
            Error::Gone => Ok(Refusal::Trashed),
            Error::Storage(cause) => {
                log::error!("saving a post: {cause}");
                Ok(match cause {
                    cause if cause.is_full() => Refusal::Full,
                    cause if cause.is_corrupt() => Refusal::Damaged,
                    _ => Refusal::Failed,
                })
            }
            other => Err(other.into()),
        }
    }

    /// The page again with everything that was typed.
    pub fn reply(self, view: &View<'_>, desk: &Desk, form: &PostForm) -> Reply {
        if view.wants_data() {
            return Reply::error(self.status(), self.sentence());
        }
        let editor = Editor { view, desk };
        let page = editor.page(form, &Problems::default(), Some(self.sentence()));
        Reply::Again((self.status(), page))
    }

    fn status(self) -> Status {
        match self {
            Refusal::SignedOut => Status::Unauthorized,
            Refusal::Trashed => Status::Conflict,
            Refusal::Missing => Status::NotFound,
            Refusal::NotTheirs => Status::Forbidden,
            Refusal::Full | Refusal::Damaged | Refusal::Failed => Status::ServiceUnavailable,
        }
    }

    fn sentence(self) -> &'static str {
        match self {
            Refusal::SignedOut => {
                "You are signed out, so this is not saved yet. Sign in in another tab, then save again here."
            }
            Refusal::Trashed => {
                "This post is in the trash, so readers do not get this. Bring it back from the dashboard in another tab, \
                 then save again here."
            }
            Refusal::Missing => {
                "There is no such post any more. Your text is here; saving it makes a new post."
            }
            Refusal::NotTheirs => {
                "This post is not yours to change. Your text is here; saving it makes a new post."
            }
            Refusal::Full => {
                "The disk of the blog is full, so this is not saved. Keep this page open, make room, then save again."
            }
            Refusal::Damaged => {
                "The database of the blog is damaged, so nothing is saved to it any more. Keep a copy of your text, and have \
                 the last good backup restored."
            }
            Refusal::Failed => {
                "The blog could not save this. Keep this page open and save again in a moment."
            }
        }
    }
}
