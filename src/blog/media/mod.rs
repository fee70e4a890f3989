//! Pictures and files, kept in the same file as everything else.

mod keep;
mod list;
mod source;
mod uses;

pub use keep::Incoming;
pub(in crate::blog) use keep::{digits, insert_chunks};
pub use list::{Library, Listed};
pub use uses::Mention;

use super::{Error, Problem, Result, User, Word, found};
use crate::files::{Kind, Use};
use crate::text::{fold, single_line};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};

/// A file, without what it holds.
#[derive(Debug, Clone)]
pub struct Media {
    id: i64,
    /// What its address holds; other bytes have another.
    pub digest: String,
    /// What it is called.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// How many bytes it has.
    pub size: u64,
    /// Width and height in pixels, of pictures and films.
    pub dimensions: Option<(u32, u32)>,
    /// What there is to see, in words.
    pub alt: String,
    /// When it came.
    pub created_at: i64,
    user_id: Option<i64>,
}

/// The letters, digits and marks that need no code in an address.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

const BY_DIGEST: &str = "SELECT * FROM media WHERE digest = :digest";
const CHUNK: &str = "SELECT bytes FROM media_chunks WHERE media_id = :id AND n = :n";
const NARROWER: &str = "SELECT * FROM media WHERE stands_for = :id ORDER BY width";

impl Word for Kind {
    const ALL: &'static [(Kind, &'static str)] = Kind::ALL;
}

impl Media {
    /// The most characters of what there is to see.
    pub const MAX_ALT: usize = 1000;
    /// How many bytes are kept, and read, as one.
    pub const CHUNK: usize = 256 * 1024;

    /// The file at an address: everybody who has it may see what it leads to.
    pub fn at(conn: &Connection, digest: &str) -> Result<Media> {
        let values = named_params! { ":digest": digest };
        Ok(conn.prepare_cached(BY_DIGEST)?.query_row(values, Media::from_row)?)
    }

    /// The file, if `user` may change it. Of those of others, authors do not learn that they are there.
    pub fn for_edit(conn: &Connection, user: &User, digest: &str) -> Result<Media> {
        let media = Media::at(conn, digest)?;
        match media.may_be_changed_by(user) && !media.stands_for_another(conn)? {
            true => Ok(media),
            false => Err(Error::NotFound),
        }
    }

    /// The same picture less wide, the narrowest first.
    pub fn narrower(&self, conn: &Connection) -> Result<Vec<Media>> {
        let mut statement = conn.prepare_cached(NARROWER)?;
        let all = statement.query_map(named_params! { ":id": self.id }, Media::from_row)?;
        Ok(all.collect::<rusqlite::Result<_>>()?)
    }

    /// Part `n` of what it holds, [`Media::CHUNK`] bytes but for the last.
    pub fn chunk(&self, conn: &Connection, n: u64) -> Result<Vec<u8>> {
        let values = named_params! { ":id": self.id, ":n": n as i64 };
        Ok(conn.prepare_cached(CHUNK)?.query_row(values, |row| row.get("bytes"))?)
    }

    /// Says what there is to see.
    pub fn describe(&mut self, tx: &Transaction<'_>, alt: &str) -> Result<()> {
        self.alt = parse_alt(alt)?;
        let sql = "UPDATE media SET alt = :alt, words = :words WHERE id = :id";
        let words = words(&self.name, &self.alt);
        found(tx.execute(sql, named_params! { ":alt": self.alt, ":words": words, ":id": self.id })?)
    }

    /// Removes it for good. What a post shows is only removed by somebody who knows that: `even_if_used`.
    pub fn delete(
        tx: &Transaction<'_>,
        user: &User,
        digest: &str,
        even_if_used: bool,
        now: i64,
    ) -> Result<Media> {
        let media = Media::for_edit(tx, user, digest)?;
        if !even_if_used && media.is_used(tx, user, now)? {
            let message = "This file is in use. Please tick the box if it should go all the same.";
            return Err(Problem::new("sure", message).into());
        }
        found(tx.execute("DELETE FROM media WHERE id = :id", named_params! { ":id": media.id })?)?;
        Ok(media)
    }

    /// Whether `user` may change it.
    pub fn may_be_changed_by(&self, user: &User) -> bool {
        user.edits_all() || self.user_id == Some(user.id)
    }

    /// Where it is found. The address never leads to anything else.
    pub fn url(&self) -> String {
        format!("/media/{}/{}", self.digest, utf8_percent_encode(&self.name, PLAIN))
    }

    /// The Markdown that shows it, or leads to it where it can only be downloaded.
    pub fn markdown(&self, alt: &str) -> String {
        match self.kind.used_as() {
            Use::Download => format!("[{}]({})", escaped(&self.name), self.url()),
            Use::Picture | Use::Audio | Use::Video => {
                format!("![{}]({})", escaped(alt), self.url())
            }
        }
    }

    fn stands_for_another(&self, conn: &Connection) -> Result<bool> {
        let sql = "SELECT stands_for IS NOT NULL FROM media WHERE id = :id";
        let found = conn.query_row(sql, named_params! { ":id": self.id }, |row| row.get(0));
        Ok(found.optional()?.unwrap_or_default())
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Media> {
        let width: Option<u32> = row.get("width")?;
        let height: Option<u32> = row.get("height")?;
        Ok(Media {
            id: row.get("id")?,
            digest: row.get("digest")?,
            name: row.get("name")?,
            kind: Kind::from_column(row, "type")?,
            size: row.get::<_, i64>("size")?.unsigned_abs(),
            dimensions: width.zip(height),
            alt: row.get("alt")?,
            created_at: row.get("created_at")?,
            user_id: row.get("user_id")?,
        })
    }
}

/// What there is to see, on a line.
pub fn parse_alt(text: &str) -> Result<String, Problem> {
    let alt = single_line(text);
    match alt.chars().count() <= Media::MAX_ALT {
        true => Ok(alt),
        false => Err(Problem::new("alt", "A description has at most 1000 characters.")),
    }
}

/// What a search looks through.
pub(in crate::blog) fn words(name: &str, alt: &str) -> String {
    fold(&format!("{name} {alt}"))
}

/// Words that mean nothing but themselves in Markdown.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\`*_[]<>&!~|".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plan::{assert_in_order, assert_searched, in_new_database};

    #[test]
    fn files_and_their_parts_are_looked_up_in_an_index() {
        in_new_database(|conn| {
            assert_searched(conn, BY_DIGEST);
            assert_searched(conn, CHUNK);
            assert_in_order(conn, NARROWER);
        });
    }

    #[test]
    fn a_name_in_an_address_or_in_markdown_is_only_a_name() {
        let mut media = Media {
            id: 1,
            digest: "d".to_owned(),
            name: "a (1)?é].png".to_owned(),
            kind: Kind::Png,
            size: 1,
            dimensions: None,
            alt: String::new(),
            created_at: 0,
            user_id: None,
        };
        assert_eq!(media.url(), "/media/d/a%20%281%29%3F%C3%A9%5D.png");
        assert_eq!(media.markdown("a](x) *b*"), format!("![a\\](x) \\*b\\*]({})", media.url()));
        media.kind = Kind::Pdf;
        assert_eq!(media.markdown("x"), format!("[a (1)?é\\].png]({})", media.url()));
    }
}
