//! <https://www.w3.org/Graphics/GIF/spec-gif89a.txt>

use super::{Error, Found, Result, Size, copy, read, skip};
use std::io::{Read, Write};

/// Extensions of applications that change what is seen: how often a picture moves, and its colour profile.
const KEPT: [&[u8; 11]; 3] = [b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"];

/// Keeps the frames, how they follow each other, and the colour profile.
pub fn clean(from: &mut impl Read, to: &mut impl Write) -> Result<Found> {
    let header: [u8; 13] = read(from)?;
    let [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', w0, w1, h0, h1, flags, ..] = header else {
        return Err(Error::Damaged);
    };
    let side = |low, high| u32::from(u16::from_le_bytes([low, high]));
    let size = Size::checked(side(w0, w1), side(h0, h1))?;
    to.write_all(&header)?;
    copy(from, to, colours(flags))?;
    let mut frames = 0_u64;
    loop {
        match read(from)? {
            [0x21] => extension(from, to)?,
            [0x2C] => {
                frame(from, to)?;
                frames += 1;
            }
            [0x3B] if frames > 0 => break,
            _ => return Err(Error::Damaged),
        }
    }
    to.write_all(&[0x3B])?;
    // The sizes that matter are those of photographs, and a GIF is none.
    Ok(Found { size, decodable: false, exif: Vec::new() })
}

/// How many bytes the table of colours takes that `flags` announce.
fn colours(flags: u8) -> u64 {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

fn frame(from: &mut impl Read, to: &mut impl Write) -> Result<()> {
    let descriptor: [u8; 9] = read(from)?;
    to.write_all(&[0x2C])?;
    to.write_all(&descriptor)?;
    copy(from, to, colours(descriptor[8]))?;
    let code_size: [u8; 1] = read(from)?;
    to.write_all(&code_size)?;
    copy_blocks(from, to)
}

fn extension(from: &mut impl Read, to: &mut impl Write) -> Result<()> {
    match read(from)? {
        // How a frame follows the one before.
        [0xF9] => {
            to.write_all(&[0x21, 0xF9])?;
            copy_blocks(from, to)
        }
        [0xFF] => {
            let [length] = read(from)?;
            let mut name = vec![0; usize::from(length)];
            from.read_exact(&mut name)?;
            if !KEPT.iter().any(|kept| name == kept.as_slice()) {
                return skip_blocks(from);
            }
            to.write_all(&[0x21, 0xFF, length])?;
            to.write_all(&name)?;
            copy_blocks(from, to)
        }
        _ => skip_blocks(from),
    }
}

/// Copies blocks up to and with the empty one that ends them.
fn copy_blocks(from: &mut impl Read, to: &mut impl Write) -> Result<()> {
    loop {
        let [length] = read(from)?;
        to.write_all(&[length])?;
        if length == 0 {
            return Ok(());
        }
        copy(from, to, length.into())?;
    }
}

fn skip_blocks(from: &mut impl Read) -> Result<()> {
    loop {
        match read(from)? {
            [0] => return Ok(()),
            [length] => skip(from, length.into())?,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &[u8] = b"GIF89a\x02\0\x01\0\x80\0\0\0\0\0\xFF\xFF\xFF";
    const FRAME: &[u8] = b"\x21\xF9\x04\0\x0A\0\0\0\x2C\0\0\0\0\x02\0\x01\0\0\x02\x02\x44\x0A\0";
    const LOOP: &[u8] = b"\x21\xFF\x0BNETSCAPE2.0\x03\x01\0\0\0";

    fn cleaned(mut bytes: &[u8]) -> Result<(Vec<u8>, Found)> {
        let mut out = Vec::new();
        clean(&mut bytes, &mut out).map(|found| (out, found))
    }

    #[test]
    fn frames_stay_and_everything_else_is_gone() {
        let comment = b"\x21\xFE\x06secret\0";
        let xmp = b"\x21\xFF\x0BXMP DataXMP\x03abc\0";
        let dirty = [HEAD, LOOP, comment, FRAME, xmp, FRAME, b"\x3B=1;alert(1)"].concat();
        let (out, found) = cleaned(&dirty).unwrap();
        assert_eq!(out, [HEAD, LOOP, FRAME, FRAME, b"\x3B"].concat());
        assert_eq!((found.size, found.decodable), (Size { width: 2, height: 1 }, false));
    }

    #[test]
    fn a_script_that_begins_as_a_picture_and_what_is_cut_off_are_refused() {
        assert!(matches!(cleaned(b"GIF89a/*\0\0\0\0\0*/=1;alert(1)//"), Err(Error::Damaged)));
        let picture = [HEAD, FRAME, b"\x3B"].concat();
        for length in 0..picture.len() {
            assert!(matches!(cleaned(&picture[..length]), Err(Error::Damaged)), "{length}");
        }
    }
}
