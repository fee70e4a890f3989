//! Copies of the whole blog in one file each, proven to be what they are copies of.

mod contents;
mod folder;
mod keys;
mod restore;

pub use contents::Contents;
pub use folder::{Folder, Kept, Name, Occasion};
pub use restore::{Restored, restore};

use super::Result;
use crate::db::{self, Part, Writers};
use std::path::Path;

/// Makes a backup of `database`, which may be written to meanwhile, and calls it `target`. What had that name before stays
/// until the new one is whole and on the disk.
///
/// # Errors
/// `target` may be an earlier backup, but no other file.
pub fn make(database: &Path, target: &Path) -> Result<Contents> {
    db::refuse_replacing(target, database)?;
    let (part, contents) = assemble(database, target)?;
    part.take_name(target)?;
    Ok(contents)
}

/// What is in the file at `path`, which is sound; nothing in it is changed.
pub fn check(path: &Path) -> Result<Contents> {
    let conn = db::look(path)?;
    db::verify(&conn, path)?;
    let digest = db::Digests::of(&conn)?.whole();
    Contents::count(&conn, path, Some(digest))
}

/// A copy without keys, to be called `target`: compared with its source, and looked through once more after that.
fn assemble(source: &Path, target: &Path) -> Result<(Part, Contents)> {
    let part = Part::beside(target)?;
    let witness = db::copy(source, part.path(), Writers::GoOn)?;
    keys::leave_out(part.path())?;
    let digest = witness.confirm(part.path(), &keys::TABLES)?.whole();
    let contents = Contents::count(&db::look(part.path())?, part.path(), Some(digest))?;
    Ok((part, contents))
}
