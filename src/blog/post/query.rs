use super::list::{Card, List};
use super::page::{Edge, Page};
use crate::blog::Result;
use rusqlite::types::ToSql;
use rusqlite::{Connection, OptionalExtension, Row};

/// A list as SQL knows it: some posts in an order, between two places.
pub struct Query {
    which: &'static Which,
    bottom: Edge,
    top: Edge,
    /// The author or the tag whose posts these are, where `which` asks for one.
    whose: Option<i64>,
    /// Only the posts in whose working copy this pattern of `LIKE` stands.
    pattern: Option<String>,
}

/// Which posts, in which order. Each has an index of its own, which is named in the query, because without statistics
/// SQLite takes the wrong one.
pub struct Which {
    source: &'static str,
    condition: &'static str,
    position: &'static str,
    id: &'static str,
}

pub const LISTED: Which = Which {
    source: "posts INDEXED BY posts_listed",
    condition: ":whose IS NULL AND listed_at IS NOT NULL",
    position: "listed_at",
    id: "posts.id",
};
pub const PINNED: Which = Which {
    source: "posts INDEXED BY posts_pinned",
    condition: ":whose IS NULL AND pinned = 1 AND listed_at IS NOT NULL",
    ..LISTED
};
pub const TAGGED: Which = Which {
    source: "post_tags INDEXED BY post_tags_listed JOIN posts ON posts.id = post_id",
    condition: "tag_id = :whose AND post_tags.listed_at IS NOT NULL",
    position: "post_tags.listed_at",
    id: "post_id",
};
pub const AUTHORED: Which = Which {
    source: "posts INDEXED BY posts_listed_by_author",
    condition: "author_id = :whose AND byline IS NULL AND listed_at IS NOT NULL",
    ..LISTED
};
pub const OUT: Which = Which {
    source: "posts INDEXED BY posts_out",
    condition: ":whose IS NULL AND deleted_at IS NULL AND published_at IS NOT NULL",
    position: "published_at",
    id: "posts.id",
};
pub const OUT_BY_AUTHOR: Which = Which {
    source: "posts INDEXED BY posts_out_by_author",
    condition: "author_id = :whose AND deleted_at IS NULL AND published_at IS NOT NULL",
    ..OUT
};
pub const DRAFTS: Which = Which {
    source: "posts INDEXED BY posts_drafts",
    condition: ":whose IS NULL AND deleted_at IS NULL AND published_at IS NULL",
    position: "updated_at",
    id: "posts.id",
};
pub const DRAFTS_BY_AUTHOR: Which = Which {
    source: "posts INDEXED BY posts_drafts_by_author",
    condition: "author_id = :whose AND deleted_at IS NULL AND published_at IS NULL",
    ..DRAFTS
};
pub const TRASHED: Which = Which {
    source: "posts INDEXED BY posts_trashed",
    condition: ":whose IS NULL AND deleted_at IS NOT NULL",
    position: "deleted_at",
    id: "posts.id",
};
pub const TRASHED_BY_AUTHOR: Which = Which {
    source: "posts INDEXED BY posts_trashed_by_author",
    condition: "author_id = :whose AND deleted_at IS NOT NULL",
    ..TRASHED
};

/// In the words of the author, not in those of the blog.
const MATCHES: &str =
    "EXISTS (SELECT 1 FROM versions WHERE post_id = posts.id AND number = posts.version
    AND (content LIKE :pattern ESCAPE '\\' OR EXISTS (
      SELECT 1 FROM json_each(fields) WHERE key IN ('title', 'slug', 'summary', 'tags', 'series') AND value LIKE :pattern ESCAPE '\\')))";

impl Query {
    /// Some posts between two places.
    pub fn new(which: &'static Which, bottom: Edge, top: Edge, whose: Option<i64>) -> Query {
        Query { which, bottom, top, whose, pattern: None }
    }

    /// Only those whose title, text, tags, summary or address has `words` in it, one after the other; all if there are
    /// none. It reads every text of the list: for authors, not for readers.
    pub fn searched_for(self, words: &str) -> Query {
        let escaped = words.trim().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        let pattern = (!escaped.is_empty()).then(|| format!("%{escaped}%"));
        Query { pattern, ..self }
    }

    /// One page of them.
    pub fn page(&self, conn: &Connection, page: Page, size: u32) -> Result<List> {
        match page {
            Page::Number(1) => self.down_from(conn, self.top, size, false),
            Page::Number(n) => match self.edge_above(conn, n, size)? {
                Some(edge) => self.down_from(conn, edge, size, true),
                None => Ok(List { cards: Vec::new(), older: None, newer: None }),
            },
            Page::Older(edge) => self.down_from(conn, edge.min(self.top), size, true),
            Page::Newer(edge) => {
                let (mut cards, more) =
                    self.rows(conn, edge.max(self.bottom), self.top, "ASC", size)?;
                if !more {
                    return self.down_from(conn, self.top, size, false);
                }
                cards.reverse();
                Ok(List::of(cards, true, true))
            }
        }
    }

