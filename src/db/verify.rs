use super::{Error, migrations, open};
use rusqlite::Connection;
use std::path::Path;

/// Makes sure that `conn`, which is the file at `path`, is a sound database of a version known here.
pub fn verify(conn: &Connection, path: &Path) -> Result<(), Error> {
    refuse_unknown(conn, path)?;
    match complaint(conn) {
        Ok(None) => Ok(()),
        Ok(Some(cause)) => Err(Error::Broken { path: path.to_owned(), cause }),
        Err(error) => Err(broken_if_corrupt(error.into(), path)),
    }
}

/// Refuses what is not ours and what a later version has been at.
pub fn refuse_unknown(conn: &Connection, path: &Path) -> Result<(), Error> {
    open::refuse_foreign(conn, path).map_err(|error| broken_if_corrupt(error, path))?;
    match migrations::version(conn)? {
        0 => Err(Error::Foreign(path.to_owned())),
        _ => migrations::refuse_later(conn, path),
    }
}

/// The first thing that is wrong with what `conn` holds, as SQLite says it.
pub fn complaint(conn: &Connection) -> rusqlite::Result<Option<String>> {
    let found: String = conn.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if found != "ok" {
        let lines = found.lines().filter(|line| !line.starts_with("***"));
        return Ok(Some(lines.collect::<Vec<_>>().join("; ")));
    }
    let mut statement = conn.prepare("PRAGMA foreign_key_check")?;
    let mut orphans = statement.query([])?;
    let orphan = orphans.next()?.map(|row| Ok::<_, rusqlite::Error>((row.get(0)?, row.get(2)?)));
    let orphan: Option<(String, String)> = orphan.transpose()?;
    Ok(orphan.map(|(from, to)| format!("a row of {from} needs one of {to} that is not there")))
}

/// What SQLite calls corrupt, with the name of the file.
pub fn broken_if_corrupt(error: Error, path: &Path) -> Error {
    match error.is_corrupt() {
        true => Error::Broken { path: path.to_owned(), cause: error.cause() },
        false => error,
    }
}
