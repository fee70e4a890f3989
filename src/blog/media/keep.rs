use super::{Media, words};
use crate::blog::{Result, User, Word};
use crate::files::{Kind, Prepared, Size, Smaller};
use crate::text::file_name;
use rusqlite::{OptionalExtension, Transaction, named_params};
use sha2::{Digest, Sha256};
use std::io::{self, Read, Seek};

/// A file on its way in: ready, named, and with the digest of its bytes.
pub struct Incoming {
    prepared: Prepared,
    name: String,
    digest: String,
}

/// A row on its way in.
struct NewRow<'a> {
    digest: &'a str,
    stands_for: Option<i64>,
    name: &'a str,
    kind: Kind,
    size: Option<Size>,
    by: Option<&'a User>,
}

impl Incoming {
    /// Names a file that is ready, and reads it once for its digest.
    pub fn new(name: &str, mut prepared: Prepared) -> io::Result<Incoming> {
        let mut sha = Sha256::new();
        let mut buffer = vec![0; 64 * 1024];
        prepared.file.rewind()?;
        loop {
            match prepared.file.read(&mut buffer)? {
                0 => break,
                length => sha.update(&buffer[..length]),
            }
        }
        let name = file_name(name, prepared.kind.endings());
        Ok(Incoming { prepared, name, digest: digits(sha) })
    }
}

impl Media {
    /// Takes in a file. One that is there already stays as it is, and has an owner again if it had lost its own.
    pub fn keep(
        tx: &Transaction<'_>,
        by: Option<&User>,
        incoming: &Incoming,
        now: i64,
    ) -> Result<Media> {
        let Incoming { prepared, name, digest } = incoming;
        let sql = "UPDATE media SET user_id = coalesce(user_id, :user) WHERE digest = :digest RETURNING *";
        let values = named_params! { ":user": by.map(|user| user.id), ":digest": digest };
        if let Some(known) = tx.query_row(sql, values, Media::from_row).optional()? {
            return Ok(known);
        }
        let row =
            NewRow { digest, stands_for: None, name, kind: prepared.kind, size: prepared.size, by };
        let mut file = &prepared.file;
        file.rewind()?;
        let media = row.insert(tx, &mut file, now)?;
        for smaller in &prepared.smaller {
            keep_smaller(tx, &media, smaller, now)?;
        }
        Ok(media)
    }
}

/// A narrower picture has a digest of its own, different even from that of the same picture made of another file.
fn keep_smaller(tx: &Transaction<'_>, media: &Media, smaller: &Smaller, now: i64) -> Result<()> {
    let digest = digits(Sha256::new().chain_update(&media.digest).chain_update(&smaller.bytes));
    let stem = media.name.rsplit_once('.').map_or(media.name.as_str(), |(stem, _)| stem);
    let ending = smaller.kind.endings().first().copied().unwrap_or_default();
    let row = NewRow {
        digest: &digest,
        stands_for: Some(media.id),
        name: &format!("{stem}-{}.{ending}", smaller.size.width),
        kind: smaller.kind,
        size: Some(smaller.size),
        by: None,
    };
    row.insert(tx, &mut smaller.bytes.as_slice(), now)?;
    Ok(())
}

impl NewRow<'_> {
    fn insert(&self, tx: &Transaction<'_>, from: &mut impl Read, now: i64) -> Result<Media> {
        let sql = "INSERT INTO media (digest, stands_for, name, type, size, width, height, alt, words, user_id, created_at)
                   VALUES (:digest, :stands_for, :name, :type, 0, :width, :height, '', :words, :user, :now)";
        let values = named_params! {
            ":digest": self.digest, ":stands_for": self.stands_for, ":name": self.name, ":type": self.kind.word(),
            ":width": self.size.map(|size| size.width), ":height": self.size.map(|size| size.height),
            ":words": words(self.name, ""), ":user": self.by.map(|user| user.id), ":now": now,
        };
        tx.execute(sql, values)?;
        let id = tx.last_insert_rowid();
        let size = insert_chunks(tx, id, from)?;
        let sql = "UPDATE media SET size = :size WHERE id = :id RETURNING *";
        Ok(tx.query_row(sql, named_params! { ":size": size as i64, ":id": id }, Media::from_row)?)
    }
}

/// Says how many bytes there were.
pub(in crate::blog) fn insert_chunks(
    tx: &Transaction<'_>,
    id: i64,
    from: &mut impl Read,
) -> Result<u64> {
    let sql = "INSERT INTO media_chunks (media_id, n, bytes) VALUES (:id, :n, :bytes)";
    let mut statement = tx.prepare_cached(sql)?;
    let (mut chunk, mut size) = (Vec::with_capacity(Media::CHUNK), 0);
    for n in 0_i64.. {
        chunk.clear();
        from.by_ref().take(Media::CHUNK as u64).read_to_end(&mut chunk)?;
        if chunk.is_empty() {
            break;
        }
        size += chunk.len() as u64;
        statement.execute(named_params! { ":id": id, ":n": n, ":bytes": chunk })?;
    }
    Ok(size)
}

/// The first half of a digest, which nobody can guess.
pub(in crate::blog) fn digits(sha: Sha256) -> String {
    sha.finalize()[..16].iter().map(|byte| format!("{byte:02x}")).collect()
}
