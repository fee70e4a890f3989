use crate::blog::{Error, Result};
use crate::db;
use chrono::{DateTime, NaiveDateTime};
use std::fmt;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// Where the backups of a database are kept: the folder beside it called like it, with `-backups` at the end.
pub struct Folder {
    database: PathBuf,
    path: PathBuf,
}

/// What led to a backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    /// Somebody asked for it. It stays until somebody removes it.
    Wish,
    /// It was night. It goes when later ones stand for it.
    Night,
}

/// The name of a backup: `monograph-2026-11-26T091500Z.db`, or `nightly-…` for the one of a night.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name {
    /// What led to it.
    pub occasion: Occasion,
    /// When it was made.
    pub made_at: i64,
}

/// A backup in the folder.
#[derive(Debug, Clone)]
pub struct Kept {
    /// What it is called.
    pub name: Name,
    /// Where it is.
    pub path: PathBuf,
}

impl Folder {
    /// The folder of `database`.
    pub fn beside(database: &Path) -> Folder {
        Folder { database: database.to_owned(), path: db::beside(database, "-backups") }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The place for a new backup. The folder is made if it is not there.
    fn place(&self, name: Name) -> Result<PathBuf> {
        match make_private(&self.path) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => {
                return Err(db::Error::unwritten(&self.path, &error).into());
            }
            Err(_) => {}
            Ok(()) => db::give_to_owner_of(&self.database, &self.path),
        }
        Ok(self.path.join(name.to_string()))
    }

    /// Makes a backup here; it belongs to whom the database belongs to.
    pub fn add(&self, name: Name) -> Result<(Kept, super::Contents)> {
        let path = self.place(name)?;
        let made = super::make(&self.database, &path);
        if made.is_err() {
            // A folder with something in it stays.
            let _ = fs::remove_dir(&self.path);
        }
        let contents = made?;
        db::give_to_owner_of(&self.database, &path);
        Ok((Kept { name, path }, contents))
    }

    /// Every backup, the latest first. Other files are none of ours.
    pub fn all(&self) -> Result<Vec<Kept>> {
        let entries = match fs::read_dir(&self.path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            other => other.map_err(|error| db::Error::unread(&self.path, &error))?,
        };
        let kept = |entry: io::Result<fs::DirEntry>| {
            let entry = entry.ok()?;
            let name = entry.file_name().to_str()?.parse().ok()?;
            Some(Kept { name, path: entry.path() })
        };
        let mut all: Vec<_> = entries.filter_map(kept).collect();
        all.sort_by_key(|kept| std::cmp::Reverse(kept.name.made_at));
        Ok(all)
    }

    /// When those of the nights were made, the latest first.
    pub fn nights(&self) -> Result<Vec<i64>> {
        let names = self.all()?.into_iter().map(|kept| kept.name);
        let nights = names.filter(|name| name.occasion == Occasion::Night);
        Ok(nights.map(|name| name.made_at).collect())
    }

    /// The backup called `name`.
    pub fn find(&self, name: Name) -> Result<Kept> {
        let path = self.path.join(name.to_string());
        match path.is_file() {
            true => Ok(Kept { name, path }),
            false => Err(Error::NotFound),
        }
    }
}

impl Kept {
    /// What is in it, as far as that is quickly counted.
    pub fn contents(&self) -> Result<super::Contents> {
        super::Contents::count(&db::look(&self.path)?, &self.path, None)
    }

    /// Removes it for good.
    pub fn remove(&self) -> Result<()> {
        fs::remove_file(&self.path).map_err(|error| db::Error::unwritten(&self.path, &error).into())
    }
}

const STAMP: &str = "%Y-%m-%dT%H%M%SZ";

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self.occasion {
            Occasion::Wish => "monograph",
            Occasion::Night => "nightly",
        };
        let moment = DateTime::from_timestamp(self.made_at, 0).unwrap_or_default();
        write!(f, "{word}-{}.db", moment.format(STAMP))
    }
}

impl FromStr for Name {
    type Err = ();

    fn from_str(text: &str) -> Result<Name, ()> {
        let (word, stamp) =
            text.strip_suffix(".db").and_then(|text| text.split_once('-')).ok_or(())?;
        let occasion = match word {
            "monograph" => Occasion::Wish,
            "nightly" => Occasion::Night,
            _ => return Err(()),
        };
        let moment = NaiveDateTime::parse_from_str(stamp, STAMP).map_err(|_| ())?;
        let name = Name { occasion, made_at: moment.and_utc().timestamp() };
        // Numbers may be written in more ways than one.
        if name.to_string() == text { Ok(name) } else { Err(()) }
    }
}

fn make_private(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_when_and_why_and_is_read_again() {
        let name = Name { occasion: Occasion::Night, made_at: 1_790_000_000 };
        assert_eq!(name.to_string(), "nightly-2026-09-21T141320Z.db");
        assert_eq!(name.to_string().parse(), Ok(name));
        for other in [
            "",
            "nightly-.db",
            "../nightly-2026-09-21T141320Z.db",
            "nightly-2026-9-21T141320Z.db",
            "other-2026-09-21T141320Z.db",
            "nightly-2026-09-21T141320Z.db-wal",
        ] {
            assert_eq!(other.parse::<Name>(), Err(()), "{other}");
        }
    }
}
