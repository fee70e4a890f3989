use super::{Contents, assemble};
use crate::blog::Result;
use crate::db;
use chrono::DateTime;
use std::path::{Path, PathBuf};

/// What going back to a backup has done.
#[derive(Debug)]
pub struct Restored {
    /// What is in the database now.
    pub contents: Contents,
    /// Where the file is that was in its place, if there was one.
    pub kept: Option<PathBuf>,
}

/// Puts what is in `file` in the place of `database`. The file itself stays as it is; the sessions, links and keys that it
/// may hold do not come back.
///
/// # Errors
/// A file that is not sound or not ours, a database that is there although nothing may be replaced, or one that is in use.
/// Nothing is changed then.
pub fn restore(file: &Path, database: &Path, may_replace: bool, now: i64) -> Result<Restored> {
    if database.exists() && !may_replace {
        let hint = "With --force the backup takes its place, and it is kept under another name";
        return Err(db::Error::Taken(database.to_owned(), hint).into());
    }
    db::verify(&db::look(file)?, file)?;
    let (part, contents) = assemble(file, database)?;
    let owner = if database.exists() { database } else { db::folder(database) };
    db::give_to_owner_of(owner, part.path());
    let now = DateTime::from_timestamp(now, 0).unwrap_or_default();
    let kept = db::replace(database, part, now)?;
    Ok(Restored { contents, kept })
}
