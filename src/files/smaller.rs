//! A picture ready to be kept: clean, upright, and in the widths that screens ask for.

use super::pixels::Pixels;
use super::{Error, Kind, Prepared, Result, Size, clean};
use image::metadata::Orientation;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

/// What phones, tablets and large screens ask for. The column of a post is 640 wide; sharp screens want two or three times that.
const WIDTHS: [u32; 3] = [640, 1280, 1920];

/// How good a smaller JPEG is; that which stands for the original is better.
const QUALITY: u8 = 80;
const QUALITY_OF_ORIGINAL: u8 = 92;

/// A picture that stands for a wider one.
#[derive(Debug)]
pub struct Smaller {
    /// Its format.
    pub kind: Kind,
    /// Its size.
    pub size: Size,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Cleans a picture, turns it upright and makes it smaller.
pub fn prepare(kind: Kind, original: File, folder: &Path) -> Result<Prepared> {
    let file = tempfile::tempfile_in(folder)?;
    let found = clean::picture(kind, &original, &file)?;
    drop(original);
    match Orientation::from_exif_chunk(&found.exif).unwrap_or(Orientation::NoTransforms) {
        Orientation::NoTransforms if found.decodable => {
            let pixels = Pixels::decode(kind, &file, found.size, WIDTHS[2])?;
            let source = Source { kind, size: found.size, bytes: file.metadata()?.len() };
            let smaller = pixels.map_or(Ok(Vec::new()), |pixels| source.smaller(&pixels))?;
            Ok(Prepared { kind, file, size: Some(found.size), smaller })
        }
        Orientation::NoTransforms => {
            Ok(Prepared { size: Some(found.size), ..Prepared::plain(kind, file) })
        }
        orientation if found.decodable => {
            let pixels =
                Pixels::decode(kind, &file, found.size, u32::MAX)?.ok_or(Error::NotTurned)?;
            drop(file);
            upright(kind, pixels, orientation, tempfile::tempfile_in(folder)?)
        }
        _ => Err(Error::NotTurned),
    }
}

/// The pixels turned and encoded anew, since nothing is left that says how to hold it.
fn upright(
    kind: Kind,
    mut pixels: Pixels,
    orientation: Orientation,
    file: File,
) -> Result<Prepared> {
    pixels.turn(orientation);
    let kind = if kind == Kind::Png || !pixels.is_opaque() { Kind::Png } else { Kind::Jpeg };
    let mut out = BufWriter::new(&file);
    write(&pixels, kind, &mut out, QUALITY_OF_ORIGINAL)?;
    out.flush()?;
    drop(out);
    let source = Source { kind, size: pixels.size(), bytes: file.metadata()?.len() };
    let smaller = source.smaller(&pixels)?;
    Ok(Prepared { kind, file, size: Some(source.size), smaller })
}

/// What smaller pictures stand for.
struct Source {
    kind: Kind,
    size: Size,
    bytes: u64,
}

impl Source {
    /// Every width that saves something.
    fn smaller(&self, pixels: &Pixels) -> Result<Vec<Smaller>> {
        let kind = self.kind_of_smaller(pixels);
        let mut all = Vec::new();
        let narrower = |width: &u32| *width < self.size.width && *width <= pixels.size().width;
        for width in WIDTHS.into_iter().filter(narrower) {
            let height =
                u64::from(self.size.height) * u64::from(width) / u64::from(self.size.width);
            let size = Size { width, height: (height as u32).max(1) };
            let mut bytes = Vec::new();
            write(&pixels.scaled(size), kind, &mut bytes, QUALITY)?;
            if (bytes.len() as u64) < self.bytes {
                all.push(Smaller { kind, size, bytes });
            }
        }
        Ok(all)
    }

    /// Lines and letters stay sharp as PNG. Of an opaque picture that takes more than a byte a pixel even so, nothing is
    /// sharp: it is a photograph.
    fn kind_of_smaller(&self, pixels: &Pixels) -> Kind {
        match self.kind {
            Kind::Png if self.bytes <= self.size.area() => Kind::Png,
            _ if pixels.is_opaque() => Kind::Jpeg,
            _ => Kind::Png,
        }
    }
}

fn write(pixels: &Pixels, kind: Kind, to: impl Write, quality: u8) -> Result<()> {
    match kind {
        Kind::Png => pixels.write_png(to),
        _ => pixels.write_jpeg(to, quality),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::pixels::tests::{jpeg, jpeg_with, pixels, png, webp};
    use crate::files::{Error, prepare};

    fn prepared(bytes: &[u8]) -> Result<Prepared> {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        prepare(file, &std::env::temp_dir())
    }

    fn widths(prepared: &Prepared) -> Vec<u32> {
        prepared.smaller.iter().map(|smaller| smaller.size.width).collect()
    }

    #[test]
    fn every_width_below_its_own_is_made() {
        for (bytes, kind) in [(jpeg(1500, 900), Kind::Jpeg), (png(1500, 900), Kind::Png)] {
            let prepared = prepared(&bytes).unwrap();
            assert_eq!(
                (prepared.kind, prepared.size),
                (kind, Some(Size { width: 1500, height: 900 }))
            );
            assert_eq!(widths(&prepared), [640, 1280], "{kind:?}");
            assert_eq!(prepared.smaller[0].size, Size { width: 640, height: 384 });
        }
        assert!(widths(&prepared(&jpeg(640, 500)).unwrap()).is_empty());
    }

    #[test]
    fn a_webp_picture_becomes_smaller_ones_that_save_something() {
        let prepared = prepared(&webp(1500, 900)).unwrap();
        assert_eq!(
            (prepared.kind, prepared.size),
            (Kind::WebP, Some(Size { width: 1500, height: 900 }))
        );
        assert!(prepared.smaller.iter().all(|smaller| smaller.kind == Kind::Jpeg));
    }

    #[test]
    fn a_picture_that_lies_on_its_side_is_set_upright() {
        // Orientation 6: what is stored on the left belongs on top.
        let exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
        let prepared = prepared(&jpeg_with(&[(1, exif)])).unwrap();
        assert_eq!(prepared.size, Some(Size { width: 30, height: 40 }));
        let shown = Pixels::decode(Kind::Jpeg, &prepared.file, prepared.size.unwrap(), u32::MAX)
            .unwrap()
            .unwrap();
        let mut expected = pixels(40, 30);
        expected.turn(Orientation::Rotate90);
        assert_eq!(shown.size(), expected.size());
    }

    #[test]
    fn a_bomb_is_refused_before_it_is_opened() {
        let mut bomb = jpeg(40, 30);
        let at = bomb.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap() + 5;
        bomb[at..at + 4].fill(0xFF);
        assert!(matches!(prepared(&bomb), Err(Error::TooManyPixels(_))));
    }

    #[test]
    fn an_empty_file_is_refused_and_an_unknown_one_kept_as_it_is() {
        assert!(matches!(prepared(b""), Err(Error::Empty)));
        let exe = prepared(b"MZ\x90\0").unwrap();
        assert_eq!(
            (exe.kind, exe.size, exe.file.metadata().unwrap().len()),
            (Kind::Unknown, None, 4)
        );
    }
}
