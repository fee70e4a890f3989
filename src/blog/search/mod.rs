//! What readers find by its words.

mod index;
mod nearest;
mod related;

pub use index::{catch_up, catch_up_with_all};
pub use nearest::nearest;
pub use related::{Related, related};

use super::post::Kind;
use super::{Error, Result};
use crate::blog::Word;
use crate::text::search::{Piece, Query, excerpt, highlight};
use crate::text::{direction, plain_text};
use rusqlite::{Connection, OptionalExtension, Row, named_params};
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

/// Words in the title count ten times, tags five times. Only the numbers are sorted, never the texts.
const BY_WEIGHT: &str =
    "SELECT search.rowid AS id, bm25(search, 10.0, 5.0, 1.0) AS score, published_at
    FROM search JOIN posts ON posts.id = search.rowid
    WHERE search MATCH :query AND published_at <= :now
    ORDER BY score, published_at DESC LIMIT :limit OFFSET :skipped";
/// What has the words in its title stands first, then the latest.
const BY_PLACE: &str = "SELECT id, id IN (
      SELECT rowid FROM search WHERE search MATCH :titled ORDER BY rowid DESC LIMIT :latest) AS titled
    FROM (SELECT rowid AS id FROM search WHERE search MATCH :query ORDER BY rowid DESC LIMIT :latest
      ) JOIN posts USING (id)
    WHERE published_at <= :now ORDER BY titled DESC, published_at DESC LIMIT :limit OFFSET :skipped";
const FOUND: &str = "SELECT posts.*, coalesce(byline, users.name) AS signed
    FROM posts LEFT JOIN users ON users.id = author_id
    WHERE posts.id = :id AND visibility = 'public' AND deleted_at IS NULL AND published_at <= :now";

/// To weigh words, all posts that have them must be counted: so many at most.
const COUNTABLE: i64 = 3000;
/// So many of the latest posts with a word are looked at where they cannot all be.
const LATEST: i64 = 1000;

/// What everybody finds for `query` by `now`; the first page is 1.
pub fn search(conn: &Connection, query: &Query, page: u32, now: i64) -> Result<Hits> {
    if query.is_empty() {
        return Ok(Hits { hits: Vec::new(), more: false });
    }
    let found = found(conn, query, page, now)?;
    let mut statement = conn.prepare_cached(FOUND)?;
    let mut hits = Vec::new();
    for id in found.iter().take(SIZE as usize) {
        let values = named_params! { ":id": id, ":now": now };
        hits.extend(statement.query_row(values, |row| Hit::from_row(row, query)).optional()?);
    }
    Ok(Hits { hits, more: found.len() > SIZE as usize })
}

/// The numbers of what is on a page of results, and of one more if there is one.
fn found(conn: &Connection, query: &Query, page: u32, now: i64) -> Result<Vec<i64>> {
    let (limit, skipped) = (SIZE + 1, (page - 1) * SIZE);
    let expression = query.expression();
    let titled = format!("title : ({expression})");
    let rare =
        query.terms().try_fold(true, |rare, term| Ok::<_, Error>(rare && is_rare(conn, &term)?))?;
    let common = named_params! { ":titled": titled, ":latest": LATEST, ":query": expression, ":now": now,
    ":limit": limit, ":skipped": skipped };
    let (sql, values) = match rare {
        true => (BY_WEIGHT, &common[2..]),
        false => (BY_PLACE, common),
    };
    let mut statement = conn.prepare_cached(sql)?;
    let ids = statement.query_map(values, |row| row.get("id"))?;
    Ok(ids.collect::<rusqlite::Result<_>>()?)
}

fn is_rare(conn: &Connection, term: &str) -> Result<bool> {
    let sql = "SELECT count(*) <= :most FROM (SELECT 1 FROM search WHERE search MATCH :term LIMIT :most + 1)";
    let values = named_params! { ":term": term, ":most": COUNTABLE };
    Ok(conn.prepare_cached(sql)?.query_row(values, |row| row.get(0))?)
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
