//! Pictures as pixels: decoded, turned, made smaller, encoded. Never more than [`MAX_DECODED`] at once.

use super::{Error, Kind, Result, Size};
use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::{U8, U8x3, U8x4};
use fast_image_resize::{FilterType, PixelTrait, ResizeAlg, ResizeOptions, Resizer};
use image::codecs::{png, webp::WebPDecoder};
use image::metadata::Orientation;
use image::{DynamicImage, GrayImage, ImageDecoder, ImageEncoder, ImageError, RgbImage, RgbaImage};
use jpeg_decoder::PixelFormat;
use std::fs::File;
use std::io::{BufReader, Seek, Write};

/// The most pixels that are held at once: four bytes each.
const MAX_DECODED: u64 = 16 * 1024 * 1024;

/// A picture in memory, eight bits a channel.
pub struct Pixels {
    image: DynamicImage,
    icc: Option<Vec<u8>>,
}

impl Pixels {
    /// Decodes a picture of the size `full`, a JPEG at a fraction that is still `wanted` pixels wide where that is
    /// possible; `None` for what is too large or not known.
    pub fn decode(kind: Kind, mut file: &File, full: Size, wanted: u32) -> Result<Option<Pixels>> {
        file.rewind()?;
        let reader = BufReader::with_capacity(64 * 1024, file);
        match kind {
            Kind::Jpeg => decode_jpeg(reader, full, wanted),
            _ if full.area() > MAX_DECODED => Ok(None),
            Kind::Png => known(png::PngDecoder::with_limits(reader, limits()).and_then(of_decoder)),
            _ => known(WebPDecoder::new(reader).and_then(of_decoder)),
        }
    }

    /// The same, as its metadata says that it is to be held.
    pub fn turn(&mut self, orientation: Orientation) {
        self.image.apply_orientation(orientation);
    }

    /// How large it is.
    pub fn size(&self) -> Size {
        Size { width: self.image.width(), height: self.image.height() }
    }

    /// Whether something shows through it.
    pub fn is_opaque(&self) -> bool {
        !self.image.color().has_alpha()
    }

    /// The same, smaller.
    pub fn scaled(&self, to: Size) -> Pixels {
        // Each type by name: the resizer's own choice among all that there are would make the program a megabyte larger.
        let (bytes, channels) = match self.image {
            DynamicImage::ImageLuma8(_) => (self.resized::<U8>(to), 1),
            DynamicImage::ImageRgb8(_) => (self.resized::<U8x3>(to), 3),
            _ => (self.resized::<U8x4>(to), 4),
        };
        let image = of_bytes(to, bytes, channels).expect("as many bytes as pixels");
        Pixels { image, icc: self.icc.clone() }
    }

    fn resized<P: PixelTrait>(&self, to: Size) -> Vec<u8> {
        let Size { width, height } = self.size();
        let from = TypedImageRef::<P>::from_buffer(width, height, self.image.as_bytes())
            .expect("as many bytes as pixels");
        let mut bytes = vec![0; to.area() as usize * size_of::<P>()];
        let mut out = TypedImage::<P>::from_buffer(to.width, to.height, &mut bytes)
            .expect("as many bytes as pixels");
        let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
        Resizer::new().resize_typed(&from, &mut out, &options).expect("a place in the picture");
        bytes
    }

