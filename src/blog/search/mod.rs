//! What readers find by its words.

mod index;
mod nearest;
mod related;

pub use index::{catch_up, catch_up_with_all};
pub use nearest::nearest;
pub use related::{Related, related};

use super::Result;
use super::post::Kind;
use crate::blog::Word;
use crate::text::search::{Piece, Query, excerpt, highlight};
use crate::text::{direction, plain_text};
use rusqlite::{Connection, Row, named_params};
use serde::Serialize;

/// A post or page that was found.
#[derive(Debug, Serialize)]
pub struct Hit {
    /// Where it lives.
    pub path: String,
    /// What it is called, with what was looked for in it.
    pub title: Vec<Piece>,
    /// Where in its text it was found.
    pub excerpt: Vec<Piece>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// When it came out.
    pub published_at: i64,
    /// Its language, if that is not the site's.
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
}

/// What was found on one page of results.
#[derive(Debug, Serialize)]
pub struct Hits {
    /// The best first.
    pub hits: Vec<Hit>,
    /// Whether there are more.
    pub more: bool,
}

/// How many results a page has.
pub const SIZE: u32 = 20;
/// How many pages there are; who looks further had better ask otherwise.
pub const PAGES: u32 = 25;

/// The latest of what has the words are ranked, so that the commonest word costs no more than so many posts. Words in the
/// title count ten times, tags five times.
const FOUND: &str = "SELECT posts.*, coalesce(byline, users.name) AS signed FROM (
      SELECT rowid AS id, bm25(search, 10.0, 5.0, 1.0) AS score FROM search WHERE search MATCH :query
      ORDER BY rowid DESC LIMIT :ranked) AS found
    JOIN posts ON posts.id = found.id LEFT JOIN users ON users.id = author_id
    WHERE visibility = 'public' AND deleted_at IS NULL AND published_at <= :now
    ORDER BY score, published_at DESC LIMIT :limit OFFSET :skipped";
const RANKED: i64 = 2000;

/// What everybody finds for `query` by `now`; the first page is 1.
pub fn search(conn: &Connection, query: &Query, page: u32, now: i64) -> Result<Hits> {
    if query.is_empty() {
        return Ok(Hits { hits: Vec::new(), more: false });
    }
    let mut statement = conn.prepare_cached(FOUND)?;
    let values = named_params! { ":query": query.expression(), ":ranked": RANKED, ":now": now,
    ":limit": SIZE + 1, ":skipped": (page - 1) * SIZE };
    let hits = statement.query_map(values, |row| Hit::from_row(row, query))?;
    let mut hits: Vec<_> = hits.collect::<rusqlite::Result<_>>()?;
    let more = hits.len() > SIZE as usize;
    hits.truncate(SIZE as usize);
    Ok(Hits { hits, more })
}

impl Hit {
    fn from_row(row: &Row<'_>, query: &Query) -> rusqlite::Result<Hit> {
        let (title, language) = (row.get::<_, String>("title")?, row.get::<_, String>("language")?);
        let text = plain_text(&row.get::<_, String>("html")?);
        Ok(Hit {
            path: Kind::from_column(row, "kind")?.path(&row.get::<_, String>("slug")?),
            direction: direction(&language, &title),
            title: highlight(&title, query),
            excerpt: excerpt(&text, query),
            byline: row.get("signed")?,
            published_at: row.get("published_at")?,
            language,
        })
    }
}
