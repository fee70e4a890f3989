use crate::text::Colour;

/// The backgrounds that `static/css/10-tokens.css` gives the pages.
const PAPER: &str = "#fcfbf8";
const NIGHT: &str = "#17181b";

/// The owner's own style sheet: their colour, readable by day and by night, and what they wrote themselves.
pub(super) fn style_sheet(accent: &str, custom_css: &str) -> String {
    let colours = match (Colour::parse(accent), Colour::parse(PAPER), Colour::parse(NIGHT)) {
        (Some(accent), Some(paper), Some(night)) => colours(accent, paper, night),
        _ => String::new(),
    };
    colours + custom_css
}

fn colours(accent: Colour, paper: Colour, night: Colour) -> String {
    let day = accent.readable_on(paper, Colour::BLACK);
    let dark = accent.readable_on(night, Colour::WHITE);
    let pair = |day: Colour, dark: Colour| format!("light-dark({}, {})", day.hex(), dark.hex());
    let strong = pair(day.mixed(Colour::BLACK, 0.25), dark.mixed(Colour::WHITE, 0.35));
    format!(":root {{ --accent: {}; --accent-strong: {strong}; }}\n", pair(day, dark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_accent_stands_before_what_the_owner_wrote() {
        let css = style_sheet("#ffcc00", "p {}");
        assert!(css.starts_with(":root { --accent: light-dark(#"), "{css}");
        assert!(css.ends_with("p {}"), "{css}");
        assert_eq!(style_sheet("", "p {}"), "p {}");
    }

    #[test]
    fn the_backgrounds_are_those_of_the_pages() {
        let tokens = include_str!("../../../static/css/10-tokens.css");
        assert!(tokens.contains(&format!("--paper: light-dark({PAPER}, {NIGHT});")));
    }
}