    /// Written as a JPEG.
    pub fn write_jpeg(&self, to: impl Write, quality: u8) -> Result<()> {
        let color = match self.image {
            DynamicImage::ImageLuma8(_) => jpeg_encoder::ColorType::Luma,
            DynamicImage::ImageRgb8(_) => jpeg_encoder::ColorType::Rgb,
            _ => jpeg_encoder::ColorType::Rgba,
        };
        let mut encoder = jpeg_encoder::Encoder::new(to, quality);
        encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::R_4_2_0);
        // Good tables take two passes, with all of it in memory between them.
        encoder.set_optimized_huffman_tables(self.size().area() <= MAX_DECODED / 4);
        if let Some(icc) = &self.icc {
            encoder.add_icc_profile(icc).map_err(unwritten)?;
        }
        let Size { width, height } = self.size();
        encoder.encode(self.image.as_bytes(), width as u16, height as u16, color).map_err(unwritten)
    }

    /// Written as a PNG.
    pub fn write_png(&self, to: impl Write) -> Result<()> {
        let mut encoder = png::PngEncoder::new_with_quality(
            to,
            png::CompressionType::Default,
            png::FilterType::Adaptive,
        );
        if let Some(icc) = &self.icc {
            // An encoder that cannot keep it would have to say so here; this one can.
            let _ = encoder.set_icc_profile(icc.clone());
        }
        let Size { width, height } = self.size();
        encoder
            .write_image(self.image.as_bytes(), width, height, self.image.color().into())
            .map_err(|error| match error {
                ImageError::IoError(error) => error.into(),
                other => unwritten(other),
            })
    }
}

/// What only a fault of ours or of the disk explains.
fn unwritten(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::Io(std::io::Error::other(error))
}

fn decode_jpeg(reader: BufReader<&File>, full: Size, wanted: u32) -> Result<Option<Pixels>> {
    let mut decoder = jpeg_decoder::Decoder::new(reader);
    let divisor = divisor(full, wanted);
    let side = |side: u32| side.div_ceil(divisor) as u16;
    let decoded = decoder.scale(side(full.width), side(full.height)).and_then(|(width, height)| {
        Ok((Size { width: width.into(), height: height.into() }, decoder.decode()?))
    });
    let (size, bytes) = match decoded {
        Ok(decoded) => decoded,
        Err(jpeg_decoder::Error::Unsupported(_)) => return Ok(None),
        Err(jpeg_decoder::Error::Io(error)) => return Err(error.into()),
        Err(_) => return Err(Error::Damaged),
    };
    let format = decoder.info().map(|info| info.pixel_format);
    let icc = decoder.icc_profile();
    Ok(match format {
        Some(PixelFormat::L8) => of_bytes(size, bytes, 1).map(|image| Pixels { image, icc }),
        Some(PixelFormat::RGB24) => of_bytes(size, bytes, 3).map(|image| Pixels { image, icc }),
        // Its profile speaks of inks.
        Some(PixelFormat::CMYK32) => {
            of_bytes(size, from_inks(bytes), 3).map(|image| Pixels { image, icc: None })
        }
        _ => None,
    })
}

/// What to divide the sides by: as much as leaves the wanted width, and more where that is still too large.
fn divisor(full: Size, wanted: u32) -> u32 {
    let fits = |divisor: &u32| full.area() / u64::from(divisor * divisor) <= MAX_DECODED;
    let is_wide = |divisor: &u32| full.width / divisor >= wanted;
    let largest = [8, 4, 2].into_iter().find(is_wide).unwrap_or(1);
    [1, 2, 4, 8].into_iter().filter(|divisor| *divisor >= largest).find(fits).unwrap_or(8)
}

/// Ink as light: three channels of the four.
fn from_inks(mut bytes: Vec<u8>) -> Vec<u8> {
    for n in 0..bytes.len() / 4 {
        let key = u16::from(255 - bytes[4 * n + 3]);
        for channel in 0..3 {
            let light = u16::from(255 - bytes[4 * n + channel]);
            bytes[3 * n + channel] = (light * key / 255) as u8;
        }
    }
    bytes.truncate(bytes.len() / 4 * 3);
    bytes
}

fn limits() -> image::Limits {
    let mut limits = image::Limits::default();
    limits.max_alloc = Some(8 * MAX_DECODED);
    limits
}

