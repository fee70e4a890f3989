//! Words in, words out.

pub mod diff;
pub mod markdown;
pub mod search;

mod colour;
mod delta;
mod file_name;
mod from_html;
mod highlight;
mod language;
mod merge;
mod name;
mod plain;
mod runs;
mod sanitize;
mod size;
mod slug;
mod user_agent;
mod words;
mod work;

pub use colour::Colour;
pub use delta::Delta;
pub use diff::Diff;
pub use file_name::file_name;
pub use from_html::markdown_of;
pub use language::{direction, language_tag};
pub use merge::{Merge, merge_value};
pub use name::{fold, is_name_character};
pub use plain::{plain_text, plain_xml, words_of};
pub use sanitize::removed;
pub use size::size_in_words;
pub use slug::Slug;
pub use user_agent::browser;

/// `text` on one line: control characters and runs of white space become single spaces.
pub fn single_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// `text` with `\n` at the end of every line, whatever a browser or another system put there.
pub fn unix_lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_line_has_no_breaks_and_no_control_characters() {
        assert_eq!(single_line("  a\r\nb\t\u{0}c  "), "a b c");
    }

    #[test]
    fn every_kind_of_line_end_becomes_the_same() {
        assert_eq!(unix_lines("a\r\nb\rc\n"), "a\nb\nc\n");
    }
}
