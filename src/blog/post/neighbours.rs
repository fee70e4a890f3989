use super::{Kind, Post, Result};
use rusqlite::{Connection, OptionalExtension, named_params};
use serde::Serialize;

/// The posts that came out just before and just after another.
#[derive(Debug, Default, Serialize)]
pub struct Neighbours {
    /// The earlier one.
    pub previous: Option<Neighbour>,
    /// The later one.
    pub next: Option<Neighbour>,
}

/// A post as its neighbour names it.
#[derive(Debug, Serialize)]
pub struct Neighbour {
    /// See [`Post::path`].
    pub path: String,
    /// See [`Post::title`].
    pub title: String,
}

const PREVIOUS: &str = "SELECT slug, title FROM posts INDEXED BY posts_listed
    WHERE listed_at IS NOT NULL AND (listed_at, id) < (:at, :id) ORDER BY listed_at DESC, id DESC LIMIT 1";
const NEXT: &str = "SELECT slug, title FROM posts INDEXED BY posts_listed
    WHERE listed_at IS NOT NULL AND (listed_at, id) > (:at, :id) AND listed_at <= :now ORDER BY listed_at, id LIMIT 1";

impl Neighbours {
    /// Those that everybody finds beside `post` by `now`.
    pub fn of(conn: &Connection, post: &Post, now: i64) -> Result<Neighbours> {
        let Some(at) = post.published_at else { return Ok(Neighbours::default()) };
        let (at, id) = (&at, &post.id);
        let previous = conn
            .prepare_cached(PREVIOUS)?
            .query_row(named_params! { ":at": at, ":id": id }, Neighbour::from_row);
        let next = conn
            .prepare_cached(NEXT)?
            .query_row(named_params! { ":at": at, ":id": id, ":now": now }, Neighbour::from_row);
        Ok(Neighbours { previous: previous.optional()?, next: next.optional()? })
    }
}

impl Neighbour {
    fn from_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Neighbour> {
        let slug: String = row.get("slug")?;
        Ok(Neighbour { path: Kind::Post.path(&slug), title: row.get("title")? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plan::{assert_in_order, in_new_database};

    #[test]
    fn neighbours_are_read_from_the_index_of_the_list() {
        in_new_database(|conn| {
            assert_in_order(conn, PREVIOUS);
            assert_in_order(conn, NEXT);
        });
    }
}
