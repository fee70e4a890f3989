use super::Post;
use crate::blog::{Error, Result};
use crate::db::Db;
use rusqlite::{Connection, named_params};

const NEXT: &str = "SELECT min(published_at) FROM posts
    WHERE deleted_at IS NULL AND published_at IS NOT NULL AND published_at > :after";

impl Post {
    /// Sees to it that [`Db::generation`] is another one when the next post appears at its time, and when another program
    /// has changed something.
    pub fn look_ahead(db: &Db, now: i64) -> Result<()> {
        db.look_ahead(now, next)
    }
}

/// When the first post after this time appears, or appeared.
fn next(conn: &Connection, after: i64) -> Result<Option<i64>> {
    let at = conn.prepare_cached(NEXT).and_then(|mut statement| {
        statement.query_one(named_params! { ":after": after }, |row| row.get(0))
    });
    at.map_err(Error::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plan::{assert_in_order, in_new_database};

    #[test]
    fn the_next_post_to_appear_is_found_in_an_index() {
        in_new_database(|conn| assert_in_order(conn, NEXT));
    }
}
