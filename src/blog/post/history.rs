use super::address::is_free;
use super::version::Version;
use super::{Manuscript, Post};
use crate::blog::{Error, Result};
use rusqlite::{Connection, Row, named_params};
use serde::Serialize;

/// A version as the history lists it.
#[derive(Debug, Serialize)]
pub struct Line {
    /// See [`Version::number`].
    pub number: i64,
    /// See [`Version::byline`].
    pub byline: String,
    /// See [`Version::begun_at`].
    pub begun_at: i64,
    /// See [`Version::saved_at`].
    pub saved_at: i64,
    /// See [`Version::published_at`].
    pub published_at: Option<i64>,
    /// See [`Version::restored`].
    pub restored: Option<i64>,
    /// See [`Version::aside`]; `open` or `settled`.
    pub aside: Option<String>,
    /// What the post is called in it.
    pub title: String,
    /// How many saves it holds that can each be gone back to.
    pub saves: i64,
    /// How many characters the text has.
    pub characters: i64,
    /// How many of them it has more than the version before it.
    pub growth: i64,
    #[serde(skip)]
    is_aside: bool,
}

/// A part of the history of a post, and where it goes on.
#[derive(Debug, Serialize)]
pub struct History {
    /// The versions, the latest first.
    pub lines: Vec<Line>,
    /// The number before which it goes on, if it does.
    pub older: Option<i64>,
}

const LINES: &str = "SELECT number, byline, begun_at, saved_at, published_at, restored, aside,
      json_extract(fields, '$.title') AS title, length(content) AS characters,
      1 + (SELECT count(*) FROM steps WHERE version_id = versions.id) AS saves
    FROM versions WHERE post_id = :post AND number < :before ORDER BY number DESC LIMIT :limit";
const BEFORE: &str =
    "SELECT max(number) FROM versions WHERE post_id = :post AND number < :number AND aside IS NULL";
const SAVES: &str =
    "SELECT number, saved_at FROM steps WHERE version_id = :version ORDER BY number DESC";

impl Post {
    /// When anything was saved last, by anybody.
    pub fn last_saved(conn: &Connection) -> Result<Option<i64>> {
        Ok(conn.query_row("SELECT max(saved_at) FROM versions", [], |row| row.get(0))?)
    }

    /// The versions before `before`, at most `size` of them.
    pub fn history(&self, conn: &Connection, before: Option<i64>, size: u32) -> Result<History> {
        let before = before.unwrap_or(i64::MAX);
        let values = named_params! { ":post": self.id, ":before": before, ":limit": size + 1 };
        let mut statement = conn.prepare_cached(LINES)?;
        let rows = statement.query_map(values, Line::from_row)?;
        let mut lines: Vec<Line> = rows.collect::<rusqlite::Result<_>>()?;
        let earlier: Vec<_> = lines.iter().map(|line| (line.is_aside, line.characters)).collect();
        for (n, line) in lines.iter_mut().enumerate() {
            let before = earlier[n + 1..].iter().find(|(is_aside, _)| !is_aside);
            line.growth = line.characters - before.map_or(0, |(_, characters)| *characters);
        }
        let more = lines.len() > size as usize;
        lines.truncate(size as usize);
        let older = lines.last().map(|line| line.number).filter(|_| more);
        Ok(History { lines, older })
    }
}

impl Version {
    /// The version that this one changes: the one it was made from beside the working copy, else the one before it.
    pub fn predecessor(&self, conn: &Connection, post: &Post) -> Result<Option<Version>> {
        let before: Option<i64> = match self.aside {
            Some(_) => Some(self.base),
            None => {
                let values = named_params! { ":post": post.id, ":number": self.number };
                conn.prepare_cached(BEFORE)?.query_row(values, |row| row.get(0))?
            }
        };
        match before.map(|number| Version::at(conn, post, number)) {
            None | Some(Err(Error::NotFound)) => Ok(None),
            Some(found) => found.map(Some),
        }
    }

    /// The single saves inside its stretch of work, number and time, the latest first.
    pub fn saves(&self, conn: &Connection) -> Result<Vec<(i64, i64)>> {
        let mut statement = conn.prepare_cached(SAVES)?;
        let rows = statement.query_map(named_params! { ":version": self.id }, |row| {
            Ok((row.get("number")?, row.get("saved_at")?))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The text as it can be gone back to: the post keeps its date, and its address where another post has the old one.
    pub fn to_restore(&self, conn: &Connection, post: &Post) -> Result<Manuscript> {
        let now = Version::working_copy(conn, post)?.manuscript;
        let wish = self.manuscript.wish().ok().flatten();
        let is_free = match &wish {
            Some(wish) => is_free(conn, self.manuscript.kind, wish, Some(post.id))?,
            None => true,
        };
        let slug = if is_free { self.manuscript.slug.clone() } else { now.slug };
        Ok(Manuscript { slug, publish_at: now.publish_at, ..self.manuscript.clone() })
    }
}

impl Line {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Line> {
        let aside: Option<String> = row.get("aside")?;
        Ok(Line {
            number: row.get("number")?,
            byline: row.get("byline")?,
            begun_at: row.get("begun_at")?,
            saved_at: row.get("saved_at")?,
            published_at: row.get("published_at")?,
            restored: row.get("restored")?,
            is_aside: aside.is_some(),
            aside,
            title: row.get("title")?,
            saves: row.get("saves")?,
            characters: row.get("characters")?,
            growth: 0,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plan::{assert_in_order, assert_searched, in_new_database};

    #[test]
    fn a_history_is_read_from_an_index_in_its_order() {
        in_new_database(|conn| {
            assert_in_order(conn, LINES);
            assert_in_order(conn, SAVES);
            assert_searched(conn, BEFORE);
        });
    }
}
