/// How an earlier text differs from a later one: one stretch of it. Typing changes a text in one place, so that this is
/// short, and it is made in no time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delta {
    /// So many bytes at the beginning are the same in both.
    pub kept_start: usize,
    /// So many bytes at the end are the same in both.
    pub kept_end: usize,
    /// What the earlier text has between them.
    pub middle: String,
}

impl Delta {
    /// What leads from `later` back to `earlier`.
    pub fn back(later: &str, earlier: &str) -> Delta {
        let kept_start = earlier.floor_char_boundary(same(later.bytes(), earlier.bytes()));
        let (later, rest) = (&later.as_bytes()[kept_start..], &earlier[kept_start..]);
        let kept_end = same(later.iter().rev().copied(), rest.bytes().rev());
        let end = rest.ceil_char_boundary(rest.len() - kept_end);
        Delta { kept_start, kept_end: rest.len() - end, middle: rest[..end].to_owned() }
    }

    /// The earlier text, or nothing where `later` is not the text it was made from.
    pub fn apply(&self, later: &str) -> Option<String> {
        let start = later.get(..self.kept_start)?;
        let end = later.get(later.len().checked_sub(self.kept_end)?..)?;
        Some([start, &self.middle, end].concat())
    }
}

fn same(a: impl Iterator<Item = u8>, b: impl Iterator<Item = u8>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_earlier_text_comes_back() {
        let texts =
            ["", "a", "aa", "aaa", "abc", "axc", "é", "è", "xéy", "xèy", "漢字", "漢", "字"];
        for later in texts {
            for earlier in texts {
                let delta = Delta::back(later, earlier);
                assert_eq!(delta.apply(later).as_deref(), Some(earlier), "{later} to {earlier}");
            }
        }
    }

    #[test]
    fn a_word_in_the_middle_is_all_that_is_kept() {
        let delta = Delta::back("one two three", "one three");
        assert!(delta.middle.is_empty(), "{delta:?}");
    }

    #[test]
    fn a_text_that_is_too_short_gives_nothing() {
        assert_eq!(Delta::back("one two", "one").apply("on"), None);
    }
}
