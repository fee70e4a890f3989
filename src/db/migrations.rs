use super::Error;
use super::open::APPLICATION_ID;
use super::parachute::Parachute;
use super::verify::complaint;
use include_dir::{Dir, File, include_dir};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::path::{Path, PathBuf};

/// Every change of schema, one file each, applied in the order of their names. Forward only.
static MIGRATIONS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/db/migrations");

/// What people wrote and made. A migration may bring more rows of it, never fewer.
const KEPT: [&str; 10] = [
    "users",
    "posts",
    "versions",
    "redirects",
    "tags",
    "post_tags",
    "series",
    "media",
    "media_chunks",
    "comments",
];

/// What is done before a file is brought up to date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Before {
    /// A copy is put beside it.
    Copy,
    /// Nothing: it is a copy itself.
    Nothing,
}

/// What bringing a file up to date has done.
#[derive(Debug)]
pub struct Upgrade {
    /// The schema it had; 0 of a new file.
    pub from: usize,
    /// The schema it has.
    pub to: usize,
    /// The file as it was before.
    pub kept: Option<PathBuf>,
}

/// Refuses a file that a later version has been at.
pub fn refuse_later(conn: &Connection, path: &Path) -> Result<(), Error> {
    let (found, known) = (version(conn)?, known());
    if found <= known {
        return Ok(());
    }
    let by = written_by(conn).filter(|by| by != env!("CARGO_PKG_VERSION"));
    Err(Error::FromTheFuture { path: path.to_owned(), found, known, by })
}

/// Applies what the file has not seen yet, in one transaction that counts only if all is well after it, and marks the file
/// as ours.
pub fn run(conn: &mut Connection, path: &Path, before: Before) -> Result<Option<Upgrade>, Error> {
    let to = known();
    if version(conn)? == to {
        return Ok(None);
    }
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Asked again inside the transaction: another process may just have done it.
    let from = version(&tx)?;
    if from >= to {
        return Ok(None);
    }
    // Nobody else writes during the transaction, so the copy is of just what will be changed.
    let parachute = match before {
        Before::Copy if from > 0 => Some(Parachute::pack(path, to)?),
        _ => None,
    };
    let failed = |error: Error| match from {
        0 => error,
        _ => Error::NotUpgraded { path: path.to_owned(), from, to, cause: error.cause() },
    };
    apply(&tx, from).map_err(failed)?;
    // Whatever the disk makes of the next moment, the copy is there.
    let kept = parachute.map(Parachute::keep);
    tx.commit().map_err(|error| failed(error.into()))?;
    Ok(Some(Upgrade { from, to, kept }))
}

fn apply(tx: &Transaction<'_>, from: usize) -> Result<(), Error> {
    let before = counts(tx)?;
    for file in all().iter().skip(from) {
        let sql = file.contents_utf8().expect("migrations are UTF-8");
        tx.execute_batch(sql)?;
    }
    let sql = "INSERT INTO settings VALUES ('written_by', ?1) ON CONFLICT DO UPDATE SET value = ?1";
    tx.execute(sql, [env!("CARGO_PKG_VERSION")])?;
    tx.pragma_update(None, "application_id", APPLICATION_ID)?;
    tx.pragma_update(None, "user_version", known() as i64)?;
    if from > 0 {
        refuse_loss(tx, &before)?;
    }
    Ok(())
}

/// Whether all is well is asked before it counts.
fn refuse_loss(tx: &Transaction<'_>, before: &[(&str, i64)]) -> Result<(), Error> {
    if let Some(complaint) = complaint(tx)? {
        return Err(Error::Lost(complaint));
    }
    let after = counts(tx)?;
    for (table, count) in before {
        let left = after.iter().find(|(name, _)| name == table).map_or(0, |(_, left)| *left);
        if left < *count {
            return Err(Error::Lost(format!("of {count} rows of {table} it would keep {left}")));
        }
    }
    Ok(())
}

/// How many rows each table in [`KEPT`] has that is there.
fn counts(conn: &Connection) -> Result<Vec<(&'static str, i64)>, Error> {
    let mut counts = Vec::new();
    for table in KEPT {
        let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1)";
        if conn.query_row(sql, [table], |row| row.get(0))? {
            let sql = format!("SELECT count(*) FROM {table}");
            counts.push((table, conn.query_row(&sql, [], |row| row.get(0))?));
        }
    }
    Ok(counts)
}

/// The version of the program that brought the file to its schema.
pub fn written_by(conn: &Connection) -> Option<String> {
    let sql = "SELECT value FROM settings WHERE key = 'written_by'";
    // Whatever a later version has made of that table.
    conn.query_row(sql, [], |row| row.get(0)).ok()
}

/// The latest schema known here.
pub fn known() -> usize {
    all().len()
}

fn all() -> Vec<&'static File<'static>> {
    let mut files: Vec<_> = MIGRATIONS.files().collect();
    files.sort_by_key(|file| file.path());
    files
}

/// The schema that a file has; 0 of an empty one.
pub fn version(conn: &Connection) -> Result<usize, Error> {
    let version: i64 = conn.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    Ok(usize::try_from(version).unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the first schema held of two posts, one of them a draft with a date.
    const EARLY: &str = "
        INSERT INTO users VALUES (1, 'ada', 'ada', 'hash', 'owner', 5);
        INSERT INTO posts (id, uuid, slug, title, author_id, visibility, published_at, planned_at, created_at, updated_at,
            version, summary, excerpt, content, html)
          VALUES (1, 'a', 'out', 'Out', 1, 'unlisted', 10, NULL, 5, 20, 7, 'Sum', 'Ex', 'Text é', '<p>Text é</p>'),
            (2, 'b', 'draft', 'Draft', 1, 'public', NULL, 30, 5, 21, 2, '', '', 'More', '');
        INSERT INTO tags VALUES (1, 'rust', 'Rust'), (2, 'sea', 'Sea');
        INSERT INTO post_tags VALUES (1, 2, 0), (1, 1, 1);";

    #[test]
    fn an_early_file_is_brought_up_to_date_with_all_that_it_holds() {
        let mut conn = Connection::open_in_memory().unwrap();
        conn.execute_batch("PRAGMA foreign_keys = ON").unwrap();
        conn.execute_batch(all()[0].contents_utf8().unwrap()).unwrap();
        conn.execute_batch(EARLY).unwrap();
        conn.pragma_update(None, "user_version", 1).unwrap();
        run(&mut conn, Path::new(""), Before::Nothing).unwrap();
        let version = |post: i64| -> (i64, String, String, Option<i64>, Option<i64>) {
            let sql = "SELECT number, fields, versions.content, versions.published_at, live_version
                       FROM versions JOIN posts ON posts.id = post_id WHERE post_id = ?1";
            let read = |row: &rusqlite::Row<'_>| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
            };
            conn.query_row(sql, [post], read).unwrap()
        };
        let (number, fields, content, published_at, live) = version(1);
        assert_eq!((number, &*content, published_at, live), (7, "Text é", Some(20), Some(7)));
        assert!(
            fields.contains("\"tags\":\"Sea, Rust\"") && fields.contains("\"unlisted\""),
            "{fields}"
        );
        let (number, fields, _, published_at, live) = version(2);
        assert_eq!((number, published_at, live), (2, None, None));
        assert!(fields.contains("\"publish_at\":30"), "{fields}");
        let broken: i64 = conn
            .query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0))
            .unwrap();
        assert_eq!(broken, 0);
    }
}
