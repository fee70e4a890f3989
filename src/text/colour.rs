//! Colours that can be read.

/// A colour, eight bits a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour {
    channels: [u8; 3],
}

/// The contrast that small text needs (WCAG 2.2, success criterion 1.4.3), and a little for backgrounds in between.
const READABLE: f64 = 5.0;

impl Colour {
    /// Black.
    pub const BLACK: Colour = Colour { channels: [0; 3] };
    /// White.
    pub const WHITE: Colour = Colour { channels: [255; 3] };

    /// Reads `#17596a` or `#abc`.
    pub fn parse(text: &str) -> Option<Colour> {
        let digits = text.strip_prefix('#')?;
        let digits: String = match digits.len() {
            3 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
            _ => digits.to_owned(),
        };
        let all = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        let number = u32::from_str_radix(&digits, 16).ok().filter(|_| all)?;
        let [_, channels @ ..] = number.to_be_bytes();
        Some(Colour { channels })
    }

    /// Red, green and blue.
    pub fn channels(self) -> [u8; 3] {
        self.channels
    }

    /// `#rrggbb`.
    pub fn hex(self) -> String {
        let [red, green, blue] = self.channels;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    /// The colour, moved towards `end` only as far as it takes to be read on `background`.
    pub fn readable_on(self, background: Colour, end: Colour) -> Colour {
        let steps = (0..=20).map(|step| self.mixed(end, f64::from(step) / 20.0));
        steps.into_iter().find(|colour| colour.contrast(background) >= READABLE).unwrap_or(end)
    }

    /// The colour with a share, from 0 to 1, of another.
    pub fn mixed(self, other: Colour, share: f64) -> Colour {
        let mix = |n: usize| {
            let (own, other) = (f64::from(self.channels[n]), f64::from(other.channels[n]));
            (own + (other - own) * share).round() as u8
        };
        Colour { channels: [mix(0), mix(1), mix(2)] }
    }

    /// From 1 to 21 (WCAG 2.2, contrast ratio).
    fn contrast(self, other: Colour) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// WCAG 2.2, relative luminance.
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.channels.map(|channel| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_read_with_six_digits_or_three() {
        assert_eq!(Colour::parse("#1a2B3c").unwrap().hex(), "#1a2b3c");
        assert_eq!(Colour::parse("#abc").unwrap().hex(), "#aabbcc");
        for text in ["", "#", "teal", "#12345", "#12345g", "123456", "#+12345", "#éé"] {
            assert_eq!(Colour::parse(text), None, "{text}");
        }
    }

    #[test]
    fn whatever_the_colour_it_can_be_read_on_paper_and_at_night() {
        let (paper, night) = (Colour::parse("#fcfbf8").unwrap(), Colour::parse("#17181b").unwrap());
        for text in ["#ffff00", "#000000", "#ffffff", "#808080", "#ff0000", "#0000ff", "#17596a"] {
            let colour = Colour::parse(text).unwrap();
            assert!(colour.readable_on(paper, Colour::BLACK).contrast(paper) >= 4.5, "{text}");
            assert!(colour.readable_on(night, Colour::WHITE).contrast(night) >= 4.5, "{text}");
        }
    }

    #[test]
    fn what_can_be_read_stays_as_it_is() {
        let teal = Colour::parse("#17596a").unwrap();
        assert_eq!(teal.readable_on(Colour::WHITE, Colour::BLACK), teal);
    }
}
