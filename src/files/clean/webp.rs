//! <https://developers.google.com/speed/webp/docs/riff_container>

use super::{Error, Found, Result, Size, copy, read, skip, take};
use std::io::{Read, Seek, SeekFrom, Write};

const KEPT: [&[u8; 4]; 7] = [b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"];

/// Which parts the header of a picture announces.
const EXIF: u8 = 0x08;
const XMP: u8 = 0x04;
const ANIMATION: u8 = 0x02;

/// The beginning of a chunk. Every chunk is padded to an even length.
struct Chunk {
    name: [u8; 4],
    length: u32,
    padded: u64,
}

/// Keeps the chunks that are needed to show the picture.
pub fn clean(from: &mut impl Read, to: &mut (impl Write + Seek)) -> Result<Found> {
    let header: [u8; 12] = read(from)?;
    let [b'R', b'I', b'F', b'F', s0, s1, s2, s3, b'W', b'E', b'B', b'P'] = header else {
        return Err(Error::Damaged);
    };
    let mut left = u64::from(u32::from_le_bytes([s0, s1, s2, s3])).saturating_sub(4);
    to.write_all(&header)?;
    let (mut size, mut has_data, mut moves) = (None, false, false);
    let (mut exif, mut written) = (Vec::new(), 4);
    while left >= 8 {
        let chunk = Chunk::read(from)?;
        left = left.saturating_sub(8 + chunk.padded);
        if &chunk.name == b"EXIF" {
            exif = take(from, chunk.padded)?;
        } else if KEPT.contains(&&chunk.name) {
            let start = chunk.copy(from, to)?;
            size = size.or(dimensions(&chunk.name, &start)?);
            moves |= &chunk.name == b"VP8X" && start[0] & ANIMATION != 0;
            has_data |= matches!(&chunk.name, b"VP8 " | b"VP8L" | b"ANMF");
            written += 8 + chunk.padded;
        } else {
            skip(from, chunk.padded)?;
        }
    }
    to.seek(SeekFrom::Start(4))?;
    to.write_all(&u32::try_from(written).map_err(|_| Error::Damaged)?.to_le_bytes())?;
    let size = size.filter(|_| has_data).ok_or(Error::Damaged)?;
    let exif = exif.strip_prefix(b"Exif\0\0").map(<[u8]>::to_vec).unwrap_or(exif);
    Ok(Found { size, decodable: !moves, exif })
}

impl Chunk {
    fn read(from: &mut impl Read) -> Result<Chunk> {
        let (name, length) = (read(from)?, u32::from_le_bytes(read(from)?));
        Ok(Chunk { name, length, padded: u64::from(length).next_multiple_of(2) })
    }

    /// Copies it, with a header that announces only what is kept, and returns the beginning of its content.
    fn copy(&self, from: &mut impl Read, to: &mut impl Write) -> Result<Vec<u8>> {
        let mut start = vec![0; self.length.min(10) as usize];
        from.read_exact(&mut start)?;
        if &self.name == b"VP8X" {
            *start.first_mut().ok_or(Error::Damaged)? &= !(EXIF | XMP);
        }
        to.write_all(&self.name)?;
        to.write_all(&self.length.to_le_bytes())?;
        to.write_all(&start)?;
        copy(from, to, self.padded - start.len() as u64)?;
        Ok(start)
    }
}

/// The size that the beginning of a chunk tells.
fn dimensions(name: &[u8; 4], start: &[u8]) -> Result<Option<Size>> {
    let sides = match (name, start) {
        (b"VP8X", [_, _, _, _, w0, w1, w2, h0, h1, h2]) => {
            let side = |bytes| u32::from_le_bytes(bytes) + 1;
            Some((side([*w0, *w1, *w2, 0]), side([*h0, *h1, *h2, 0])))
        }
        (b"VP8L", [0x2F, a, b, c, d, ..]) => {
            let bits = u32::from_le_bytes([*a, *b, *c, *d]);
            Some(((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1))
        }
        (b"VP8 ", [_, _, _, 0x9D, 0x01, 0x2A, w0, w1, h0, h1]) => {
            let side = |low, high| u32::from(u16::from_le_bytes([low, high]) & 0x3FFF);
            Some((side(*w0, *w1), side(*h0, *h1)))
        }
        (b"VP8X" | b"VP8L" | b"VP8 ", _) => return Err(Error::Damaged),
        _ => None,
    };
    sides.map(|(width, height)| Size::checked(width, height)).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::pixels::tests::webp;
    use std::io::Cursor;

    fn cleaned(mut bytes: &[u8]) -> Result<(Vec<u8>, Found)> {
        let mut out = Cursor::new(Vec::new());
        clean(&mut bytes, &mut out).map(|found| (out.into_inner(), found))
    }

    /// A picture of the extended format, with these chunks after its data.
    fn extended(flags: u8, chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
        let simple = webp(40, 30);
        let header = [b"VP8X\x0A\0\0\0".as_slice(), &[flags, 0, 0, 0, 39, 0, 0, 29, 0, 0]].concat();
        let mut body = [b"WEBP", header.as_slice(), &simple[12..]].concat();
        for (name, content) in chunks {
            body.extend([name.as_slice(), &(content.len() as u32).to_le_bytes(), content].concat());
            body.resize(body.len() + content.len() % 2, 0);
        }
        [b"RIFF", (body.len() as u32).to_le_bytes().as_slice(), &body].concat()
    }

    #[test]
    fn places_and_whatever_follows_the_end_are_gone() {
        let mut dirty = extended(
            EXIF | XMP,
            &[(b"EXIF", b"II*\0GPS"), (b"XMP ", b"<x/>"), (b"prvt", b"secret")],
        );
        dirty.extend(b"<script>");
        let (out, found) = cleaned(&dirty).unwrap();
        assert_eq!(out, extended(0, &[]));
        assert_eq!((found.size, found.decodable), (Size { width: 40, height: 30 }, true));
        assert!(found.exif.starts_with(b"II*\0GPS"));
    }

    #[test]
    fn what_moves_is_not_decoded() {
        let (_, found) = cleaned(&extended(ANIMATION, &[])).unwrap();
        assert!(!found.decodable);
    }

    #[test]
    fn what_is_cut_off_is_refused() {
        let picture = webp(40, 30);
        assert_eq!(cleaned(&picture).unwrap().0, picture);
        for length in 0..picture.len() {
            assert!(matches!(cleaned(&picture[..length]), Err(Error::Damaged)), "{length}");
        }
    }
}
