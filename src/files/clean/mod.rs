//! Files without what should not be published: places, devices, names, hidden thumbnails, anything after the end. What
//! is kept is copied as it is, nothing is encoded anew. A library that does this, `img-parts`, wants the whole file in
//! memory, keeps what it does not know, and knows no GIF.

mod avif;
mod boxes;
mod gif;
mod jpeg;
mod mp4;
mod png;
mod webp;

pub(super) use avif::clean as avif;

use super::{Error, Kind, Result, Size};
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};

/// What was learned about a picture on the way.
#[derive(Debug)]
pub struct Found {
    /// As it is stored, before it is turned.
    pub size: Size,
    /// Whether it is worth decoding: it does not move, and we know how, in bounded memory.
    pub decodable: bool,
    /// Where the picture says how it is to be turned.
    pub exif: Vec<u8>,
}

/// The most of a block that is looked at as a whole.
const MAX_BLOCK: u64 = 64 * 1024;

/// Copies a picture to `to` without what should not be published.
pub fn picture(kind: Kind, from: &File, to: &File) -> Result<Found> {
    let mut from = BufReader::with_capacity(64 * 1024, from);
    let mut out = BufWriter::with_capacity(64 * 1024, to);
    let found = match kind {
        Kind::Jpeg => jpeg::clean(&mut from, &mut out)?,
        Kind::Png => png::clean(&mut from, &mut out)?,
        Kind::Gif => gif::clean(&mut from, &mut out)?,
        _ => webp::clean(&mut from, &mut out)?,
    };
    out.flush()?;
    Ok(found)
}

/// Removes what a film tells about the place it was made at, and says how large it is shown if that is known.
pub fn video(kind: Kind, file: &mut File) -> Result<Option<Size>> {
    match kind {
        Kind::Mp4 | Kind::QuickTime => mp4::clean(file),
        _ => Ok(None),
    }
}

/// The same for a recording.
pub fn audio(kind: Kind, file: &mut File) -> Result<()> {
    match kind {
        Kind::Mp4Audio => mp4::clean(file).map(drop),
        _ => Ok(()),
    }
}

/// Copies exactly so many bytes.
fn copy(from: &mut impl Read, to: &mut impl Write, length: u64) -> Result<()> {
    match io::copy(&mut from.take(length), to)? == length {
        true => Ok(()),
        false => Err(Error::Damaged),
    }
}

/// Leaves out exactly so many bytes.
fn skip(from: &mut impl Read, length: u64) -> Result<()> {
    copy(from, &mut io::sink(), length)
}

/// The beginning of a block that is not copied; the rest of it is left out.
fn take(from: &mut impl Read, length: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(length.min(MAX_BLOCK)).read_to_end(&mut bytes)?;
    skip(from, length - bytes.len() as u64)?;
    Ok(bytes)
}

fn read<const N: usize>(from: &mut impl Read) -> Result<[u8; N]> {
    let mut bytes = [0; N];
    from.read_exact(&mut bytes)?;
    Ok(bytes)
}
