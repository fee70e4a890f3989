use super::page::{Edge, Page};
use super::query::{
    AUTHORED, DRAFTS, DRAFTS_BY_AUTHOR, LISTED, OUT, OUT_BY_AUTHOR, PINNED, Query, TAGGED, TRASHED,
    TRASHED_BY_AUTHOR,
};
use super::{Kind, Post, Result};
use crate::blog::{KnownTag, User, Word};
use crate::text::{direction, markdown};
use rusqlite::{Connection, Row, named_params};
use serde::Serialize;
use std::ops::Range;
use uuid::Uuid;

/// A post as a list shows it.
#[derive(Debug, Serialize)]
pub struct Card {
    /// See [`Post::uuid`].
    pub uuid: Uuid,
    /// See [`Post::kind`].
    pub kind: Kind,
    /// See [`Post::path`].
    pub path: String,
    /// See [`Post::title`].
    pub title: String,
    /// The summary, or where there is none the beginning of the text.
    pub excerpt: String,
    /// See [`Post::byline`].
    pub byline: Option<String>,
    /// See [`Post::author`].
    pub author: Option<String>,
    /// See [`Post::language`].
    pub language: String,
    /// See [`Post::direction`].
    pub direction: &'static str,
    /// The whole text as HTML, where a list shows it.
    pub html: Option<String>,
    /// See [`Post::visibility`].
    pub visibility: String,
    /// See [`Post::published_at`].
    pub published_at: Option<i64>,
    /// See [`Post::updated_at`].
    pub updated_at: i64,
    /// See [`Post::has_unpublished_changes`].
    pub changed: bool,
    /// Whether it stands before the others.
    pub pinned: bool,
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

    /// The posts among those that are to stand first.
    pub fn pinned(conn: &Connection, most: u32, now: i64) -> Result<Vec<Card>> {
        let query = Query::new(&PINNED, Edge::BOTTOM, Edge::after(now), None);
        Ok(query.page(conn, Page::FIRST, most)?.cards)
    }

    /// A page of the posts that everybody finds under `tag` by `now`.
    pub fn tagged(
        conn: &Connection,
        tag: &KnownTag,
        page: Page,
        size: u32,
        now: i64,
    ) -> Result<List> {
        Query::new(&TAGGED, Edge::BOTTOM, Edge::after(now), Some(tag.id)).page(conn, page, size)
    }

    /// A page of the posts by `author` that everybody finds by `now`.
    pub fn authored(
        conn: &Connection,
        author: &User,
        page: Page,
        size: u32,
        now: i64,
    ) -> Result<List> {
        Query::new(&AUTHORED, Edge::BOTTOM, Edge::after(now), Some(author.id))
            .page(conn, page, size)
    }

    /// A page of the posts that came out in `period` and that everybody finds by `now`.
    pub fn of_period(
        conn: &Connection,
        period: Range<i64>,
        page: Page,
        size: u32,
        now: i64,
    ) -> Result<List> {
        let (bottom, top) = (Edge::after(period.start - 1), Edge::after(now.min(period.end - 1)));
        Query::new(&LISTED, bottom, top, None).page(conn, page, size)
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

impl Card {
    /// Takes in the whole text. Nothing in it is a place that an address leads to: a list may show two texts with the
    /// same headings.
    pub fn unfold(&mut self, conn: &Connection) -> Result<()> {
        let sql = "SELECT html FROM posts WHERE uuid = :uuid";
        let values = named_params! { ":uuid": self.uuid.to_string() };
        let html: String = conn.prepare_cached(sql)?.query_row(values, |row| row.get(0))?;
        self.html = Some(markdown::apart(&html, &self.path));
        Ok(())
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
        let (which, bottom, top) = match (self, own) {
            (Shelf::Drafts, None) => (&DRAFTS, Edge::BOTTOM, Edge::TOP),
            (Shelf::Drafts, Some(_)) => (&DRAFTS_BY_AUTHOR, Edge::BOTTOM, Edge::TOP),
            (Shelf::Scheduled, None) => (&OUT, Edge::after(now), Edge::TOP),
            (Shelf::Scheduled, Some(_)) => (&OUT_BY_AUTHOR, Edge::after(now), Edge::TOP),
            (Shelf::Published, None) => (&OUT, Edge::BOTTOM, Edge::after(now)),
            (Shelf::Published, Some(_)) => (&OUT_BY_AUTHOR, Edge::BOTTOM, Edge::after(now)),
            (Shelf::Trash, None) => (&TRASHED, Edge::BOTTOM, Edge::TOP),
            (Shelf::Trash, Some(_)) => (&TRASHED_BY_AUTHOR, Edge::BOTTOM, Edge::TOP),
        };
        Query::new(which, bottom, top, own)
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
        let kind = Kind::from_column(row, "kind")?;
        let (title, language) = (row.get::<_, String>("title")?, row.get::<_, String>("language")?);
        Ok(Card {
            uuid: Uuid::try_parse(&uuid).unwrap_or_default(),
            kind,
            path: kind.path(&row.get::<_, String>("slug")?),
            direction: direction(&language, &title),
            title,
            language,
            excerpt: row.get("excerpt")?,
            html: None,
            byline: row.get("signed")?,
            author: row.get("author")?,
            visibility: row.get("visibility")?,
            published_at: row.get("published_at")?,
            updated_at: row.get("updated_at")?,
            changed: row.get("changed")?,
            pinned: row.get("pinned")?,
            place: Edge::from_row(row)?,
        })
    }
}
