use ab_glyph::{Font, FontRef, GlyphId, OutlinedGlyph, PxScale, ScaleFont, point};
use unicode_normalization::UnicodeNormalization;

/// A font, and how its letters make lines.
pub struct Face {
    font: FontRef<'static>,
}

const ELLIPSIS: char = '…';

impl Face {
    /// The font in the executable; `assets/fonts/make.py` says where it comes from.
    pub fn load() -> Face {
        let bytes = include_bytes!("../../../assets/fonts/cover.otf");
        Face { font: FontRef::try_from_slice(bytes).expect("a font that a test has read") }
    }

    /// The text with what the font can write; `None` where a letter would be missing, or nothing is left.
    pub fn spelled(&self, text: &str) -> Option<String> {
        let mut out = String::new();
        for c in text.nfc() {
            match self.font.glyph_id(c) != GlyphId(0) {
                true => out.push(c),
                false if c.is_alphanumeric() => return None,
                false => out.push(' '),
            }
        }
        let words: Vec<_> = out.split_whitespace().collect();
        (!words.is_empty()).then(|| words.join(" "))
    }

    /// The text in lines of at most `width`, broken between words, and inside those that are longer than a line.
    pub fn lines(&self, text: &str, size: f32, width: f32) -> Vec<String> {
        let mut lines = vec![String::new()];
        for piece in text.split_inclusive([' ', '-', '–', '—', '/']) {
            let line = lines.last_mut().expect("there is one");
            if self.is_narrower(&format!("{line}{piece}"), size, width) {
                line.push_str(piece);
                continue;
            }
            if !line.is_empty() {
                lines.push(String::new());
            }
            self.push_letters(&mut lines, piece, size, width);
        }
        lines
    }

    /// The first lines of many; the last of them ends with an ellipsis.
    pub fn cut(&self, lines: &[String], size: f32, most: usize, width: f32) -> Vec<String> {
        let mut lines = lines[..most].to_vec();
        if let Some(last) = lines.last_mut() {
            *last = self.fitted(&format!("{}{ELLIPSIS}", last.trim_end()), size, width);
        }
        lines
    }

    /// The text on one line: what is too much gives way to an ellipsis.
    pub fn fitted(&self, text: &str, size: f32, width: f32) -> String {
        let mut fitted = text.to_owned();
        while !self.is_narrower(&fitted, size, width) {
            let mut kept = fitted.trim_end_matches(ELLIPSIS).chars();
            kept.next_back();
            fitted = format!("{}{ELLIPSIS}", kept.as_str().trim_end());
        }
        fitted
    }

    fn push_letters(&self, lines: &mut Vec<String>, word: &str, size: f32, width: f32) {
        for letter in word.chars() {
            let line = lines.last_mut().expect("there is one");
            if self.is_narrower(&format!("{line}{letter}"), size, width) {
                line.push(letter);
            } else {
                lines.push(letter.to_string());
            }
        }
    }

    fn is_narrower(&self, text: &str, size: f32, width: f32) -> bool {
        let font = self.font.as_scaled(self.scale(size));
        let end = self.places(text.trim_end(), size).last();
        end.is_none_or(|(id, x)| x + font.h_advance(id) <= width)
    }

    /// The letters of a line that begins at 0, 0.
    pub fn outlined(&self, line: &str, size: f32) -> Vec<OutlinedGlyph> {
        let scale = self.scale(size);
        let glyphs =
            self.places(line, size).map(|(id, x)| id.with_scale_and_position(scale, point(x, 0.0)));
        glyphs.filter_map(|glyph| self.font.outline_glyph(glyph)).collect()
    }

    /// The letters of a line, and how far from its beginning each stands.
    fn places(&self, line: &str, size: f32) -> impl Iterator<Item = (GlyphId, f32)> {
        let font = self.font.as_scaled(self.scale(size));
        let mut end: Option<(GlyphId, f32)> = None;
        line.chars().map(move |c| {
            let id = font.glyph_id(c);
            let x = end.map_or(0.0, |(before, end)| end + font.kern(before, id));
            end = Some((id, x + font.h_advance(id)));
            (id, x)
        })
    }

    /// The crate counts from the highest letter to the lowest, people in ems.
    fn scale(&self, size: f32) -> PxScale {
        let em = self.font.units_per_em().expect("a font that a test has read");
        PxScale::from(size * self.font.height_unscaled() / em)
    }
}
