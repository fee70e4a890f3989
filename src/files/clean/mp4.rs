//! Phones write the place into films as well: `udta` and `meta`, in the film as a whole or in one of its tracks.

use super::boxes::{self, Span};
use super::{Result, Size};
use std::fs::File;

/// Blanks what is told about a film, and says how large it is shown.
pub fn clean(file: &mut File) -> Result<Option<Size>> {
    let mut size = None;
    for outer in boxes::of(file)? {
        blank(file, &outer)?;
        if outer.name != *b"moov" {
            continue;
        }
        for inner in boxes::within(file, outer.body, outer.end)? {
            blank(file, &inner)?;
            if inner.name == *b"trak" {
                size = track(file, &inner)?.or(size);
            }
        }
    }
    Ok(size)
}

fn track(file: &mut File, track: &Span) -> Result<Option<Size>> {
    let mut size = None;
    for part in boxes::within(file, track.body, track.end)? {
        blank(file, &part)?;
        if part.name == *b"tkhd" {
            size = shown(&part.content(file)?);
        }
    }
    Ok(size)
}

fn blank(file: &mut File, span: &Span) -> Result<()> {
    match &span.name {
        b"udta" | b"meta" | b"uuid" => span.blank(file),
        _ => Ok(()),
    }
}

/// The header of a track ends with a matrix and the size, in numbers of which the lower half is a fraction. A film that
/// was made upright is stored on its side, and the matrix turns it.
fn shown(header: &[u8]) -> Option<Size> {
    let (_, end) = header.split_at_checked(header.len().checked_sub(44)?)?;
    let number = |at: usize| end.get(at..at + 4)?.try_into().ok().map(i32::from_be_bytes);
    let (width, height) = (number(36)? as u32 >> 16, number(40)? as u32 >> 16);
    let on_its_side = number(0)? == 0 && number(4)? != 0;
    let (width, height) = if on_its_side { (height, width) } else { (width, height) };
    Size::checked(width, height).ok()
}

#[cfg(test)]
mod tests {
    use super::super::boxes::tests::{boxed, bytes, file};
    use super::*;

    fn header(matrix: [i32; 2], width: u32, height: u32) -> Vec<u8> {
        let mut content = vec![0; 40];
        content.extend(matrix.iter().flat_map(|number| number.to_be_bytes()));
        content.resize(76, 0);
        content.extend([(width << 16).to_be_bytes(), (height << 16).to_be_bytes()].concat());
        boxed(b"tkhd", &[&content])
    }

    fn film(header: &[u8]) -> Vec<u8> {
        let place = boxed(b"udta", &[b"\xA9xyz+52.5+013.4/"]);
        let track = boxed(b"trak", &[header, &boxed(b"meta", &[b"ISO6709+52.5"])]);
        [
            boxed(b"ftyp", &[b"isom"]),
            boxed(b"moov", &[&place, &track]),
            boxed(b"mdat", &[b"frames"]),
        ]
        .concat()
    }

    #[test]
    fn the_place_is_gone_and_everything_else_where_it_was() {
        let before = film(&header([1, 0], 640, 360));
        let mut open = file(&before);
        assert_eq!(clean(&mut open).unwrap(), Some(Size { width: 640, height: 360 }));
        let after = bytes(open);
        assert!(!after.windows(4).any(|part| part == b"52.5"));
        assert_eq!((after.len(), &after[after.len() - 6..]), (before.len(), b"frames".as_slice()));
    }

    #[test]
    fn a_film_made_upright_is_higher_than_wide() {
        let size = clean(&mut file(&film(&header([0, 1], 640, 360)))).unwrap();
        assert_eq!(size, Some(Size { width: 360, height: 640 }));
    }

    #[test]
    fn boxes_that_end_outside_are_refused() {
        let whole = film(&header([1, 0], 640, 360));
        assert!(clean(&mut file(&whole[..whole.len() - 1])).is_err());
        assert!(clean(&mut file(b"\0\0\0\x01moov\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF")).is_err());
    }
}
