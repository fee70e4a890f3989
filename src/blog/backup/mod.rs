//! Copies of the whole blog in one file each, proven to be what they are copies of.

mod contents;
mod failure;
mod folder;
mod keys;
mod nightly;
mod overview;
mod restore;
mod retention;
mod verdicts;

pub use contents::Contents;
pub use failure::Failure;
pub use folder::{Folder, Kept, Name, Occasion};
pub use nightly::nightly;
pub use overview::{Damaged, Last, Overview};
pub use restore::{Restored, restore};
pub use verdicts::{Verdicts, examine};

use super::{Error, Result};
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
    let was_closed = !db::is_open(path);
    match look_through(path) {
        // Somebody began to write to a file that was read as one that nobody writes to.
        Err(Error::Storage(db::Error::Broken { .. })) if was_closed && db::is_open(path) => {
            look_through(path)
        }
        looked => looked,
    }
}

fn look_through(path: &Path) -> Result<Contents> {
    let conn = db::look(path)?;
    db::verify(&conn, path)?;
    let digest = db::Digests::of(&conn)?.whole();
    Contents::count(&conn, path, Some(digest))
}

/// A copy without keys, to be called `target`: compared with its source, and looked through once more after that.
fn assemble(source: &Path, target: &Path) -> Result<(Part, Contents)> {
    let part = Part::beside(target)?;
    let named = |error: db::Error| error.about(target);
    let witness = db::copy(source, part.path(), Writers::GoOn).map_err(named)?;
    keys::leave_out(part.path()).map_err(named)?;
    let digest = witness.confirm(part.path(), &keys::TABLES)?.whole();
    let contents = Contents::count(&db::look(part.path())?, part.path(), Some(digest))?;
    Ok((part, contents))
}
