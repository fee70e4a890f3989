//! What feed readers get: the latest posts, whole.

use super::media::Media;
use super::post::{List, Page};
use super::{KnownTag, Post, Result, Series, User, Word};
use crate::text::markdown::mentioned;
use rusqlite::Connection;

/// The posts of a feed.
pub struct Entry {
    /// The post.
    pub post: Post,
    /// Sound and films that it plays.
    pub enclosures: Vec<Enclosure>,
}

/// A file that a feed reader may fetch for its user.
pub struct Enclosure {
    /// Where it is found, without the host.
    pub path: String,
    /// Its media type.
    pub kind: String,
    /// How many bytes it has.
    pub size: u64,
}

/// Enough for somebody who looks once a week, and little enough to be fetched every hour.
const MOST: u32 = 20;

impl Entry {
    /// The latest posts that everybody finds by `now`.
    pub fn latest(conn: &Connection, now: i64) -> Result<Vec<Entry>> {
        entries(conn, Post::listed(conn, Page::FIRST, MOST, now)?)
    }

    /// The latest of those with a tag.
    pub fn tagged(conn: &Connection, tag: &KnownTag, now: i64) -> Result<Vec<Entry>> {
        entries(conn, Post::tagged(conn, tag, Page::FIRST, MOST, now)?)
    }

    /// The latest of those by an author.
    pub fn authored(conn: &Connection, author: &User, now: i64) -> Result<Vec<Entry>> {
        entries(conn, Post::authored(conn, author, Page::FIRST, MOST, now)?)
    }

    /// The latest parts of a series.
    pub fn of_series(conn: &Connection, series: &Series, now: i64) -> Result<Vec<Entry>> {
        let mut parts = series.parts(conn, now)?;
        parts.sort_by_key(|part| std::cmp::Reverse(part.published_at));
        parts
            .iter()
            .take(MOST as usize)
            .map(|part| Entry::of(conn, Post::by_id(conn, part.post)?))
            .collect()
    }

    fn of(conn: &Connection, post: Post) -> Result<Entry> {
        let enclosures = Enclosure::of(conn, &post.content)?;
        Ok(Entry { post, enclosures })
    }
}

fn entries(conn: &Connection, list: List) -> Result<Vec<Entry>> {
    list.cards.iter().map(|card| Entry::of(conn, Post::by_uuid(conn, &card.uuid)?)).collect()
}

impl Enclosure {
    fn of(conn: &Connection, text: &str) -> Result<Vec<Enclosure>> {
        let mut enclosures = Vec::new();
        for digest in mentioned(text) {
            match Media::at(conn, digest) {
                Ok(media) if is_played(media.kind.word()) => enclosures.push(Enclosure {
                    path: media.url(),
                    kind: media.kind.word().to_owned(),
                    size: media.size,
                }),
                Ok(_) | Err(super::Error::NotFound) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(enclosures)
    }
}

fn is_played(kind: &str) -> bool {
    kind.starts_with("audio/") || kind.starts_with("video/")
}