fn of_decoder(mut decoder: impl ImageDecoder) -> image::ImageResult<Pixels> {
    // Sixteen bits a channel.
    if decoder.total_bytes() > 4 * MAX_DECODED {
        return Err(ImageError::Limits(image::error::LimitError::from_kind(
            image::error::LimitErrorKind::InsufficientMemory,
        )));
    }
    let icc = decoder.icc_profile()?;
    let image = match DynamicImage::from_decoder(decoder)? {
        image @ (DynamicImage::ImageLuma8(_)
        | DynamicImage::ImageRgb8(_)
        | DynamicImage::ImageRgba8(_)) => image,
        image if image.color().has_alpha() => image.into_rgba8().into(),
        image if image.color().has_color() => image.into_rgb8().into(),
        image => image.into_luma8().into(),
    };
    Ok(Pixels { image, icc })
}

/// What is not known, or larger than allowed, is no fault of the picture.
fn known(result: image::ImageResult<Pixels>) -> Result<Option<Pixels>> {
    match result {
        Ok(pixels) => Ok(Some(pixels)),
        Err(ImageError::Limits(_) | ImageError::Unsupported(_)) => Ok(None),
        Err(ImageError::IoError(error)) => Err(error.into()),
        Err(_) => Err(Error::Damaged),
    }
}

fn of_bytes(size: Size, bytes: Vec<u8>, channels: u8) -> Option<DynamicImage> {
    let Size { width, height } = size;
    match channels {
        1 => GrayImage::from_raw(width, height, bytes).map(Into::into),
        3 => RgbImage::from_raw(width, height, bytes).map(Into::into),
        _ => RgbaImage::from_raw(width, height, bytes).map(Into::into),
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use std::io::Cursor;

    /// A picture whose left half is dark.
    pub fn pixels(width: u32, height: u32) -> Pixels {
        let image = RgbImage::from_fn(width, height, |x, y| {
            let light = if x < width / 2 { 20 } else { 220 };
            image::Rgb([light, (y % 20) as u8, (x % 50) as u8])
        });
        Pixels { image: image.into(), icc: None }
    }

    pub fn jpeg(width: u32, height: u32) -> Vec<u8> {
        let mut out = Vec::new();
        pixels(width, height).write_jpeg(&mut out, 80).unwrap();
        out
    }

    /// A picture of 40 x 30 with these segments for applications.
    pub fn jpeg_with(segments: &[(u8, &[u8])]) -> Vec<u8> {
        let mut out = jpeg(40, 30);
        // Behind the JFIF header.
        let mut at = 4 + usize::from(u16::from_be_bytes([out[4], out[5]]));
        for (number, content) in segments {
            let length = (content.len() as u16 + 2).to_be_bytes();
            let segment = [&[0xFF, 0xE0 + number], length.as_slice(), content].concat();
            out.splice(at..at, segment.iter().copied());
            at += segment.len();
        }
        out
    }

    pub fn png(width: u32, height: u32) -> Vec<u8> {
        let mut out = Vec::new();
        pixels(width, height).write_png(&mut out).unwrap();
        out
    }

    pub fn webp(width: u32, height: u32) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        pixels(width, height).image.write_to(&mut out, image::ImageFormat::WebP).unwrap();
        out.into_inner()
    }

    #[test]
    fn a_large_picture_is_decoded_at_a_fraction() {
        for (width, height, wanted, expected) in [
            (1000, 800, 1920, 1),
            (4000, 3000, 1920, 2),
            (7300, 5480, 1920, 2),
            (7300, 5480, u32::MAX, 2),
            (4000, 3000, u32::MAX, 1),
            (10_000, 10_000, 1920, 4),
            (3000, 30_000, 1920, 4),
        ] {
            assert_eq!(divisor(Size { width, height }, wanted), expected, "{width} x {height}");
        }
    }

    #[test]
    fn ink_is_the_opposite_of_light() {
        assert_eq!(
            from_inks(vec![0, 0, 0, 0, 0, 255, 255, 0, 9, 9, 9, 255]),
            [255, 255, 255, 255, 0, 0, 0, 0, 0]
        );
    }
}
