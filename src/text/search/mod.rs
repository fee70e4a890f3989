//! Words as they are found: without regard to case, accents and the way a script puts words together.

mod highlight;
mod query;

pub use highlight::{Piece, excerpt, highlight};
pub use query::Query;

use unicode_normalization::UnicodeNormalization;

/// The most characters of a text that are looked at.
const MOST: usize = 1024 * 1024;

/// `text` as the index keeps it: folded, and where a script puts no spaces between its words, every two characters that
/// stand beside each other as a word of their own, so that any part of a text is found.
pub fn indexed(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    let mut before = None;
    for c in text.chars().take(MOST).flat_map(folded) {
        match (before, has_no_spaces(c)) {
            (Some(_), true) => words.extend([c, ' ', c]),
            (None, true) => words.extend([' ', c]),
            (Some(_), false) => words.extend([' ', c]),
            (None, false) => words.push(c),
        }
        before = has_no_spaces(c).then_some(c);
    }
    words
}

/// Whether a script puts no spaces between its words: Thai, Lao, Japanese, Chinese and their neighbours.
pub fn has_no_spaces(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
        && (c.is_alphabetic() || unicode_normalization::char::is_combining_mark(c))
}

/// A character in small letters and without accents; it may be several, or none. Only marks that a reader may leave out
/// go: those of Latin, Greek, Cyrillic, Hebrew and Arabic.
fn folded(c: char) -> impl Iterator<Item = char> {
    let is_accent = |c: &char| matches!(c, '\u{300}'..='\u{36F}' | '\u{591}'..='\u{5C7}' | '\u{610}'..='\u{61A}' | '\u{640}' | '\u{64B}'..='\u{65F}' | '\u{670}');
    let parts = std::iter::once(c).nfkd().filter(move |c| !is_accent(c));
    let small: String = parts.flat_map(char::to_lowercase).nfc().collect();
    small.replace('ß', "ss").chars().collect::<Vec<_>>().into_iter()
}

/// Whether a character belongs to a word, in the eyes of the index.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_forms_make_no_other_word() {
        assert_eq!(indexed("ÉTÉ e\u{301}te\u{301} Ａ"), "ete ete a");
        assert_eq!(indexed("Straße"), "strasse");
        assert_eq!(indexed("مَرْحَبًا"), "مرحبا");
    }

    #[test]
    fn where_words_have_no_spaces_every_two_characters_are_a_word() {
        assert_eq!(indexed("去海边a"), " 去海 海边 边 a");
        assert_eq!(indexed("한국어"), "한국어");
    }
}
