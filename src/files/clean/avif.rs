//! AVIF keeps Exif and XMP as items beside the picture: ISO/IEC 23008-12, annex A. They are overwritten where they lie.

use super::boxes::{self, Span, fill};
use super::{Error, Result, Size};
use std::fs::File;
use std::io::{Seek, SeekFrom, Write};

/// An item that is not the picture.
struct Item {
    id: u32,
    /// Where the file says of what type it is.
    type_at: u64,
}

/// Blanks what is told about a picture, and says how large it is shown.
pub fn clean(file: &mut File) -> Result<Size> {
    let outer = boxes::of(file)?;
    for span in outer.iter().filter(|span| span.name == *b"uuid") {
        span.blank(file)?;
    }
    let meta = outer.iter().find(|span| span.name == *b"meta").ok_or(Error::Damaged)?;
    // After a version and flags.
    let inner = boxes::within(file, meta.body + 4, meta.end)?;
    let named = |name: &[u8; 4]| inner.iter().find(|span| span.name == *name);
    let items = named(b"iinf").map_or(Ok(Vec::new()), |info| told_items(file, info))?;
    if let Some(location) = named(b"iloc").filter(|_| !items.is_empty()) {
        let places = location.content(file)?;
        let data = named(b"idat").map(|data| data.body);
        blank(file, &items, &mut Places { bytes: &places, data })?;
    }
    shown_size(file, named(b"iprp").ok_or(Error::Damaged)?)
}

/// The items with Exif or XMP.
fn told_items(file: &mut File, info: &Span) -> Result<Vec<Item>> {
    let content = info.content(file)?;
    // A version and flags, then a number of items that version 0 writes shorter.
    let start = if content.first() == Some(&0) { 6 } else { 8 };
    let mut items = Vec::new();
    for entry in boxes::within(file, info.body + start, info.end)? {
        let content = entry.content(file)?;
        let (id, type_at) = match content.as_slice() {
            [2, _, _, _, i1, i0, ..] => (u32::from_be_bytes([0, 0, *i1, *i0]), 8),
            [3, _, _, _, i3, i2, i1, i0, ..] => (u32::from_be_bytes([*i3, *i2, *i1, *i0]), 10),
            _ => return Err(Error::Damaged),
        };
        if matches!(content.get(type_at..type_at + 4), Some(b"Exif" | b"mime")) {
            items.push(Item { id, type_at: entry.body + type_at as u64 });
        }
    }
    Ok(items)
}

fn blank(file: &mut File, items: &[Item], places: &mut Places<'_>) -> Result<()> {
    let length = file.metadata()?.len();
    for (id, start, extent) in places.read()? {
        let Some(item) = items.iter().find(|item| item.id == id) else { continue };
        if start.checked_add(extent).is_none_or(|end| end > length) {
            return Err(Error::Damaged);
        }
        fill(file, start, extent)?;
        // What has no known type is passed over.
        file.seek(SeekFrom::Start(item.type_at))?;
        file.write_all(b"free")?;
    }
    Ok(())
}

/// The table that says where each item lies.
struct Places<'b> {
    bytes: &'b [u8],
    /// Where the data that the header itself holds begins.
    data: Option<u64>,
}

impl Places<'_> {
    /// For each part of each item: whose it is, where it begins and how long it is.
    fn read(&mut self) -> Result<Vec<(u32, u64, u64)>> {
        let version = self.number(1)?;
        self.number(3)?;
        let (sizes, more) = (self.number(1)?, self.number(1)?);
        let (offset_size, length_size, base_size) = (sizes >> 4, sizes & 15, more >> 4);
        let index_size = if version > 0 { more & 15 } else { 0 };
        let id_size = if version < 2 { 2 } else { 4 };
        let mut found = Vec::new();
        for _ in 0..self.number(id_size)? {
            let id = self.number(id_size)? as u32;
            let method = if version > 0 { self.number(2)? & 15 } else { 0 };
            self.number(2)?;
            let base = self.number(base_size)?;
            for _ in 0..self.number(2)? {
                self.number(index_size)?;
                let start = base.saturating_add(self.number(offset_size)?);
                let start = match method {
                    0 => start,
                    _ => start.saturating_add(self.data.ok_or(Error::Damaged)?),
                };
                found.push((id, start, self.number(length_size)?));
            }
        }
        Ok(found)
    }

    fn number(&mut self, size: u64) -> Result<u64> {
        let (number, rest) = self.bytes.split_at_checked(size as usize).ok_or(Error::Damaged)?;
        self.bytes = rest;
        Ok(number.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)))
    }
}

