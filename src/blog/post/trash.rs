use super::Post;
use crate::blog::{Error, Result, User, found};
use rusqlite::{Transaction, named_params};

/// The public addresses of what is about to be removed: they answer that it is gone, for good.
const REMEMBER: &str = "INSERT OR IGNORE INTO removed (path)
    SELECT iif(kind = 'page', '', 'posts/') || slug FROM doomed
    UNION SELECT path FROM doomed JOIN redirects ON post_id = doomed.id";

impl Post {
    /// How long a deleted post stays in the trash, in seconds.
    pub const TRASH: i64 = 30 * 24 * 60 * 60;

    /// Moves the post to the trash.
    pub fn delete(&self, tx: &Transaction<'_>, now: i64) -> Result<()> {
        let sql = "UPDATE posts SET deleted_at = :now WHERE id = :id AND deleted_at IS NULL";
        found(tx.execute(sql, named_params! { ":now": now, ":id": self.id })?)
    }

    /// Brings the post back from the trash.
    pub fn restore(&self, tx: &Transaction<'_>) -> Result<()> {
        let sql = "UPDATE posts SET deleted_at = NULL WHERE id = :id AND deleted_at IS NOT NULL";
        found(tx.execute(sql, named_params! { ":id": self.id })?)
    }

    /// Removes a post for good, with its history, if it is in the trash.
    pub fn remove(&self, tx: &Transaction<'_>, now: i64) -> Result<()> {
        match remove(tx, "id = :id", &[(":id", &self.id)], now)? {
            0 => Err(Error::NotFound),
            _ => Ok(()),
        }
    }

    /// Removes for good everything in the trash that `by` may change; says how many posts.
    pub fn empty_trash(tx: &Transaction<'_>, by: &User, now: i64) -> Result<usize> {
        let own = (!by.edits_all()).then_some(by.id);
        remove(tx, "(:own IS NULL OR author_id = :own)", &[(":own", &own)], now)
    }

    /// Removes for good what has been in the trash too long by `now`; says how many posts.
    pub fn clear_old_trash(tx: &Transaction<'_>, now: i64) -> Result<usize> {
        remove(tx, "deleted_at <= :before", &[(":before", &(now - Post::TRASH))], now)
    }
}

type Values<'a> = &'a [(&'a str, &'a dyn rusqlite::ToSql)];

fn remove(tx: &Transaction<'_>, which: &str, values: Values<'_>, now: i64) -> Result<usize> {
    let doomed =
        format!("SELECT id, kind, slug FROM posts WHERE deleted_at IS NOT NULL AND {which}");
    let public = "visibility = 'public' AND published_at <= :now";
    let sql = format!("WITH doomed AS ({doomed} AND {public}) {REMEMBER}");
    tx.execute(&sql, &*[values, &[(":now", &now)]].concat())?;
    Ok(tx.execute(&format!("DELETE FROM posts WHERE deleted_at IS NOT NULL AND {which}"), values)?)
}
