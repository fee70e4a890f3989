use super::page::{Edge, Page};
use super::query::{DRAFTS, LISTED, OUT, Query, TRASHED};
use super::{Post, Result};
use crate::blog::{User, Word};
use rusqlite::{Connection, Row};
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
    /// See [`Post::has_unpublished_changes`].
    pub changed: bool,
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

/// What somebody looks for on the dashboard.
#[derive(Debug, Clone, Copy)]
pub struct Search<'a> {
    /// Where it stands.
    pub shelf: Shelf,
    /// Whether it is their own.
    pub only_own: bool,
    /// What stands in it; may be empty.
    pub words: &'a str,
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

impl Post {
    /// A page of the posts that everybody finds by `now`.
    pub fn listed(conn: &Connection, page: Page, size: u32, now: i64) -> Result<List> {
        Query::new(&LISTED, Edge::BOTTOM, Edge::after(now), None).page(conn, page, size)
    }

    /// A page of what `user` may change.
    pub fn sought(
        conn: &Connection,
        user: &User,
        search: &Search<'_>,
        page: Page,
        size: u32,
        now: i64,
    ) -> Result<List> {
        search.query(user, now).page(conn, page, size)
    }

    /// How many posts `user` may change.
    pub fn count(conn: &Connection, user: &User, search: &Search<'_>, now: i64) -> Result<i64> {
        search.query(user, now).count(conn)
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

impl Search<'_> {
    fn query(&self, user: &User, now: i64) -> Query {
        self.shelf.query(user, self.only_own, now).searched_for(self.words)
    }
}

impl Shelf {
    pub(super) fn query(self, user: &User, only_own: bool, now: i64) -> Query {
        let own = (only_own || !user.edits_all()).then_some(user.id);
        match self {
            Shelf::Drafts => Query::new(&DRAFTS, Edge::BOTTOM, Edge::TOP, own),
            Shelf::Scheduled => Query::new(&OUT, Edge::after(now), Edge::TOP, own),
            Shelf::Published => Query::new(&OUT, Edge::BOTTOM, Edge::after(now), own),
            Shelf::Trash => Query::new(&TRASHED, Edge::BOTTOM, Edge::TOP, own),
        }
    }
}

impl List {
    pub(super) fn of(cards: Vec<Card>, older: bool, newer: bool) -> List {
        let older = cards.last().filter(|_| older).map(|card| Page::Older(card.place).to_string());
        let newer = cards.first().filter(|_| newer).map(|card| Page::Newer(card.place).to_string());
        List { cards, older, newer }
    }
}

impl Card {
    pub(super) fn from_row(row: &Row<'_>) -> rusqlite::Result<Card> {
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
            changed: row.get("changed")?,
            place: Edge::from_row(row)?,
        })
    }
}
