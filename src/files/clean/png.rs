//! <https://www.w3.org/TR/png-3/>

use super::{Error, Found, Result, Size, copy, read, skip, take};
use std::io::{Read, Write};

const SIGNATURE: [u8; 8] = *b"\x89PNG\r\n\x1A\n";

/// What is needed to show the picture as it was meant.
const KEPT: [&[u8; 4]; 18] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sRGB", b"cICP",
    b"mDCV", b"cLLI", b"sBIT", b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT",
];

/// Keeps the chunks that are needed to show the picture; texts, dates and everything unknown go.
pub fn clean(from: &mut impl Read, to: &mut impl Write) -> Result<Found> {
    if read(from)? != SIGNATURE {
        return Err(Error::Damaged);
    }
    to.write_all(&SIGNATURE)?;
    let size = header(from, to)?;
    let (mut moves, mut has_data, mut exif) = (false, false, Vec::new());
    loop {
        let length = u32::from_be_bytes(read(from)?);
        let name: [u8; 4] = read(from)?;
        // After the content comes a checksum.
        let rest = u64::from(length) + 4;
        match &name {
            b"eXIf" => exif = take(from, rest)?,
            b"IHDR" => return Err(Error::Damaged),
            kept if KEPT.contains(&kept) => {
                to.write_all(&length.to_be_bytes())?;
                to.write_all(&name)?;
                copy(from, to, rest)?;
            }
            _ => skip(from, rest)?,
        }
        moves |= name == *b"acTL";
        has_data |= name == *b"IDAT";
        if name == *b"IEND" {
            break;
        }
    }
    match has_data {
        true => Ok(Found { size, decodable: !moves, exif }),
        false => Err(Error::Damaged),
    }
}

fn header(from: &mut impl Read, to: &mut impl Write) -> Result<Size> {
    let header: [u8; 25] = read(from)?;
    let [0, 0, 0, 13, b'I', b'H', b'D', b'R', w3, w2, w1, w0, h3, h2, h1, h0, ..] = header else {
        return Err(Error::Damaged);
    };
    to.write_all(&header)?;
    Size::checked(u32::from_be_bytes([w3, w2, w1, w0]), u32::from_be_bytes([h3, h2, h1, h0]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::pixels::tests::png;

    fn cleaned(mut bytes: &[u8]) -> Result<(Vec<u8>, Found)> {
        let mut out = Vec::new();
        clean(&mut bytes, &mut out).map(|found| (out, found))
    }

    fn with(picture: &[u8], name: &[u8; 4], content: &[u8]) -> Vec<u8> {
        let chunk =
            [&(content.len() as u32).to_be_bytes(), name.as_slice(), content, b"crc."].concat();
        [&picture[..33], &chunk, &picture[33..]].concat()
    }

    #[test]
    fn texts_places_and_whatever_follows_the_end_are_gone() {
        let picture = png(40, 30);
        let mut dirty = picture.clone();
        for name in [b"tEXt", b"zTXt", b"iTXt", b"tIME", b"eXIf", b"prVt"] {
            dirty = with(&dirty, name, b"MM\0*secret");
        }
        dirty.extend(b"<?php system($_GET[0]);");
        let (out, found) = cleaned(&dirty).unwrap();
        assert_eq!(out, picture);
        assert_eq!((found.size, found.decodable), (Size { width: 40, height: 30 }, true));
        assert!(found.exif.starts_with(b"MM\0*secret"));
    }

    #[test]
    fn what_moves_stays_and_is_not_decoded() {
        let moving = with(&png(40, 30), b"acTL", &[0; 8]);
        let (out, found) = cleaned(&moving).unwrap();
        assert_eq!((out == moving, found.decodable), (true, false));
    }

    #[test]
    fn what_is_cut_off_is_refused() {
        let picture = png(40, 30);
        for length in 0..picture.len() {
            assert!(matches!(cleaned(&picture[..length]), Err(Error::Damaged)), "{length}");
        }
    }

    #[test]
    fn a_picture_bomb_is_refused_by_its_header() {
        let mut bomb = png(40, 30);
        bomb[16..24].copy_from_slice(&[0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30]);
        assert!(matches!(
            cleaned(&bomb),
            Err(Error::TooManyPixels(Size { width: 30_000, height: 30_000 }))
        ));
    }
}
