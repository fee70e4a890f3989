use super::look::{bytes, has_log, look, remove_begun};
use super::verify::{broken_if_corrupt, refuse_unknown, verify};
use super::{Digests, Error};
use rusqlite::config::DbConfig;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::path::{Path, PathBuf, absolute};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::sleep;
use std::time::Duration;

/// Whether somebody may write to the source while it is copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writers {
    /// They wait until the copy has begun, which takes milliseconds, and then go on.
    GoOn,
    /// They wait already: the caller is the one who writes.
    Wait,
}

/// What a copy was made of.
#[derive(Debug)]
pub struct Witness {
    of: PathBuf,
    digests: Digests,
}

/// Copies the database at `source`, as it is at one moment, to `target`, which is empty or not there; says what the source
/// held at that moment.
///
/// `VACUUM INTO` and not the backup interface of SQLite, which starts over whenever another connection writes. It works in
/// no transaction, so what is copied and what is counted could be two things; therefore writers wait until both have begun.
pub fn copy(source: &Path, target: &Path, writers: Writers) -> Result<Witness, Error> {
    refuse_unknown(&look(source)?, source)?;
    let turn = match writers {
        Writers::GoOn => Turn::take(source)?,
        Writers::Wait => Turn::default(),
    };
    let (witness, copier) = (look(source)?, look(source)?);
    let witnessed = |error: rusqlite::Error| broken_if_corrupt(error.into(), source);
    let glance = "BEGIN; SELECT count(*) FROM sqlite_schema;";
    witness.execute_batch(glance).map_err(witnessed)?;
    turn.end_with_first_table(&copier)?;
    vacuum(&copier, target).map_err(|error| match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => witnessed(error),
        _ => Error::unwritten(target, &error),
    })?;
    turn.end();
    let digests = Digests::of(&witness).map_err(|error| broken_if_corrupt(error, source))?;
    Ok(Witness { of: source.to_owned(), digests })
}

impl Witness {
    /// Makes sure that the copy at `path` is sound and holds what its source held, but for the tables in `except`.
    pub fn confirm(&self, path: &Path, except: &[&str]) -> Result<Digests, Error> {
        let bad = |cause: String| Error::BadCopy { of: self.of.clone(), cause };
        let conn = look(path)?;
        let copied = Digests::of(&conn).map_err(|error| bad(error.cause()))?;
        if let Some(what) = self.digests.difference(&copied, except) {
            return Err(bad(format!("{what} has changed on the way")));
        }
        // What is wrong with a true copy is wrong with what was copied.
        verify(&conn, path).map_err(|error| match error {
            Error::Broken { cause, .. } => Error::Broken { path: self.of.clone(), cause },
            other => other,
        })?;
        Ok(copied)
    }
}

fn vacuum(conn: &Connection, target: &Path) -> rusqlite::Result<()> {
    // Absolute, because what begins with `file:` is an address to SQLite.
    let target = absolute(target).unwrap_or_else(|_| target.to_owned());
    let name = ToSqlOutput::Borrowed(ValueRef::Text(bytes(&target)));
    conn.execute("VACUUM INTO ?1", [name])?;
    Ok(())
}

/// The turn to write to a database, held without writing. Where nothing can be written, as on a full disk, there is none, and
/// mostly nobody who writes.
#[derive(Default)]
struct Turn(Option<Arc<Mutex<Connection>>>);

impl Turn {
    fn take(path: &Path) -> Result<Turn, Error> {
        match Turn::begin(path) {
            Ok(conn) => Ok(Turn(Some(Arc::new(Mutex::new(conn))))),
            Err(error) => match error.sqlite_error_code() {
                Some(
                    ErrorCode::ReadOnly
                    | ErrorCode::CannotOpen
                    | ErrorCode::PermissionDenied
                    | ErrorCode::SystemIoFailure
                    | ErrorCode::DiskFull,
                ) => {
                    remove_begun(path);
                    Ok(Turn(None))
                }
                _ => Err(broken_if_corrupt(error.into(), path)),
            },
        }
    }

    fn begin(path: &Path) -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let was_there = has_log(path);
        let conn = Connection::open_with_flags(path, flags)?;
        // Whoever copies does not move a log into the file that somebody left; one that begins here also ends here.
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, was_there)?;
        // Between two writes that follow each other closely there is hardly a moment; SQLite itself soon looks too rarely.
        conn.busy_handler(Some(|tries| {
            sleep(Duration::from_millis(1));
            tries < 60_000
        }))?;
        conn.execute_batch("BEGIN IMMEDIATE")?;
        Ok(conn)
    }

    /// Ends the turn when `copier` has begun to read: it reads the source, and then makes the first table in the copy.
    fn end_with_first_table(&self, copier: &Connection) -> rusqlite::Result<()> {
        let turn = Turn(self.0.clone());
        copier.authorizer(Some(move |context: AuthContext<'_>| {
            if matches!(context.action, AuthAction::CreateTable { .. }) {
                turn.end();
            }
            Authorization::Allow
        }))
    }

    fn end(&self) {
        let Some(conn) = &self.0 else { return };
        let conn = conn.lock().unwrap_or_else(PoisonError::into_inner);
        if !conn.is_autocommit() {
            // It wrote nothing, so there is nothing that could fail to be taken back.
            let _ = conn.execute_batch("ROLLBACK");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::Db;

    #[test]
    fn writers_go_on_as_soon_as_the_copy_has_begun() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("monograph.db");
        let db = Db::open(&path).unwrap();
        let add = |name: &str| {
            let sql = "INSERT INTO tags (slug, name) VALUES (?1, ?1)";
            db.write(|tx| Ok::<_, Error>(tx.execute(sql, [name])?)).unwrap();
        };
        add("before");
        let turn = Turn::take(&path).unwrap();
        let is_held = || !turn.0.as_ref().unwrap().lock().unwrap().is_autocommit();
        assert!(is_held());
        let copier = look(&path).unwrap();
        turn.end_with_first_table(&copier).unwrap();
        assert!(is_held());
        vacuum(&copier, &folder.path().join("copy.db")).unwrap();
        assert!(!is_held(), "it ended during the copy");
        add("after");
    }

    #[test]
    fn a_copy_that_is_not_what_it_was_copied_from_is_found_out() {
        let folder = tempfile::tempdir().unwrap();
        let (path, target) = (folder.path().join("monograph.db"), folder.path().join("copy.db"));
        let _db = Db::open(&path).unwrap();
        let witness = copy(&path, &target, Writers::GoOn).unwrap();
        witness.confirm(&target, &[]).unwrap();
        let sql = "INSERT INTO invites (token_digest, role, created_at, ends_at) VALUES (x'00', 'owner', 0, 0)";
        Connection::open(&target).unwrap().execute(sql, []).unwrap();
        let error = witness.confirm(&target, &[]).unwrap_err().to_string();
        assert!(error.contains("invites has changed on the way"), "{error}");
        witness.confirm(&target, &["invites"]).unwrap();
    }
}
