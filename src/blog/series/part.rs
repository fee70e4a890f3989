use super::Series;
use crate::blog::post::Kind;
use crate::blog::{Post, Result};
use rusqlite::{Connection, OptionalExtension, named_params};
use serde::Serialize;

/// A post of a series as its readers find it.
#[derive(Debug, Serialize)]
pub struct Part {
    #[serde(skip)]
    pub(in crate::blog) post: i64,
    /// See [`Post::path`].
    pub path: String,
    /// What it is called.
    pub title: String,
    /// When it came out.
    pub published_at: i64,
}

/// Where a post stands in its series.
#[derive(Debug, Serialize)]
pub struct Placement {
    /// The series.
    pub series: Series,
    /// Which part it is, counted from 1.
    pub number: usize,
    /// How many parts readers find.
    pub total: usize,
    /// The part before.
    pub previous: Option<Part>,
    /// The part after.
    pub next: Option<Part>,
}

const BY_ID: &str = "SELECT * FROM series WHERE id = :id";
const PARTS: &str = "SELECT id, slug, title, listed_at FROM posts INDEXED BY posts_parts
    WHERE series_id = :series AND listed_at <= :now
    ORDER BY series_position, listed_at, id";

impl Series {
    /// The parts that everybody finds by `now`, in their order.
    pub fn parts(&self, conn: &Connection, now: i64) -> Result<Vec<Part>> {
        let mut statement = conn.prepare_cached(PARTS)?;
        let values = named_params! { ":series": self.id, ":now": now };
        let parts = statement.query_map(values, |row| {
            Ok(Part {
                post: row.get("id")?,
                path: Kind::Post.path(&row.get::<_, String>("slug")?),
                title: row.get("title")?,
                published_at: row.get("listed_at")?,
            })
        })?;
        Ok(parts.collect::<rusqlite::Result<_>>()?)
    }
}

impl Placement {
    /// The place of a post that everybody finds by `now`; of another there is none.
    pub fn of(conn: &Connection, post: &Post, now: i64) -> Result<Option<Placement>> {
        let Some(id) = post.series_id else { return Ok(None) };
        let values = named_params! { ":id": id };
        let series = conn.prepare_cached(BY_ID)?.query_row(values, Series::from_row).optional()?;
        let Some(series) = series else { return Ok(None) };
        let mut parts = series.parts(conn, now)?;
        let total = parts.len();
        let Some(at) = parts.iter().position(|part| part.post == post.id) else {
            return Ok(None);
        };
        let mut rest = parts.split_off(at).into_iter().skip(1);
        let (previous, next) = (parts.pop(), rest.next());
        Ok(Some(Placement { series, number: at + 1, total, previous, next }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plan::{assert_in_order, assert_searched, in_new_database};

    #[test]
    fn the_parts_of_a_series_are_read_from_an_index_in_their_order() {
        in_new_database(|conn| {
            assert_searched(conn, BY_ID);
            assert_in_order(conn, PARTS);
        });
    }
}
