use super::Error;
use include_dir::{Dir, File, include_dir};
use rusqlite::{Connection, TransactionBehavior};
use std::path::Path;

/// Every change of schema, one file each, applied in the order of their names. Forward only.
static MIGRATIONS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/db/migrations");

/// Refuses a file that a later version has been at.
pub fn refuse_later(conn: &Connection, path: &Path) -> Result<(), Error> {
    let (found, known) = (version(conn)?, all().len());
    match found > known {
        true => Err(Error::FromTheFuture { path: path.to_owned(), found, known }),
        false => Ok(()),
    }
}

/// Applies what the file has not seen yet, in one transaction, and marks the file as ours.
pub fn run(conn: &mut Connection, application_id: i32) -> Result<(), Error> {
    let all = all();
    if version(conn)? == all.len() {
        return Ok(());
    }
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Asked again inside the transaction: another process may just have done it.
    for file in all.iter().skip(version(&tx)?) {
        let sql = file.contents_utf8().expect("migrations are UTF-8");
        tx.execute_batch(sql)?;
    }
    tx.pragma_update(None, "application_id", application_id)?;
    tx.pragma_update(None, "user_version", all.len() as i64)?;
    tx.commit()?;
    Ok(())
}

fn all() -> Vec<&'static File<'static>> {
    let mut files: Vec<_> = MIGRATIONS.files().collect();
    files.sort_by_key(|file| file.path());
    files
}

fn version(conn: &Connection) -> Result<usize, Error> {
    let version: i64 = conn.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    Ok(usize::try_from(version).unwrap_or(usize::MAX))
}
