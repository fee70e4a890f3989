use crate::files::Size;
use crate::text::Colour;
use ab_glyph::OutlinedGlyph;
use png::{BitDepth, ColorType, Compression, Encoder, EncodingError, Filter};

/// A picture that is being drawn in white on a ground.
pub struct Canvas {
    size: Size,
    /// How white each pixel is.
    whites: Vec<u8>,
}

impl Canvas {
    /// A picture that is nothing but its ground.
    pub fn new(size: Size) -> Canvas {
        Canvas { size, whites: vec![0; size.area() as usize] }
    }

    /// From side to side.
    pub fn width(&self) -> f32 {
        self.size.width as f32
    }

    /// Draws letters that begin at 0, 0 so that they begin at `at`, a share from 0 to 1 white. What lies outside of the
    /// picture is left out.
    pub fn write(&mut self, letters: &[OutlinedGlyph], at: (f32, f32), white: f32) {
        for letter in letters {
            let corner = letter.px_bounds().min;
            let (left, top) = ((at.0 + corner.x).round() as i64, (at.1 + corner.y).round() as i64);
            letter.draw(|x, y, share| {
                if let Some(pixel) = self.pixel(left + i64::from(x), top + i64::from(y)) {
                    *pixel = (*pixel).max((share.min(1.0) * white * 255.0).round() as u8);
                }
            });
        }
    }

    fn pixel(&mut self, x: i64, y: i64) -> Option<&mut u8> {
        let (x, y) = (u32::try_from(x).ok()?, u32::try_from(y).ok()?);
        let inside = x < self.size.width && y < self.size.height;
        let n = y as usize * self.size.width as usize + x as usize;
        inside.then(|| &mut self.whites[n])
    }

    /// The picture as a PNG.
    pub fn into_png(self, ground: Colour) -> Vec<u8> {
        let mut png = Vec::new();
        self.encode(ground, &mut png).expect("as many bytes as pixels, into memory");
        png
    }

    fn encode(&self, ground: Colour, to: &mut Vec<u8>) -> Result<(), EncodingError> {
        let shade = |white: u8| ground.mixed(Colour::WHITE, f64::from(white) / 255.0).channels();
        let palette: Vec<u8> = (0..=u8::MAX).flat_map(shade).collect();
        let mut encoder = Encoder::new(to, self.size.width, self.size.height);
        encoder.set_color(ColorType::Indexed);
        encoder.set_depth(BitDepth::Eight);
        encoder.set_palette(palette);
        encoder.set_compression(Compression::High);
        encoder.set_filter(Filter::NoFilter);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&self.whites)?;
        writer.finish()
    }
}
