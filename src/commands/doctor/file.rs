//! The database file: that it is there, ours, whole, up to date and nobody else's.

use super::finding::Finding;
use crate::db;
use rusqlite::Connection;
use std::path::Path;

/// Looks at the file without changing anything; a connection to go on with, unless it is of no use.
pub fn look(path: &Path) -> Result<(Connection, Vec<Finding>), Finding> {
    let useless = |error: db::Error| Finding::problem(format!("{error}."));
    let conn = db::look(path).map_err(useless)?;
    db::refuse_unknown(&conn, path).map_err(useless)?;
    let mut findings = vec![whole(&conn, path), current(&conn)];
    findings.extend(private(path));
    Ok((conn, findings))
}

fn whole(conn: &Connection, path: &Path) -> Finding {
    let path = path.display();
    match db::glance(conn) {
        Ok(None) => Finding::ok(format!(
            "The database {path} is Monograph's, and a look at it finds no damage; `monograph check` reads all of it."
        )),
        Ok(Some(damage)) => Finding::problem(format!(
            "The database {path} is damaged: {damage}. Nothing is written to it; keep a copy, then `monograph restore` the \
             last good backup."
        )),
        Err(error) => Finding::problem(format!("The database {path} cannot be read: {error}.")),
    }
}

fn current(conn: &Connection) -> Finding {
    let known = db::known_schema();
    match db::schema(conn) {
        Ok(found) if found == known => Finding::ok(format!("Its schema is {known}, the latest.")),
        Ok(found) => Finding::note(format!(
            "Its schema is {found}; this version has {known}. The next start brings it up to date, after a copy; \
             `monograph upgrade --dry-run` tries."
        )),
        Err(error) => Finding::problem(format!("Its schema cannot be read: {error}.")),
    }
}

/// What the file gives away, and to whom.
#[cfg(unix)]
fn private(path: &Path) -> Vec<Finding> {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(path).map_or(0, |file| file.permissions().mode() & 0o777);
    let path = path.display();
    vec![match mode & 0o077 {
        0 => Finding::ok("Only its owner may read the database."),
        _ => Finding::problem(format!(
            "Others on this machine may read the database, with its keys in it ({mode:03o}): `chmod 600 {path}`."
        )),
    }]
}

#[cfg(not(unix))]
fn private(_: &Path) -> Vec<Finding> {
    Vec::new()
}
