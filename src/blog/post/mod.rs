//! Something somebody has written.

mod address;
mod appearing;
mod attention;
mod check;
mod conflict;
mod draft;
mod history;
mod import;
mod keep;
mod kind;
mod list;
mod manuscript;
mod neighbours;
mod organise;
mod page;
mod publish;
mod query;
mod redraw;
mod save;
mod trash;
mod version;

pub use address::{At, elsewhere};
pub use attention::{About, Matter};
pub use check::Finding;
pub use conflict::Conflict;
pub use draft::{Draft, Release, Visibility};
pub use history::{History, Line};
pub use import::{Arrival, Imported, Origin};
pub use keep::{Basis, Kept};
pub use kind::{Kind, RESERVED, RESERVED_FOR_PAGES};
pub use list::{Card, List, Search, Shelf};
pub use manuscript::Manuscript;
pub use neighbours::{Neighbour, Neighbours};
pub use page::{Edge, Page};
pub use save::{Saved, Wish};
pub use version::{Aside, Version};

use super::{Error, Result, Tag, User, Word};
use crate::text::direction;
use crate::text::markdown::{self, Heading, Outline, Pictures, Rendered, TooComplex};
use rusqlite::{Connection, Row, named_params};
use serde::Serialize;
use uuid::Uuid;

/// A post, whole.
#[derive(Debug, Serialize)]
pub struct Post {
    #[serde(skip)]
    pub(super) id: i64,
    /// The name that never changes.
    pub uuid: Uuid,
    /// What it is for its readers.
    pub kind: Kind,
    /// The last part of its address.
    pub slug: String,
    /// Where it lives: `/posts/hello`, `/about`.
    pub path: String,
    /// What it is called.
    pub title: String,
    /// The Markdown.
    pub content: String,
    /// The same, rendered and cleaned.
    pub html: String,
    /// The author's own words on what it is about; may be empty.
    pub summary: String,
    /// The beginning of the text.
    pub excerpt: String,
    /// Who wrote it, for readers; `None` where nobody knows.
    pub byline: Option<String>,
    /// The account that it is signed with the name of; such an author has a page.
    pub author: Option<String>,
    /// What it has in common with other posts.
    pub tags: Vec<Tag>,
    /// Who may read it.
    pub visibility: Visibility,
    /// When it came or comes out; `None` while a draft.
    pub published_at: Option<i64>,
    /// When it was last saved.
    pub updated_at: i64,
    /// When readers last got another text than before; `None` while they have the first.
    pub revised_at: Option<i64>,
    /// The language of the text as a BCP 47 tag; empty where it is the site's.
    pub language: String,
    /// How the text is written: `ltr` or `rtl`.
    pub direction: &'static str,
    /// How long it takes to read, in minutes.
    pub minutes: i64,
    /// Its headings, from top to bottom.
    pub headings: Vec<Heading>,
    /// When it went to the trash.
    pub deleted_at: Option<i64>,
    /// The number of the working copy.
    pub version: i64,
    /// The number of the version that readers see, if they ever saw one.
    pub live_version: Option<i64>,
    #[serde(skip)]
    author_id: Option<i64>,
    #[serde(skip)]
    pub(super) series_id: Option<i64>,
    #[serde(skip)]
    series_position: Option<i64>,
}

const SELECT: &str = "SELECT posts.*, coalesce(byline, users.name) AS signed,
                        iif(byline IS NULL, users.name, NULL) AS author
                      FROM posts LEFT JOIN users ON users.id = author_id";

impl Post {
    /// The post with this name, if `user` may change it.
    pub fn for_edit(conn: &Connection, user: &User, uuid: &Uuid, now: i64) -> Result<Post> {
        let post = Post::by_uuid(conn, uuid)?;
        match post.may_be_changed_by(user) {
            true => Ok(post),
            // Of a post that they cannot see, nobody learns that it exists.
            false if post.is_listed(now) => Err(Error::Forbidden),
            false => Err(Error::NotFound),
        }
    }

    /// Where the post with this name lives, if it is out by `now` or `reader` may see it all the same.
    pub fn path_of(
        conn: &Connection,
        uuid: &Uuid,
        reader: Option<&User>,
        now: i64,
    ) -> Result<String> {
        let post = Post::by_uuid(conn, uuid)?;
        post.shown_to(reader, now).map(|post| post.path)
    }

    /// The post with this name, if everybody can find it by `now`.
    pub fn listed_as(conn: &Connection, uuid: &Uuid, now: i64) -> Result<Post> {
        let post = Post::by_uuid(conn, uuid)?;
        if post.is_listed(now) { Ok(post) } else { Err(Error::NotFound) }
    }

