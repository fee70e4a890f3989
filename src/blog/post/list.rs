use super::page::{Edge, Page};
use super::{Post, Result};
use crate::blog::{User, Word};
use rusqlite::types::ToSql;
use rusqlite::{Connection, OptionalExtension, Row};
use serde::Serialize;
use uuid::Uuid;

/// A post as a list shows it.
#[derive(Debug, Serialize)]
pub struct Card {
    /// See [`Post::uuid`].
    pub uuid: Uuid,
    /// See [`Post::slug`].
    pub slug: String,
    /// See [`Post::title`].
    pub title: String,
    /// The summary, or where there is none the beginning of the text.
    pub excerpt: String,
    /// See [`Post::byline`].
    pub byline: Option<String>,
    /// See [`Post::visibility`].
    pub visibility: String,
    /// See [`Post::published_at`].
    pub published_at: Option<i64>,
    /// See [`Post::updated_at`].
    pub updated_at: i64,
    #[serde(skip)]
    place: Edge,
}

/// A part of a list, and where it goes on.
#[derive(Debug, Serialize)]
pub struct List {
    /// The posts, the latest first.
    pub cards: Vec<Card>,
    /// The page with earlier posts, if there are any.
    pub older: Option<String>,
    /// The page with later posts, if there are any.
    pub newer: Option<String>,
}

/// A part of the dashboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shelf {
    /// Not out and without a date.
    Drafts,
    /// With a date to come.
    Scheduled,
    /// Out.
    Published,
    /// Deleted, not yet for good.
    Trash,
}

/// A list as SQL knows it: the posts of a condition, in an order, between two places.
/// Each condition with its order has an index of its own.
struct Query {
    condition: &'static str,
    order: &'static str,
    bottom: Edge,
    top: Edge,
    /// Only the posts of this author.
    own: Option<i64>,
}

const OUT: &str = "deleted_at IS NULL AND published_at IS NOT NULL";
const LISTED: &str = "visibility = 'public' AND deleted_at IS NULL AND published_at IS NOT NULL";
const DRAFTS: &str = "deleted_at IS NULL AND published_at IS NULL";
const TRASHED: &str = "deleted_at IS NOT NULL";

impl Post {
    /// A page of the posts that everybody finds by `now`.
    pub fn listed(conn: &Connection, page: Page, size: u32, now: i64) -> Result<List> {
        Query::new(LISTED, "published_at", Edge::BOTTOM, Edge::after(now), None)
            .page(conn, page, size)
    }

    /// A page of a shelf, with everything `user` may change.
    pub fn shelf(
        conn: &Connection,
        user: &User,
        shelf: Shelf,
        page: Page,
        size: u32,
        now: i64,
    ) -> Result<List> {
        shelf.query(user, now).page(conn, page, size)
    }

    /// How many posts of a shelf `user` may change.
    pub fn count(conn: &Connection, user: &User, shelf: Shelf, now: i64) -> Result<i64> {
        let query = shelf.query(user, now);
        Ok(conn
            .prepare_cached(&query.count_sql())?
            .query_row(&query.values(&query.bottom, &query.top), |row| row.get(0))?)
    }
}

impl Word for Shelf {
    const ALL: &'static [(Shelf, &'static str)] = &[
        (Shelf::Drafts, "drafts"),
        (Shelf::Scheduled, "scheduled"),
        (Shelf::Published, "published"),
        (Shelf::Trash, "trash"),
    ];
}

impl Shelf {
    fn query(self, user: &User, now: i64) -> Query {
        let own = (!user.edits_all()).then_some(user.id);
        match self {
            Shelf::Drafts => Query::new(DRAFTS, "updated_at", Edge::BOTTOM, Edge::TOP, own),
            Shelf::Scheduled => Query::new(OUT, "published_at", Edge::after(now), Edge::TOP, own),
            Shelf::Published => {
                Query::new(OUT, "published_at", Edge::BOTTOM, Edge::after(now), own)
            }
            Shelf::Trash => Query::new(TRASHED, "deleted_at", Edge::BOTTOM, Edge::TOP, own),
        }
    }
}

