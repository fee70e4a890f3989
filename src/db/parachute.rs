use super::copy::{Writers, copy};
use super::part::{Part, give_to_owner_of};
use super::{Error, stamped};
use chrono::Utc;
use std::path::{Path, PathBuf};

/// A copy of a file from before it is brought up to date, proven to be the same. Where the file then stays as it was, the
/// copy goes: a service that is started again and again must not fill the disk.
pub struct Parachute {
    place: PathBuf,
    is_kept: bool,
}

impl Parachute {
    /// Makes the copy beside the file at `path`, which is about to get the schema `to` and which nobody else writes to.
    pub fn pack(path: &Path, to: usize) -> Result<Parachute, Error> {
        let place = stamped(path, &format!("before-{to:04}"), Utc::now());
        let part = Part::beside(&place)?;
        let source = copy(path, part.path(), Writers::Wait)?;
        source.confirm(part.path(), &[])?;
        give_to_owner_of(path, part.path());
        part.take_name(&place)?;
        Ok(Parachute { place, is_kept: false })
    }

    /// All went well; the copy stays, in case somebody wants to go back.
    pub fn keep(mut self) -> PathBuf {
        self.is_kept = true;
        self.place.clone()
    }
}

impl Drop for Parachute {
    fn drop(&mut self) {
        if !self.is_kept {
            let _ = std::fs::remove_file(&self.place);
        }
    }
}
