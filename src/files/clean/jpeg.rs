//! <https://www.w3.org/Graphics/JPEG/itu-t81.pdf>, annex B.

use super::{Error, Found, Result, Size, read};
use std::io::{BufRead, Write};

/// The most memory for the coefficients of a picture that has to be read as a whole before any of it is known.
const MAX_COEFFICIENTS: u64 = 192 * 1024 * 1024;

const START: u8 = 0xD8;
const END: u8 = 0xD9;
const SCAN: u8 = 0xDA;

/// What the header of a frame says.
struct Frame {
    size: Size,
    /// Baseline, extended or progressive, of one, three or four components with eight bits.
    is_usual: bool,
    is_progressive: bool,
    /// For each component how often it is sampled, across and down.
    sampling: Vec<(u64, u64)>,
}

/// Keeps what is needed to show the picture, and its colour profile.
pub fn clean(from: &mut impl BufRead, to: &mut impl Write) -> Result<Found> {
    if read(from)? != [0xFF, START] {
        return Err(Error::Damaged);
    }
    to.write_all(&[0xFF, START])?;
    let (mut frame, mut scans, mut exif) = (None, 0, Vec::new());
    let mut marker = next_marker(from)?;
    while marker != END {
        let mut payload = segment(from)?;
        match marker {
            0xC0..=0xCF if !matches!(marker, 0xC4 | 0xC8 | 0xCC) => {
                let header = Frame::parse(marker, &payload)?;
                if frame.replace(header).is_some() {
                    return Err(Error::Damaged);
                }
            }
            0xE1 if exif.is_empty() => {
                exif.extend(payload.strip_prefix(b"Exif\0\0").unwrap_or_default())
            }
            _ => {}
        }
        if is_kept(marker, &mut payload) {
            to.write_all(&[0xFF, marker])?;
            to.write_all(&(payload.len() as u16 + 2).to_be_bytes())?;
            to.write_all(&payload)?;
        }
        marker = match marker {
            SCAN => {
                scans += 1;
                copy_scan(from, to)?
            }
            _ => next_marker(from)?,
        };
    }
    to.write_all(&[0xFF, END])?;
    let frame = frame.filter(|_| scans > 0).ok_or(Error::Damaged)?;
    Ok(Found { size: frame.size, decodable: frame.is_decodable(scans), exif })
}

/// The next marker; whatever stands before it belongs to nothing and is left out.
fn next_marker(from: &mut impl BufRead) -> Result<u8> {
    let [mut before, mut byte] = read(from)?;
    while before != 0xFF || matches!(byte, 0x00 | 0xFF) {
        before = byte;
        [byte] = read(from)?;
    }
    Ok(byte)
}

/// The content of a segment.
fn segment(from: &mut impl BufRead) -> Result<Vec<u8>> {
    let length = u16::from_be_bytes(read(from)?).checked_sub(2).ok_or(Error::Damaged)?;
    let mut payload = vec![0; length.into()];
    from.read_exact(&mut payload)?;
    Ok(payload)
}

/// Whether a segment is needed to show the picture. Of the JFIF header goes the thumbnail.
fn is_kept(marker: u8, payload: &mut Vec<u8>) -> bool {
    match marker {
        // Frames, tables, scans, restarts.
        0xC0..=0xCF | 0xDA..=0xDD => true,
        0xE0 if payload.len() >= 14 && payload.starts_with(b"JFIF\0") => {
            payload.truncate(14);
            payload[12..].fill(0);
            true
        }
        0xE2 => payload.starts_with(b"ICC_PROFILE\0"),
        // How the colours are coded.
        0xEE => payload.starts_with(b"Adobe"),
        _ => false,
    }
}

/// Copies coded data up to the next marker that does not belong to it, and returns that.
fn copy_scan(from: &mut impl BufRead, to: &mut impl Write) -> Result<u8> {
    loop {
        let buffer = from.fill_buf()?;
        if buffer.is_empty() {
            return Err(Error::Damaged);
        }
        let length = buffer.iter().position(|byte| *byte == 0xFF).unwrap_or(buffer.len());
        to.write_all(&buffer[..length])?;
        let at_marker = length < buffer.len();
        from.consume(length + usize::from(at_marker));
        if at_marker {
            let mut byte = 0xFF;
            while byte == 0xFF {
                [byte] = read(from)?;
            }
            match byte {
                0x00 | 0xD0..=0xD7 => to.write_all(&[0xFF, byte])?,
                marker => return Ok(marker),
            }
        }
    }
}