    pub(super) fn by_id(conn: &Connection, id: i64) -> Result<Post> {
        let sql = format!("{SELECT} WHERE posts.id = :id");
        let values = named_params! { ":id": id };
        let post = conn.prepare_cached(&sql)?.query_row(values, Post::from_row)?;
        post.with_tags(conn)
    }

    pub(super) fn by_uuid(conn: &Connection, uuid: &Uuid) -> Result<Post> {
        let sql = format!("{SELECT} WHERE uuid = :uuid");
        let values = named_params! { ":uuid": uuid.to_string() };
        let post = conn.prepare_cached(&sql)?.query_row(values, Post::from_row)?;
        post.with_tags(conn)
    }

    /// Whether `user` may change it.
    pub fn may_be_changed_by(&self, user: &User) -> bool {
        user.edits_all() || self.author_id == Some(user.id)
    }

    /// The post as readers would see `manuscript`.
    pub fn showing(self, manuscript: Manuscript, pictures: &Pictures) -> Result<Post, TooComplex> {
        let Rendered { html, excerpt } = markdown::render(&manuscript.content, pictures)?;
        let tags = manuscript.parsed_tags().unwrap_or_default();
        let Outline { headings, minutes, .. } = Outline::of(&manuscript.content);
        let Manuscript { title, content, summary, language, .. } = manuscript;
        let (minutes, direction) = (minutes as i64, direction(&language, &title));
        let post = Post { title, content, html, summary, excerpt, tags, ..self };
        Ok(Post { language, direction, minutes, headings, ..post })
    }

    /// Whether the working copy is further than what readers see.
    pub fn has_unpublished_changes(&self) -> bool {
        self.published_at.is_some() && self.live_version != Some(self.version)
    }

    /// Whether everybody can find it by `now`.
    pub fn is_listed(&self, now: i64) -> bool {
        self.is_out(now) && self.visibility == Visibility::Public
    }

    /// The post, if `reader` may see it.
    fn shown_to(self, reader: Option<&User>, now: i64) -> Result<Post> {
        let by_right = reader.is_some_and(|user| self.may_be_changed_by(user));
        let by_visibility = match self.visibility {
            Visibility::Public | Visibility::Unlisted => true,
            Visibility::Private => reader.is_some(),
        };
        match self.deleted_at {
            Some(_) if self.was_public(now) => Err(Error::Gone),
            Some(_) => Err(Error::NotFound),
            None if by_right || (by_visibility && self.is_out(now)) => Ok(self),
            None => Err(Error::NotFound),
        }
    }

    fn is_out(&self, now: i64) -> bool {
        self.deleted_at.is_none() && self.published_at.is_some_and(|at| at <= now)
    }

    fn was_public(&self, now: i64) -> bool {
        self.visibility == Visibility::Public && self.published_at.is_some_and(|at| at <= now)
    }

    fn with_tags(mut self, conn: &Connection) -> Result<Post> {
        self.tags = Tag::of_post(conn, self.id)?;
        Ok(self)
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Post> {
        let uuid: String = row.get("uuid")?;
        let (kind, slug) = (Kind::from_column(row, "kind")?, row.get::<_, String>("slug")?);
        let (title, language) = (row.get::<_, String>("title")?, row.get::<_, String>("language")?);
        let headings: String = row.get("headings")?;
        Ok(Post {
            id: row.get("id")?,
            uuid: Uuid::try_parse(&uuid).unwrap_or_default(),
            kind,
            path: kind.path(&slug),
            slug,
            direction: direction(&language, &title),
            title,
            language,
            minutes: row.get("minutes")?,
            headings: serde_json::from_str(&headings).unwrap_or_default(),
            revised_at: row.get("revised_at")?,
            content: row.get("content")?,
            html: row.get("html")?,
            summary: row.get("summary")?,
            excerpt: row.get("excerpt")?,
            byline: row.get("signed")?,
            author: row.get("author")?,
            tags: Vec::new(),
            visibility: Visibility::from_column(row, "visibility")?,
            published_at: row.get("published_at")?,
            updated_at: row.get("updated_at")?,
            deleted_at: row.get("deleted_at")?,
            version: row.get("version")?,
            live_version: row.get("live_version")?,
            author_id: row.get("author_id")?,
            series_id: row.get("series_id")?,
            series_position: row.get("series_position")?,
        })
    }
}
