//! The boxes that MP4, QuickTime and AVIF are made of: ISO/IEC 14496-12, section 4.2.

use super::{Error, Result, read};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

/// The most boxes in one place; a film in many parts has two for each.
const MOST: usize = 100_000;

/// Where a box lies in its file.
#[derive(Debug, Clone, Copy)]
pub struct Span {
    pub name: [u8; 4],
    start: u64,
    /// Where its content begins.
    pub body: u64,
    pub end: u64,
}

/// The boxes between two places of `file`.
pub fn within(file: &mut File, mut from: u64, to: u64) -> Result<Vec<Span>> {
    let mut boxes = Vec::new();
    // QuickTime may end a list with four bytes of nothing.
    while to.saturating_sub(from) >= 8 {
        let span = Span::at(file, from, to)?;
        from = span.end;
        boxes.push(span);
        if boxes.len() > MOST {
            return Err(Error::Damaged);
        }
    }
    Ok(boxes)
}

/// The boxes of a whole file.
pub fn of(file: &mut File) -> Result<Vec<Span>> {
    let length = file.metadata()?.len();
    within(file, 0, length)
}

impl Span {
    fn at(file: &mut File, start: u64, limit: u64) -> Result<Span> {
        file.seek(SeekFrom::Start(start))?;
        let short = u32::from_be_bytes(read(file)?);
        let name = read(file)?;
        let (length, body) = match short {
            0 => (limit - start, start + 8),
            1 => (u64::from_be_bytes(read(file)?), start + 16),
            length => (u64::from(length), start + 8),
        };
        let end = start.checked_add(length).filter(|end| (body..=limit).contains(end));
        Ok(Span { name, start, body, end: end.ok_or(Error::Damaged)? })
    }

    /// What is in it, if that is no more than a megabyte.
    pub fn content(&self, file: &mut File) -> Result<Vec<u8>> {
        let length = self.end - self.body;
        if length > 1024 * 1024 {
            return Err(Error::Damaged);
        }
        file.seek(SeekFrom::Start(self.body))?;
        let mut content = Vec::new();
        file.take(length).read_to_end(&mut content)?;
        Ok(content)
    }

    /// Makes it a box of nothing. It keeps its length, because others are found by their place.
    pub fn blank(&self, file: &mut File) -> Result<()> {
        file.seek(SeekFrom::Start(self.start + 4))?;
        file.write_all(b"free")?;
        fill(file, self.body, self.end - self.body)
    }
}

/// Overwrites so many bytes with zeros.
pub fn fill(file: &mut File, start: u64, length: u64) -> Result<()> {
    file.seek(SeekFrom::Start(start))?;
    io::copy(&mut io::repeat(0).take(length), file)?;
    Ok(())
}

#[cfg(test)]
pub mod tests {
    use std::fs::File;
    use std::io::{Read, Seek, Write};

    /// A box with this content.
    pub fn boxed(name: &[u8; 4], content: &[&[u8]]) -> Vec<u8> {
        let content = content.concat();
        [&(content.len() as u32 + 8).to_be_bytes(), name.as_slice(), &content].concat()
    }

    pub fn file(bytes: &[u8]) -> File {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        file
    }

    pub fn bytes(mut file: File) -> Vec<u8> {
        let mut bytes = Vec::new();
        file.rewind().unwrap();
        file.read_to_end(&mut bytes).unwrap();
        bytes
    }
}