    /// How many there are.
    pub fn count(&self, conn: &Connection) -> Result<i64> {
        let values = self.values(&self.bottom, &self.top);
        Ok(conn.prepare_cached(&self.count_sql())?.query_row(&values, |row| row.get(0))?)
    }

    fn down_from(&self, conn: &Connection, top: Edge, size: u32, newer: bool) -> Result<List> {
        let (cards, older) = self.rows(conn, self.bottom, top, "DESC", size)?;
        Ok(List::of(cards, older, newer))
    }

    /// At most `size` posts between two places, and whether there are more.
    fn rows(
        &self,
        conn: &Connection,
        bottom: Edge,
        top: Edge,
        direction: &str,
        size: u32,
    ) -> Result<(Vec<Card>, bool)> {
        let mut statement = conn.prepare_cached(&self.rows_sql(direction, size + 1))?;
        let rows = statement.query_map(&self.values(&bottom, &top), Card::from_row)?;
        let mut cards: Vec<Card> = rows.collect::<rusqlite::Result<_>>()?;
        let more = cards.len() > size as usize;
        cards.truncate(size as usize);
        Ok((cards, more))
    }

    /// The place of the last post before page `n`, found in the index alone.
    fn edge_above(&self, conn: &Connection, n: u32, size: u32) -> Result<Option<Edge>> {
        let last = (u64::from(n) - 1) * u64::from(size) - 1;
        let values = self.values(&self.bottom, &self.top);
        Ok(conn.query_row(&self.edge_sql(last), &values, Edge::from_row).optional()?)
    }

    fn rows_sql(&self, direction: &str, limit: u32) -> String {
        let Which { source, position, id, .. } = self.which;
        format!(
            "SELECT posts.id AS id, {position} AS position, uuid, kind, slug, title, coalesce(byline, users.name) AS signed,
               visibility, published_at, updated_at, iif(summary = '', excerpt, summary) AS excerpt, pinned,
               language, iif(byline IS NULL, users.name, NULL) AS author,
               published_at IS NOT NULL AND live_version IS NOT version AS changed
             FROM {source} LEFT JOIN users ON users.id = author_id
             WHERE {} ORDER BY {position} {direction}, {id} {direction} LIMIT {limit}",
            self.between()
        )
    }

    fn edge_sql(&self, skipped: u64) -> String {
        let Which { source, position, id, .. } = self.which;
        format!(
            "SELECT {position} AS position, {id} AS id FROM {source}
             WHERE {} ORDER BY {position} DESC, {id} DESC LIMIT 1 OFFSET {skipped}",
            self.between()
        )
    }

    fn count_sql(&self) -> String {
        format!("SELECT count(*) FROM {} WHERE {}", self.which.source, self.between())
    }

    /// The condition in SQL; it names the same parameters whatever the query.
    fn between(&self) -> String {
        let Which { condition, position, id, .. } = self.which;
        let what = match self.pattern {
            Some(_) => MATCHES,
            None => ":pattern IS NULL",
        };
        format!(
            "{condition} AND ({position}, {id}) > (:bottom, :bottom_id) AND ({position}, {id}) < (:top, :top_id)
             AND {what}"
        )
    }

    fn values<'a>(&'a self, bottom: &'a Edge, top: &'a Edge) -> [(&'static str, &'a dyn ToSql); 6] {
        [
            (":whose", &self.whose),
            (":pattern", &self.pattern),
            (":bottom", &bottom.position),
            (":bottom_id", &bottom.id),
            (":top", &top.position),
            (":top_id", &top.id),
        ]
    }
}

impl Edge {
    /// The place of the post in `row`.
    pub(super) fn from_row(row: &Row<'_>) -> rusqlite::Result<Edge> {
        Ok(Edge { position: row.get("position")?, id: row.get("id")? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blog::post::Shelf;
    use crate::blog::{Role, User, Word};
    use crate::db::plan::{assert_in_order, assert_searched, in_new_database};

    fn queries() -> Vec<Query> {
        let user = |role| User { id: 1, name: "ada".to_owned(), role, created_at: 0 };
        let public = [(&LISTED, None), (&PINNED, None), (&TAGGED, Some(1)), (&AUTHORED, Some(1))]
            .map(|(which, whose)| Query::new(which, Edge::BOTTOM, Edge::after(0), whose));
        let shelves = Shelf::ALL.iter().flat_map(|(shelf, _)| {
            [Role::Owner, Role::Author].map(|role| shelf.query(&user(role), true, 0))
        });
        let searched = Shelf::Drafts.query(&user(Role::Owner), false, 0).searched_for("a");
        public.into_iter().chain(shelves).chain([searched]).collect()
    }

    #[test]
    fn every_list_is_read_from_an_index_in_its_order() {
        in_new_database(|conn| {
            for query in queries() {
                assert_in_order(conn, &query.rows_sql("DESC", 11));
                assert_in_order(conn, &query.rows_sql("ASC", 11));
                assert_in_order(conn, &query.edge_sql(99));
                assert_searched(conn, &query.count_sql());
                assert!(query.rows_sql("DESC", 11).contains("INDEXED BY post"));
            }
        });
    }
}
