//! Every address that search engines should know.

use super::post::Kind;
use super::{Result, Word};
use rusqlite::{Connection, Row, named_params};
use serde::Serialize;

/// An address, and when what is found there last changed.
#[derive(Debug, Serialize)]
pub struct Place {
    /// Without the host, not yet percent-encoded.
    pub path: String,
    /// In seconds since 1970; `None` where it changes with what it lists.
    pub changed: Option<i64>,
}

/// A part of the posts and pages, so that none has more addresses than a sitemap may (50,000, see sitemaps.org) and all
/// are read in small pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Part(pub i64);

/// How many posts there are in a part, at most.
const SIZE: i64 = 10_000;

const POSTS: &str = "SELECT kind, slug, published_at, revised_at FROM posts
    WHERE id > :from AND id <= :to AND visibility = 'public' AND deleted_at IS NULL AND published_at <= :now";
const TAGS: &str = "SELECT slug FROM tags WHERE EXISTS (
      SELECT 1 FROM post_tags INDEXED BY post_tags_listed WHERE tag_id = tags.id AND listed_at <= :now) LIMIT 10000";
const SERIES: &str = "SELECT slug FROM series WHERE EXISTS (
      SELECT 1 FROM posts INDEXED BY posts_parts WHERE series_id = series.id AND listed_at <= :now) LIMIT 10000";
const AUTHORS: &str = "SELECT name AS slug FROM users WHERE EXISTS (
      SELECT 1 FROM posts INDEXED BY posts_listed_by_author
      WHERE author_id = users.id AND byline IS NULL AND listed_at <= :now) LIMIT 10000";

const ADDRESSES: [&str; 6] = [
    "SELECT iif(kind = 'page', '/', '/posts/') || slug FROM posts
     WHERE deleted_at IS NULL AND published_at <= :now AND visibility <> 'private' ORDER BY id",
    "SELECT iif(kind = 'page', '/', '/posts/') || slug || '.md' FROM posts
     WHERE deleted_at IS NULL AND published_at <= :now AND visibility = 'public' ORDER BY id",
    "SELECT '/posts/' || uuid FROM posts
     WHERE deleted_at IS NULL AND published_at <= :now AND visibility <> 'private' ORDER BY id",
    "SELECT '/' || path FROM redirects JOIN posts ON posts.id = post_id
     WHERE deleted_at IS NULL AND published_at <= :now AND visibility <> 'private' ORDER BY path",
    "SELECT '/tags/' || tag_redirects.slug || file FROM tag_redirects, (
       SELECT '' AS file UNION SELECT '/feed.xml' UNION SELECT '/rss.xml' UNION SELECT '/feed.json')
     WHERE :now IS NOT NULL ORDER BY tag_redirects.slug",
    "SELECT '/series/' || series_redirects.slug || file FROM series_redirects, (
       SELECT '' AS file UNION SELECT '/feed.xml' UNION SELECT '/rss.xml' UNION SELECT '/feed.json')
     WHERE :now IS NOT NULL ORDER BY series_redirects.slug",
];

impl Part {
    /// The parts there are; some may hold nothing.
    pub fn all(conn: &Connection) -> Result<Vec<Part>> {
        let sql = "SELECT coalesce(max(id), 0) FROM posts";
        let last: i64 = conn.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
        Ok((0..=(last - 1).max(0) / SIZE).map(Part).collect())
    }

    /// Its posts and pages that everybody finds by `now`.
    pub fn places(self, conn: &Connection, now: i64) -> Result<Vec<Place>> {
        let mut statement = conn.prepare_cached(POSTS)?;
        let (from, to) =
            (self.0.saturating_mul(SIZE), self.0.saturating_add(1).saturating_mul(SIZE));
        let values = named_params! { ":from": from, ":to": to, ":now": now };
        let places = statement.query_map(values, Place::of_post)?;
        Ok(places.collect::<rusqlite::Result<_>>()?)
    }
}

impl Place {
    /// The lists: of everything, and of each tag, series and author that has posts by `now`.
    pub fn lists(conn: &Connection, now: i64) -> Result<Vec<Place>> {
        let fixed = ["/posts", "/archive", "/tags"].map(|path| Place::list(path.to_owned()));
        let mut places = Vec::from(fixed);
        for (sql, place) in [(TAGS, "tags"), (SERIES, "series"), (AUTHORS, "authors")] {
            let mut statement = conn.prepare_cached(sql)?;
            let lists = statement.query_map(named_params! { ":now": now }, |row| {
                Ok(Place::list(format!("/{place}/{}", row.get::<_, String>("slug")?)))
            })?;
            for list in lists {
                places.push(list?);
            }
        }
        Ok(places)
    }

    fn list(path: String) -> Place {
        Place { path, changed: None }
    }

    fn of_post(row: &Row<'_>) -> rusqlite::Result<Place> {
        let kind = Kind::from_column(row, "kind")?;
        let revised: Option<i64> = row.get("revised_at")?;
        let changed = revised.max(row.get("published_at")?);
        Ok(Place { path: kind.path(&row.get::<_, String>("slug")?), changed })
    }
}

/// Every address under which everybody who has it finds something by `now`, whether a list shows it or not: posts and
/// pages, the Markdown of those that everybody finds, and the addresses that lead on to something.
pub fn addresses(conn: &Connection, now: i64) -> Result<Vec<String>> {
    let mut addresses = Vec::new();
    for sql in ADDRESSES {
        let mut statement = conn.prepare(sql)?;
        let found = statement.query_map(named_params! { ":now": now }, |row| row.get(0))?;
        for path in found {
            addresses.push(path?);
        }
    }
    Ok(addresses)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plan::{assert_searched, in_new_database};

    #[test]
    fn a_part_is_read_by_number() {
        in_new_database(|conn| assert_searched(conn, POSTS));
    }
}
