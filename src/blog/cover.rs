//! Covers as they were last drawn. What a cover shows is [`crate::files::Cover`]'s to say.

use super::{Post, Result};
use rusqlite::{Connection, OptionalExtension, Transaction, named_params};

/// How many are kept; those that are asked for again are drawn again.
const MOST: i64 = 500;

const KEPT: &str = "SELECT png FROM covers WHERE post_id = :post AND digest = :digest";
const KEEP: &str =
    "INSERT OR REPLACE INTO covers (post_id, digest, png) VALUES (:post, :digest, :png)";
const FORGET: &str = "DELETE FROM covers WHERE id <= (
    SELECT id FROM covers ORDER BY id DESC LIMIT 1 OFFSET :most)";

impl Post {
    /// Its cover with this digest, if it is kept.
    pub fn kept_cover(&self, conn: &Connection, digest: &str) -> Result<Option<Vec<u8>>> {
        let values = named_params! { ":post": self.id, ":digest": digest };
        let found = conn.prepare_cached(KEPT)?.query_row(values, |row| row.get("png"));
        Ok(found.optional()?)
    }

    /// Keeps a cover in place of the one before, and forgets the oldest of many.
    pub fn keep_cover(&self, tx: &Transaction<'_>, digest: &str, png: &[u8]) -> Result<()> {
        let values = named_params! { ":post": self.id, ":digest": digest, ":png": png };
        tx.prepare_cached(KEEP)?.execute(values)?;
        tx.prepare_cached(FORGET)?.execute(named_params! { ":most": MOST })?;
        Ok(())
    }
}