impl Frame {
    fn parse(marker: u8, payload: &[u8]) -> Result<Frame> {
        let [precision, h1, h0, w1, w0, _, components @ ..] = payload else {
            return Err(Error::Damaged);
        };
        let side = |high, low| u32::from(u16::from_be_bytes([high, low]));
        let sampling: Vec<_> = components
            .chunks_exact(3)
            .map(|component| (u64::from(component[1] >> 4), u64::from(component[1] & 15)))
            .collect();
        Ok(Frame {
            size: Size::checked(side(*w1, *w0), side(*h1, *h0))?,
            is_usual: *precision == 8
                && matches!(marker, 0xC0..=0xC2)
                && matches!(sampling.len(), 1 | 3 | 4),
            is_progressive: marker == 0xC2,
            sampling,
        })
    }

    fn is_decodable(&self, scans: u64) -> bool {
        let is_kept_whole = self.is_progressive || scans > 1;
        self.is_usual && (!is_kept_whole || self.coefficients() <= MAX_COEFFICIENTS)
    }

    /// How many bytes all coefficients take, with two for each.
    fn coefficients(&self) -> u64 {
        let (across, down) = self
            .sampling
            .iter()
            .fold((1, 1), |most, each| (each.0.max(most.0), each.1.max(most.1)));
        let samples = self.sampling.iter().map(|(h, v)| self.size.area() * h * v / (across * down));
        2 * samples.sum::<u64>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::pixels::tests::{jpeg, jpeg_with};

    fn cleaned(mut bytes: &[u8]) -> Result<(Vec<u8>, Found)> {
        let mut out = Vec::new();
        clean(&mut bytes, &mut out).map(|found| (out, found))
    }

    #[test]
    fn a_clean_picture_stays_as_it_is() {
        let picture = jpeg(40, 30);
        let (out, found) = cleaned(&picture).unwrap();
        assert_eq!(out, picture);
        assert_eq!((found.size, found.decodable), (Size { width: 40, height: 30 }, true));
    }

    #[test]
    fn places_comments_thumbnails_and_whatever_follows_the_end_are_gone() {
        let exif = b"Exif\0\0MM\0*GPS 52.5 N".as_slice();
        let dirty = jpeg_with(&[
            (1, exif),
            (1, b"http://ns.adobe.com/xap/1.0/\0<x/>"),
            (13, b"Photoshop 3.0\0city"),
        ]);
        let mut dirty = [&dirty[..2], b"\xFF\xFE\0\x08secret", &dirty[2..]].concat();
        dirty.extend(b"<script>alert(1)</script>");
        let (out, found) = cleaned(&dirty).unwrap();
        assert_eq!(out, jpeg(40, 30));
        assert_eq!(found.exif, exif[6..]);
    }

    #[test]
    fn the_colour_profile_stays() {
        let picture = jpeg_with(&[(2, b"ICC_PROFILE\0\x01\x01profile")]);
        assert_eq!(cleaned(&picture).unwrap().0, picture);
    }

    #[test]
    fn what_is_cut_off_or_no_picture_is_refused() {
        let picture = jpeg(40, 30);
        for length in 0..picture.len() {
            assert!(matches!(cleaned(&picture[..length]), Err(Error::Damaged)), "{length}");
        }
        assert!(matches!(cleaned(b"\xFF\xD8\xFF\xD9"), Err(Error::Damaged)));
    }

    #[test]
    fn absurd_sizes_are_refused_and_heavy_ones_not_decoded() {
        let frame = |marker, size: [u8; 4]| {
            let payload =
                [&[8], size.as_slice(), &[3, 1, 0x22, 0, 2, 0x11, 0, 3, 0x11, 0]].concat();
            Frame::parse(marker, &payload)
        };
        assert!(matches!(frame(0xC0, [0xFF; 4]), Err(Error::TooManyPixels(_))));
        // 10,000 x 10,000 of which the colours are sampled at a quarter.
        let large = [0x27, 0x10, 0x27, 0x10];
        assert_eq!(frame(0xC2, large).unwrap().coefficients(), 300_000_000);
        assert!(!frame(0xC2, large).unwrap().is_decodable(1));
        assert!(!frame(0xC0, large).unwrap().is_decodable(3));
        assert!(frame(0xC0, large).unwrap().is_decodable(1));
    }
}