impl Query {
    fn new(
        condition: &'static str,
        order: &'static str,
        bottom: Edge,
        top: Edge,
        own: Option<i64>,
    ) -> Query {
        Query { condition, order, bottom, top, own }
    }

    fn page(&self, conn: &Connection, page: Page, size: u32) -> Result<List> {
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
        let Query { order, .. } = self;
        format!(
            "SELECT posts.id AS id, {order} AS position, uuid, slug, title, coalesce(byline, users.name) AS signed,
               visibility, published_at, updated_at, iif(summary = '', excerpt, summary) AS excerpt
             FROM posts LEFT JOIN users ON users.id = author_id
             WHERE {} ORDER BY {order} {direction}, posts.id {direction} LIMIT {limit}",
            self.between()
        )
    }

    fn edge_sql(&self, skipped: u64) -> String {
        let Query { order, .. } = self;
        format!(
            "SELECT {order} AS position, posts.id AS id FROM posts
             WHERE {} ORDER BY {order} DESC, posts.id DESC LIMIT 1 OFFSET {skipped}",
            self.between()
        )
    }

    fn count_sql(&self) -> String {
        format!("SELECT count(*) FROM posts WHERE {}", self.between())
    }

    /// The condition in SQL; it names the same parameters whatever the query.
    fn between(&self) -> String {
        let Query { condition, order, .. } = self;
        let whose = if self.own.is_some() { "author_id = :own" } else { ":own IS NULL" };
        format!(
            "{whose} AND {condition} AND ({order}, posts.id) > (:bottom, :bottom_id)
             AND ({order}, posts.id) < (:top, :top_id)"
        )
    }

    fn values<'a>(&'a self, bottom: &'a Edge, top: &'a Edge) -> [(&'static str, &'a dyn ToSql); 5] {
        [
            (":own", &self.own),
            (":bottom", &bottom.position),
            (":bottom_id", &bottom.id),
            (":top", &top.position),
            (":top_id", &top.id),
        ]
    }
}

impl Edge {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Edge> {
        Ok(Edge { position: row.get("position")?, id: row.get("id")? })
    }
}

impl List {
    fn of(cards: Vec<Card>, older: bool, newer: bool) -> List {
        let older = cards.last().filter(|_| older).map(|card| Page::Older(card.place).to_string());
        let newer = cards.first().filter(|_| newer).map(|card| Page::Newer(card.place).to_string());
        List { cards, older, newer }
    }
}

impl Card {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Card> {
        let uuid: String = row.get("uuid")?;
        Ok(Card {
            uuid: Uuid::try_parse(&uuid).unwrap_or_default(),
            slug: row.get("slug")?,
            title: row.get("title")?,
            excerpt: row.get("excerpt")?,
            byline: row.get("signed")?,
            visibility: row.get("visibility")?,
            published_at: row.get("published_at")?,
            updated_at: row.get("updated_at")?,
            place: Edge::from_row(row)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blog::Role;
    use crate::db::plan::{assert_in_order, assert_searched, in_new_database};

    fn queries() -> Vec<Query> {
        let user = |role| User { id: 1, name: "ada".to_owned(), role, created_at: 0 };
        let listed = Query::new(LISTED, "published_at", Edge::BOTTOM, Edge::after(0), None);
        let shelves = Shelf::ALL.iter().flat_map(|(shelf, _)| {
            [Role::Owner, Role::Author].map(|role| shelf.query(&user(role), 0))
        });
        std::iter::once(listed).chain(shelves).collect()
    }

    #[test]
    fn every_list_is_read_from_an_index_in_its_order() {
        in_new_database(|conn| {
            for query in queries() {
                assert_in_order(conn, &query.rows_sql("DESC", 11));
                assert_in_order(conn, &query.rows_sql("ASC", 11));
                assert_in_order(conn, &query.edge_sql(99));
                assert_searched(conn, &query.count_sql());
            }
        });
    }
}
