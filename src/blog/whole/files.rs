use super::user_id;
use crate::blog::media::{insert_chunks, words};
use crate::blog::{Problem, Result, Word};
use crate::files::Kind;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::io::{Read, Write};

/// A picture or a file, without what it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredFile {
    #[serde(skip)]
    id: i64,
    /// See [`crate::blog::Media::digest`].
    pub digest: String,
    /// The digest of the picture that it stands for, being narrower.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stands_for: Option<String>,
    /// See [`crate::blog::Media::name`].
    pub name: String,
    /// The word for what it is.
    #[serde(rename = "type")]
    pub kind: String,
    /// How many bytes it has.
    pub size: u64,
    /// In pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// In pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// See [`crate::blog::Media::alt`].
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub alt: String,
    /// The account that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// When it came.
    pub created_at: i64,
}

const NEXT: &str = "SELECT media.*, users.name AS owner, whole.digest AS stands_for_digest FROM media
    LEFT JOIN users ON users.id = media.user_id LEFT JOIN media AS whole ON whole.id = media.stands_for
    WHERE media.id > :after ORDER BY media.id LIMIT 1";
const CHUNKS: &str = "SELECT bytes FROM media_chunks WHERE media_id = :id ORDER BY n";

impl StoredFile {
    /// The file that came after `before`, or the first.
    pub fn after(conn: &Connection, before: Option<&StoredFile>) -> Result<Option<StoredFile>> {
        let values = named_params! { ":after": before.map_or(i64::MIN, |file| file.id) };
        let next = conn.prepare_cached(NEXT)?.query_row(values, StoredFile::from_row).optional();
        Ok(next?)
    }

    /// Writes what it holds.
    pub fn write_to(&self, conn: &Connection, to: &mut impl Write) -> Result<()> {
        let mut statement = conn.prepare_cached(CHUNKS)?;
        let mut rows = statement.query(named_params! { ":id": self.id })?;
        while let Some(row) = rows.next()? {
            to.write_all(row.get_ref("bytes")?.as_blob().unwrap_or_default())?;
        }
        Ok(())
    }

    /// Takes in the file with what it holds. What has another digest than it says is refused.
    pub fn bring(&self, tx: &Transaction<'_>, from: &mut impl Read) -> Result<()> {
        let kind =
            Kind::from_word(&self.kind).ok_or_else(|| self.problem("is of no known kind"))?;
        if self.name.is_empty()
            || self.name.contains(['/', '\\'])
            || self.name.contains(char::is_control)
        {
            return Err(self.problem("has a name that no file may have").into());
        }
        let sql = "INSERT INTO media (digest, stands_for, name, type, size, width, height, alt, words, user_id, created_at)
                   VALUES (:digest, :stands_for, :name, :type, 0, :width, :height, :alt, :words, :user, :created)";
        tx.prepare_cached(sql)?.execute(named_params! {
            ":digest": self.digest, ":stands_for": self.whole(tx)?, ":name": self.name, ":type": kind.word(),
            ":width": self.width, ":height": self.height, ":alt": self.alt, ":words": words(&self.name, &self.alt),
            ":user": user_id(tx, self.owner.as_ref())?, ":created": self.created_at,
        })?;
        let id = tx.last_insert_rowid();
        let mut from = Hashed { from, sha: Sha256::new() };
        from.sha.update(self.stands_for.as_deref().unwrap_or_default());
        let size = insert_chunks(tx, id, &mut from)?;
        if from.digits() != self.digest || size != self.size {
            return Err(self.problem("holds something else than it did").into());
        }
        let sql = "UPDATE media SET size = :size WHERE id = :id";
        tx.prepare_cached(sql)?.execute(named_params! { ":size": size as i64, ":id": id })?;
        Ok(())
    }

    /// The number of the picture that it stands for.
    fn whole(&self, conn: &Connection) -> Result<Option<i64>> {
        let Some(digest) = &self.stands_for else { return Ok(None) };
        let sql = "SELECT id FROM media WHERE digest = :digest";
        let id = conn.query_row(sql, named_params! { ":digest": digest }, |row| row.get(0));
        let missing = || self.problem("stands for a picture that is not there");
        Ok(Some(id.optional()?.ok_or_else(missing)?))
    }

    fn problem(&self, what: &str) -> Problem {
        Problem::new("file", format!("The file {} {what}.", self.digest))
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<StoredFile> {
        Ok(StoredFile {
            id: row.get("id")?,
            digest: row.get("digest")?,
            stands_for: row.get("stands_for_digest")?,
            name: row.get("name")?,
            kind: row.get("type")?,
            size: row.get::<_, i64>("size")?.unsigned_abs(),
            width: row.get("width")?,
            height: row.get("height")?,
            alt: row.get("alt")?,
            owner: row.get("owner")?,
            created_at: row.get("created_at")?,
        })
    }
}

/// Takes the digest of what is read.
struct Hashed<'a, R> {
    from: &'a mut R,
    sha: Sha256,
}

impl<R: Read> Read for Hashed<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = self.from.read(buffer)?;
        self.sha.update(&buffer[..length]);
        Ok(length)
    }
}

impl<R> Hashed<'_, R> {
    fn digits(self) -> String {
        crate::blog::media::digits(self.sha)
    }
}