/// The largest of all sizes, since tiles and thumbnails are smaller; turned if anything turns it.
fn shown_size(file: &mut File, properties: &Span) -> Result<Size> {
    let (mut size, mut on_its_side) = (None::<Size>, false);
    for container in boxes::within(file, properties.body, properties.end)? {
        if container.name != *b"ipco" {
            continue;
        }
        for property in boxes::within(file, container.body, container.end)? {
            match (&property.name, property.content(file)?.as_slice()) {
                (b"ispe", [_, _, _, _, w3, w2, w1, w0, h3, h2, h1, h0]) => {
                    let side = u32::from_be_bytes;
                    let own =
                        Size::checked(side([*w3, *w2, *w1, *w0]), side([*h3, *h2, *h1, *h0]))?;
                    size = size.into_iter().chain([own]).max_by_key(|size| size.area());
                }
                (b"irot", [angle, ..]) => on_its_side = angle & 1 == 1,
                _ => {}
            }
        }
    }
    let size = size.ok_or(Error::Damaged)?;
    Ok(if on_its_side { Size { width: size.height, height: size.width } } else { size })
}

#[cfg(test)]
mod tests {
    use super::super::boxes::tests::{boxed, bytes, file};
    use super::*;

    fn picture(angle: u8) -> Vec<u8> {
        let entry =
            |id: u8, name: &[u8; 4]| boxed(b"infe", &[&[2, 0, 0, 0, 0, id, 0, 0], name, b"\0"]);
        let info = boxed(b"iinf", &[&[0, 0, 0, 0, 0, 2], &entry(1, b"av01"), &entry(2, b"Exif")]);
        let size = boxed(b"ispe", &[&[0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 200]]);
        let properties = boxed(b"iprp", &[&boxed(b"ipco", &[&size, &boxed(b"irot", &[&[angle]])])]);
        let build = |start: u8| {
            let place = |id, at, length| [0, id, 0, 0, 0, 1, 0, 0, 0, at, 0, 0, 0, length];
            let places = [place(1, start, 6), place(2, start + 6, 8)].concat();
            let meta = boxed(
                b"meta",
                &[
                    &[0; 4],
                    &info,
                    &boxed(b"iloc", &[&[0, 0, 0, 0, 0x44, 0, 0, 2], &places]),
                    &properties,
                ],
            );
            let head = [boxed(b"ftyp", &[b"avif\0\0\0\0avif"]), meta].concat();
            let length = head.len() as u8 + 8;
            (length, [head, boxed(b"mdat", &[b"pixels", b"GPS 52.5"])].concat())
        };
        build(build(0).0).1
    }

    #[test]
    fn the_place_is_gone_and_everything_else_where_it_was() {
        let before = picture(0);
        let mut open = file(&before);
        assert_eq!(clean(&mut open).unwrap(), Size { width: 256, height: 200 });
        let after = bytes(open);
        assert!(before.ends_with(b"pixelsGPS 52.5") && after.ends_with(b"pixels\0\0\0\0\0\0\0\0"));
        assert_eq!(after.len(), before.len());
        assert!(!after.windows(4).any(|part| part == b"Exif"));
    }

    #[test]
    fn a_picture_that_is_turned_is_as_wide_as_it_is_shown() {
        assert_eq!(clean(&mut file(&picture(1))).unwrap(), Size { width: 200, height: 256 });
    }

    #[test]
    fn what_is_cut_off_is_refused() {
        let whole = picture(0);
        for length in 0..whole.len() {
            assert!(clean(&mut file(&whole[..length])).is_err(), "{length}");
        }
    }
}
