//! The cover of a post: the picture that stands for it where somebody shows a link to it.

mod canvas;
mod face;

use super::Size;
use crate::text::Colour;
use canvas::Canvas;
use face::Face;
use sha2::{Digest, Sha256};

/// What a cover shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cover {
    /// What the post is called.
    pub title: String,
    /// The name of the blog.
    pub site: String,
    /// Who wrote it, where somebody knows.
    pub author: Option<String>,
    /// When: as people write it, and in digits, which every font has.
    pub date: Option<[String; 2]>,
    /// The colour of the ground; it is made dark enough for white letters.
    pub ground: Colour,
}

/// From the edge to the letters, in pixels.
const MARGIN: f32 = 88.0;
/// From the top to the line on which the name of the blog stands, and to that of the signature.
const SITE_LINE: f32 = 124.0;
const SIGNATURE_LINE: f32 = 548.0;
/// How large both are.
const SMALL: f32 = 34.0;
/// How large a title may be, and in how many lines; the first that fits. Of the last, what is too much is left out.
const SIZES: [(f32, usize); 4] = [(92.0, 2), (76.0, 3), (62.0, 4), (54.0, 5)];
/// From one line of a title to the next, in its size.
const LEADING: f32 = 1.16;
/// How white the name of the blog and the signature are, and what only fills the room.
const SOFT: f32 = 0.8;
const FAINT: f32 = 0.25;
/// Between what stands on one line.
const BETWEEN: &str = "  ·  ";

impl Cover {
    /// What those expect who show links (<https://ogp.me>), in pixels.
    pub const SIZE: Size = Size { width: 1200, height: 630 };

    /// A name for the picture: another if it would show something else.
    pub fn digest(&self) -> String {
        // The number goes up when covers look different.
        let parts = (1, &self.title, &self.site, &self.author, &self.date, self.ground.hex());
        let digest = Sha256::digest(format!("{parts:?}"));
        digest[..8].iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The picture, as a PNG. What the font has no letters for is left out, a title as a whole.
    pub fn draw(&self) -> Vec<u8> {
        let face = Face::load();
        let ground = self.ground.readable_on(Colour::WHITE, Colour::BLACK);
        let mut canvas = Canvas::new(Cover::SIZE);
        let width = canvas.width() - 2.0 * MARGIN;

        if let Some(site) = face.spelled(&self.site) {
            let site = face.fitted(&site, SMALL, width);
            canvas.write(&face.outlined(&site, SMALL), (MARGIN, SITE_LINE), SOFT);
        }
        match face.spelled(&self.title) {
            Some(title) => draw_title(&mut canvas, &face, &title, width),
            None => draw_quotation_mark(&mut canvas, &face),
        }
        let author = self.author.as_ref().and_then(|author| face.spelled(author));
        let date = self.date.iter().flatten().find_map(|date| face.spelled(date));
        let signature: Vec<_> = author.into_iter().chain(date).collect();
        let signature = face.fitted(&signature.join(BETWEEN), SMALL, width);
        canvas.write(&face.outlined(&signature, SMALL), (MARGIN, SIGNATURE_LINE), SOFT);
        canvas.into_png(ground)
    }
}

/// The title, as large as it fits, in the middle between the other lines.
fn draw_title(canvas: &mut Canvas, face: &Face, title: &str, width: f32) {
    let (lines, size) = broken(face, title, width);
    let middle = (SITE_LINE + SIGNATURE_LINE - SMALL) / 2.0;
    // Capitals are about seven tenths of the size.
    let first = middle - (lines.len() - 1) as f32 * size * LEADING / 2.0 + 0.7 * size / 2.0;
    for (n, line) in lines.iter().enumerate() {
        let at = (MARGIN, first + n as f32 * size * LEADING);
        canvas.write(&face.outlined(line, size), at, 1.0);
    }
}

/// A title in lines, and how large they are.
fn broken(face: &Face, title: &str, width: f32) -> (Vec<String>, f32) {
    for (size, most) in SIZES {
        let lines = face.lines(title, size, width);
        if lines.len() <= most {
            return (lines, size);
        }
    }
    let [.., (size, most)] = SIZES;
    (face.cut(&face.lines(title, size, width), size, most, width), size)
}

/// In place of a title in a script that the font does not have.
fn draw_quotation_mark(canvas: &mut Canvas, face: &Face) {
    let at = (MARGIN - 24.0, 670.0);
    canvas.write(&face.outlined("“", 640.0), at, FAINT);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cover(title: &str) -> Cover {
        Cover {
            title: title.to_owned(),
            site: "Ada's notes".to_owned(),
            author: Some("Ada".to_owned()),
            date: Some(["24 November 2026".to_owned(), "2026-11-24".to_owned()]),
            ground: Colour::parse("#17596a").unwrap(),
        }
    }

    fn pixels(cover: &Cover) -> image::RgbImage {
        let png = cover.draw();
        image::load_from_memory_with_format(&png, image::ImageFormat::Png).unwrap().into_rgb8()
    }

    #[test]
    fn a_cover_has_the_size_that_is_asked_for_and_is_not_heavy() {
        let png =
            cover("An engine that weaves algebraical patterns just as the loom weaves flowers")
                .draw();
        let picture = image::load_from_memory(&png).unwrap();
        assert_eq!((picture.width(), picture.height()), (1200, 630));
        assert!(png.len() < 40_000, "{} bytes", png.len());
    }

    #[test]
    fn whatever_the_title_nothing_is_written_over_the_edge() {
        let titles = [
            "M".repeat(400),
            "Donaudampfschifffahrtsgesellschaftskapitänswitwenrente".to_owned(),
            "many words ".repeat(80),
            "Ἐν ἀρχῇ ἦν ὁ λόγος, и Слово было у Бога, tiếng Việt".to_owned(),
        ];
        for title in titles {
            let picture = pixels(&cover(&title));
            let ground = *picture.get_pixel(0, 0);
            let in_margin = |x: u32, y: u32| !(60..1140).contains(&x) || !(60..590).contains(&y);
            let over = picture
                .enumerate_pixels()
                .find(|(x, y, pixel)| in_margin(*x, *y) && **pixel != ground);
            assert!(over.is_none(), "{title}: {over:?}");
        }
    }

    #[test]
    fn a_title_that_the_font_cannot_write_is_left_out_as_a_whole() {
        let chinese = pixels(&cover("红楼梦"));
        assert_eq!(chinese, pixels(&cover("Rust 与 العربية")));
        assert_ne!(chinese, pixels(&cover("Rust")));
        // What is no letter is no loss.
        assert_eq!(pixels(&cover("Rust 🦀")), pixels(&cover("Rust")));
    }

    #[test]
    fn another_title_site_author_or_colour_is_another_picture() {
        let one = cover("One");
        let others = [
            cover("Two"),
            Cover { site: "Another".to_owned(), ..one.clone() },
            Cover { author: Some("Bob".to_owned()), ..one.clone() },
            Cover { date: None, ..one.clone() },
            Cover { ground: Colour::BLACK, ..one.clone() },
        ];
        for other in others {
            assert_ne!(one.digest(), other.digest());
            assert_ne!(pixels(&one), pixels(&other));
        }
        assert_eq!(one.digest(), cover("One").digest());
    }
}
