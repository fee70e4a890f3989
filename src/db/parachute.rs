use super::copy::{Writers, copy};
use super::look::look;
use super::part::{Part, folder, give_to_owner_of};
use super::verify::verify;
use super::{Digests, Error, beside, stamped};
use chrono::Utc;
use std::fs;
use std::path::{Path, PathBuf};

/// A copy of a file from before it is brought up to date, proven to be the same. Where the file then stays as it was, what
/// was made for nothing goes: a service that is started again and again must not fill the disk.
pub struct Parachute {
    place: PathBuf,
    is_kept: bool,
}

impl Parachute {
    /// Makes the copy beside the file at `path`, which is about to get the schema `to` and which nobody else writes to. One
    /// that is there already, of somebody who was killed or has gone back, will do.
    pub fn pack(path: &Path, to: usize) -> Result<Parachute, Error> {
        let what = format!("before-{to:04}");
        if let Some(place) = packed(path, &what)? {
            return Ok(Parachute { place, is_kept: true });
        }
        let place = stamped(path, &what, Utc::now());
        make(path, &place).map_err(|error| error.about(&place))?;
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
            let _ = fs::remove_file(&self.place);
        }
    }
}

fn make(path: &Path, place: &Path) -> Result<(), Error> {
    let part = Part::beside(place)?;
    copy(path, part.path(), Writers::Wait)?.confirm(part.path(), &[])?;
    give_to_owner_of(path, part.path());
    part.take_name(place)
}

/// A sound copy of the file at `path` that is beside it.
fn packed(path: &Path, what: &str) -> Result<Option<PathBuf>, Error> {
    let beginning = beside(path, &format!(".{what}."));
    let beginning = beginning.file_name().unwrap_or_default().as_encoded_bytes();
    let entries = fs::read_dir(folder(path)).into_iter().flatten().flatten();
    let places =
        entries.filter(|entry| entry.file_name().as_encoded_bytes().starts_with(beginning));
    let places: Vec<_> = places.map(|entry| entry.path()).collect();
    if places.is_empty() {
        return Ok(None);
    }
    let digests = Digests::of(&look(path)?)?;
    let is_same = |place: &PathBuf| {
        let conn = look(place)?;
        verify(&conn, place)?;
        Ok::<_, Error>(Digests::of(&conn)? == digests)
    };
    Ok(places.into_iter().find(|place| is_same(place).unwrap_or(false)))
}
