//! Reads an archive that anybody may have made: everything about it is checked before anything of it is read.

#[cfg(test)]
mod tests;

use super::Error;
use chrono::NaiveDate;
use std::fmt::Display;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use zip::read::{ZipFile, ZipFileEntry};
use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

/// How much an archive may hold.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How many files and folders; each takes some hundred bytes of memory.
    pub entries: usize,
    /// How many bytes they have, all together and unpacked.
    pub bytes: u64,
}

impl Limits {
    /// What a blog that moves in may hold.
    pub const IMPORT: Limits = Limits { entries: 50_000, bytes: 16 * 1024 * 1024 * 1024 };
}

/// An archive in which nothing leads out of it, is a link, or claims to be where something else is.
pub struct Zip {
    archive: ZipArchive<BufReader<File>>,
    entries: Vec<Entry>,
}

/// A file in an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its place: names with `/` between them, none of them `..` or empty.
    pub name: String,
    /// How many bytes it says that it has; nobody reads more.
    pub size: u64,
    /// When it was last changed, in seconds since 1970, as far as the archive says; the zone is a guess.
    pub changed_at: Option<i64>,
    index: usize,
}

/// The end of an archive, with the longest comment that there can be.
const TAIL: u64 = 66 * 1024;

/// The longest name of a file.
const LONGEST_NAME: usize = 1024;

impl Zip {
    /// Looks through an archive.
    ///
    /// # Errors
    /// One sentence on why nothing of it is read.
    pub fn open(mut file: File, limits: Limits) -> Result<Zip, Error> {
        let listed = count(&mut file).map_err(refused)?;
        if listed > limits.entries as u64 {
            let most = limits.entries;
            return Err(refused(format!("it holds {listed} files; at most {most} are read")));
        }
        let mut zip = ZipArchive::new(BufReader::new(file)).map_err(unreadable)?;
        check(&mut zip, limits)?;
        let entry = |index| Entry::read(&zip.by_index_data(index).ok()?, index);
        Ok(Zip { entries: (0..zip.len()).filter_map(entry).collect(), archive: zip })
    }

    /// The files in it, in their order there.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The file with this name.
    pub fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries.get(self.entries.iter().position(|entry| entry.name == name)?)
    }

    /// What a file holds, to be read once. Reading fails where that is more than it says, or not what it was.
    pub fn read(&mut self, entry: &Entry) -> Result<impl Read + '_, Error> {
        let from = self.archive.by_index(entry.index).map_err(unreadable)?;
        Ok(Inside { from, left: entry.size })
    }

    /// The whole of a file that holds at most `most` bytes.
    pub fn bytes(&mut self, entry: &Entry, most: u64) -> Result<Vec<u8>, Error> {
        if entry.size > most {
            let reason =
                format!("{} has {} bytes; at most {most} are read", entry.name, entry.size);
            return Err(Error::Refused(reason));
        }
        let mut bytes = Vec::new();
        let read = self.read(entry)?.read_to_end(&mut bytes);
        read.map_err(|error| Error::Refused(format!("{}: {error}", entry.name)))?;
        Ok(bytes)
    }
}

impl Entry {
    fn read(entry: &ZipFileEntry<'_>, index: usize) -> Option<Entry> {
        let name = entry.name().ok()?;
        let name = name.trim_start_matches("./");
        if entry.is_dir() || name.is_empty() {
            return None;
        }
        let changed_at = entry.last_modified().and_then(|at| {
            let day =
                NaiveDate::from_ymd_opt(at.year().into(), at.month().into(), at.day().into())?;
            let time = day.and_hms_opt(at.hour().into(), at.minute().into(), at.second().into())?;
            Some(time.and_utc().timestamp())
        });
        Some(Entry { name: name.to_owned(), size: entry.size(), changed_at, index })
    }
}

/// A file that is read: so many bytes as it said, and no more.
struct Inside<'a> {
    from: ZipFile<'a, BufReader<File>>,
    left: u64,
}

impl Read for Inside<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(buffer)? as u64;
        self.left = self.left.checked_sub(read).ok_or_else(|| {
            io::Error::new(io::ErrorKind::InvalidData, "it holds more than the archive says")
        })?;
        Ok(read as usize)
    }
}

/// How many entries the end of an archive says that it has, before a list of them is made. Whatever looks like such an
/// end counts, so that it does not matter which one is taken for it (APPNOTE 4.3.14 to 4.3.16).
fn count(file: &mut File) -> io::Result<u64> {
    let start = file.seek(SeekFrom::End(0))?.saturating_sub(TAIL);
    let mut tail = Vec::new();
    file.seek(SeekFrom::Start(start))?;
    file.take(TAIL).read_to_end(&mut tail)?;
    let mut most = 0;
    for at in 0..tail.len() {
        let number = |offset: usize, length: usize| {
            let bytes = tail.get(at + offset..at + offset + length)?;
            Some(bytes.iter().rev().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte)))
        };
        let found = match &tail[at..] {
            // Where that is all ones, the larger record has the number.
            [b'P', b'K', 5, 6, ..] => number(10, 2).filter(|count| *count != 0xFFFF),
            [b'P', b'K', 6, 6, ..] => number(32, 8),
            [b'P', b'K', 6, 7, ..] => number(8, 8).filter(|at| *at < start).map(|_| u64::MAX),
            _ => None,
        };
        most = most.max(found.unwrap_or(0));
    }
    Ok(most)
}

/// Goes through the list of what is in it.
fn check(zip: &mut ZipArchive<BufReader<File>>, limits: Limits) -> Result<(), Error> {
    let mut bytes = 0_u64;
    for index in 0..zip.len() {
        let entry = zip.by_index_data(index).map_err(unreadable)?;
        let name = entry.name().map_err(unreadable)?;
        bytes = bytes.saturating_add(entry.size());
        let reason = match () {
            () if !stays_inside(&name) => "leads out of it or is none that a file can have",
            () if entry.is_symlink() => "is a link",
            () if entry.encrypted() => "is encrypted",
            () if !is_readable(entry.compression()) => "is packed in a way that is not known here",
            () if bytes > limits.bytes => "makes it larger than anything that is read here",
            () => continue,
        };
        let shown: String = name.escape_debug().take(100).collect();
        return Err(refused(format!("“{shown}” in it {reason}")));
    }
    match () {
        () if zip.has_duplicate_names() => Err(refused("two of its files have the same name")),
        () if zip.has_overlapping_entries().map_err(unreadable)? => {
            Err(refused("two of its files are in the same place"))
        }
        () => Ok(()),
    }
}

fn is_readable(method: CompressionMethod) -> bool {
    matches!(method, CompressionMethod::Stored | CompressionMethod::Deflated)
}

fn stays_inside(name: &str) -> bool {
    let path = name.trim_start_matches("./");
    let path = path.strip_suffix('/').unwrap_or(path);
    let is_plain = |part: &str| !part.is_empty() && part != "." && part != "..";
    let has_drive = path.as_bytes().get(1) == Some(&b':');
    name.len() <= LONGEST_NAME
        && !has_drive
        && !name.contains(['\\', '\0'])
        && (path.is_empty() || path.split('/').all(is_plain))
}

fn unreadable(error: ZipError) -> Error {
    match error {
        // The end of the central directory is what tells a zip.
        ZipError::InvalidArchive(reason) if reason.contains("EOCD") => {
            refused("it is no zip, or its end is missing")
        }
        ZipError::InvalidArchive(reason) => refused(reason),
        other => refused(other),
    }
}

fn refused(reason: impl Display) -> Error {
    Error::Refused(format!("this archive cannot be read: {reason}"))
}
