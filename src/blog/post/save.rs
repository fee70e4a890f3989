use super::{Basis, Draft, Kept, Manuscript, Post};
use crate::blog::{Error, Result, User};
use rusqlite::Transaction;
use uuid::Uuid;

/// What its author wants with a text.
pub enum Wish {
    /// To keep it; readers go on seeing what they see.
    Keep(Manuscript),
    /// To keep it, and to have the post out of readers' sight.
    Withdraw(Manuscript),
    /// To put it before readers.
    Publish(Box<Draft>),
}

/// What became of it.
#[derive(Debug)]
pub struct Saved {
    /// Where the text is.
    pub kept: Kept,
    /// Where the post lives now.
    pub path: String,
}

impl Post {
    /// Saves a text of the post with this name; if there is no such post, it begins with this.
    ///
    /// # Errors
    /// [`Error::Gone`] where a post in the trash is to be published; [`Error::Invalid`] where the address is taken.
    pub fn save(
        tx: &Transaction<'_>,
        by: &User,
        uuid: &Uuid,
        basis: Basis,
        wish: &Wish,
        now: i64,
    ) -> Result<Saved> {
        let kept = match Post::for_edit(tx, by, uuid, now) {
            Ok(post) => post.change(tx, by, basis, wish, now)?,
            Err(Error::NotFound) => {
                match wish {
                    Wish::Keep(manuscript) | Wish::Withdraw(manuscript) => {
                        Post::begin(tx, by, uuid, manuscript, now)?
                    }
                    Wish::Publish(draft) => Post::create(tx, by, uuid, draft, now)?,
                }
                Kept::Working(1)
            }
            Err(error) => return Err(error),
        };
        Ok(Saved { kept, path: Post::by_uuid(tx, uuid)?.path })
    }

    fn change(
        &self,
        tx: &Transaction<'_>,
        by: &User,
        basis: Basis,
        wish: &Wish,
        now: i64,
    ) -> Result<Kept> {
        match wish {
            Wish::Keep(manuscript) => self.keep(tx, by, basis, manuscript, now),
            Wish::Withdraw(manuscript) => {
                let kept = self.keep(tx, by, basis, manuscript, now)?;
                if matches!(kept, Kept::Working(_)) && self.published_at.is_some() {
                    self.withdraw(tx, now)?;
                }
                Ok(kept)
            }
            Wish::Publish(draft) => self.publish(tx, by, basis, draft, now),
        }
    }
}
