//! The levels of headings.

/// The headings above the present place: as which they came, and as which they were written. The title of the post is
/// above all of them, and no level is left out.
#[derive(Default)]
pub struct Headings(Vec<(u8, u8)>);

impl Headings {
    /// The level to write a heading with.
    pub fn level(&mut self, level: u8) -> u8 {
        self.0.retain(|(above, _)| *above < level);
        let lowest = self.0.last().map_or(1, |(_, written)| *written) + 1;
        let written = level.min(lowest);
        self.0.push((level, written));
        written
    }
}

#[cfg(test)]
mod tests {
    use crate::text::sanitize::clean;

    #[test]
    fn no_level_of_headings_is_left_out() {
        assert_eq!(
            clean("<h3>a</h3><h5>b</h5><h5>c</h5><h3>d</h3><h2>e</h2>"),
            "<h2>a</h2><h3>b</h3><h3>c</h3><h2>d</h2><h2>e</h2>"
        );
        let right = "<h1>a</h1><h2>b</h2><h3>c</h3><h2>d</h2>";
        assert_eq!(clean(right), right);
        assert_eq!(clean("<h2> <b></b></h2>"), " <b></b>");
        assert_eq!(
            clean("<h2><img src=\"/a\" alt=\"a\"></h2>"),
            "<h2><img src=\"/a\" alt=\"a\"></h2>"
        );
    }
}
