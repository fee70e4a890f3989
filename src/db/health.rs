//! Whether the file is whole.

use super::Error;
use rusqlite::{Connection, ErrorCode};

/// The look at start ends after so many pages, and after so many steps of the work on rows: some 40 ms. A file of up to
/// 40 MB is seen whole by then; a job reads all of a larger one soon after.
const STEPS: i32 = 10_000;

/// Looks at the file for a moment, however large it is; what is wrong with it, if that is seen by then.
pub fn glance(conn: &Connection) -> Result<Option<String>, Error> {
    conn.progress_handler(STEPS, Some(|| true))?;
    let found = with_little_memory(conn, || {
        first_line(conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)))
    });
    conn.progress_handler(0, None::<fn() -> bool>)?;
    match found {
        Err(Error::Sqlite(error))
            if error.sqlite_error_code() == Some(ErrorCode::OperationInterrupted) =>
        {
            Ok(None)
        }
        found => found,
    }
}

/// Reads every page and every row, and holds each index against its table; what is wrong, if anything.
pub fn examine(conn: &Connection) -> Result<Option<String>, Error> {
    with_little_memory(conn, || {
        first_line(conn.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0)))
    })
}

/// Reads much that nobody asks for again, and keeps hardly any of it.
fn with_little_memory<T>(
    conn: &Connection,
    read: impl FnOnce() -> Result<T, Error>,
) -> Result<T, Error> {
    // To ask for the size is to read the schema, which may be what is damaged: only the look itself may say so.
    let usual = conn.query_row("PRAGMA cache_size", [], |row| row.get::<_, i64>(0)).ok();
    let set = |size: i64| conn.pragma_update(None, "cache_size", size);
    let _ = usual.map(|_| set(-128));
    let found = read();
    let _ = usual.map(set);
    found
}

/// What SQLite found, in one line.
fn first_line(found: rusqlite::Result<String>) -> Result<Option<String>, Error> {
    match found.map_err(Error::from) {
        Ok(found) if found == "ok" => Ok(None),
        Ok(found) => {
            let lines = found.lines().filter(|line| !line.starts_with("***"));
            Ok(Some(lines.collect::<Vec<_>>().join("; ")))
        }
        Err(error) if error.is_corrupt() => Ok(Some(error.cause())),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::Db;
    use std::fs::{self, OpenOptions};
    use std::io::{Seek, SeekFrom, Write};

    #[test]
    fn damage_of_the_first_page_is_found_by_a_later_look() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("monograph.db");
        let db = Db::open(&path).unwrap();
        db.checkpoint().unwrap();
        assert!(db.examine().is_ok());
        let mut file = OpenOptions::new().write(true).open(&path).unwrap();
        file.seek(SeekFrom::Start(100)).unwrap();
        file.write_all(&[0xff; 100]).unwrap();
        assert!(db.examine().is_err());
        assert!(db.damage().is_some());
    }

    #[test]
    fn damage_found_while_the_file_is_in_use_ends_all_writing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("monograph.db");
        let db = Db::open(&path).unwrap();
        let write = |sql: &str| db.write(|tx| Ok::<_, Error>(tx.execute_batch(sql)?));
        let sql = "CREATE TABLE ballast (bytes BLOB) STRICT; INSERT INTO ballast VALUES (randomblob(100000))";
        write(sql).unwrap();
        db.checkpoint().unwrap();
        assert!(db.examine().is_ok());
        // Of this the log still has more to say than the file.
        write("INSERT INTO settings (key, value) VALUES ('tagline', 'a')").unwrap();
        let length = fs::metadata(&path).unwrap().len();
        let mut file = OpenOptions::new().write(true).open(&path).unwrap();
        file.seek(SeekFrom::Start(length - 4096)).unwrap();
        file.write_all(&[0xa5; 4096]).unwrap();
        let before = fs::read(&path).unwrap();

        assert!(matches!(db.examine(), Err(Error::Broken { .. })));
        assert!(matches!(write("DELETE FROM settings"), Err(Error::Broken { .. })));
        assert!(db.damage().is_some());
        let read = |conn: &Connection| {
            let sql = "SELECT value FROM settings WHERE key = 'tagline'";
            Ok::<String, Error>(conn.query_row(sql, [], |row| row.get(0))?)
        };
        assert_eq!(db.read(read).unwrap(), "a");
        db.checkpoint().unwrap();
        drop(db);
        assert!(fs::read(&path).unwrap() == before);
    }
}
