//! A text cut into words and sentences, none of it lost.

use unicode_segmentation::UnicodeSegmentation;

/// What ends a sentence where white space follows.
const ENDS: [char; 11] = ['.', '!', '?', '…', '。', '！', '？', '؟', '۔', '।', '॥'];
/// What ends a sentence in scripts that put no space behind it.
const ENDS_ALONE: [char; 3] = ['。', '！', '？'];
/// What may stand between the end of a sentence and the next.
const CLOSING: [char; 12] = ['"', '\'', '”', '’', '»', ')', ']', '*', '_', '」', '』', '）'];

/// Words and the marks between them, each with the white space behind it. In scripts without spaces
/// a character is a word. White space at the beginning and breaks between paragraphs stand alone.
pub fn words(text: &str) -> Vec<&str> {
    let pieces = text.split_word_bound_indices();
    let starts = pieces.filter(|(_, piece)| !is_space(piece)).map(|(at, _)| at);
    let ends = starts.chain([text.len()]);
    let mut start = 0;
    let words = ends.map(|end| &text[std::mem::replace(&mut start, end)..end]);
    words.flat_map(apart_from_break).filter(|word| !word.is_empty()).collect()
}

/// Sentences, headings, list items and rows, each with the white space behind it.
pub fn sentences(text: &str) -> Vec<&str> {
    let words = words(text);
    let (mut sentences, mut start, mut end) = (Vec::new(), 0, 0);
    for (at, word) in words.iter().enumerate() {
        end += word.len();
        if words.get(at + 1).is_none_or(|next| is_boundary(&text[start..end], next)) {
            sentences.push(&text[start..end]);
            start = end;
        }
    }
    sentences
}

/// How many words there are, marks not counted.
pub fn count(text: &str) -> usize {
    text.unicode_words().count()
}

/// Parts a word from the white space behind it.
pub fn parted(word: &str) -> (&str, &str) {
    word.split_at(word.trim_end().len())
}

/// Whether a word is no word, but the break between two paragraphs.
pub fn is_break(word: &str) -> bool {
    word.matches('\n').count() > 1 && is_space(word)
}

fn is_space(piece: &str) -> bool {
    piece.trim_start().is_empty()
}

fn apart_from_break(word: &str) -> [&str; 2] {
    let (visible, space) = parted(word);
    if is_break(space) { [visible, space] } else { [word, ""] }
}

fn is_boundary(sentence: &str, next: &str) -> bool {
    let (visible, space) = parted(sentence);
    if is_break(space) || is_break(next) {
        return true;
    }
    // A line that begins with a mark or a number begins an item, a heading or a row.
    if space.contains('\n') && !next.starts_with(char::is_alphabetic) {
        return true;
    }
    let ends_with = |ends: &[char]| visible.trim_end_matches(CLOSING).ends_with(ends);
    match space {
        "" => !next.starts_with(CLOSING) && ends_with(&ENDS_ALONE),
        _ => ends_with(&ENDS),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_keeps_the_space_behind_it_and_a_mark_stands_alone() {
        assert_eq!(words(" It’s  1.5, no?\n"), [" ", "It’s  ", "1.5", ", ", "no", "?\n"]);
    }

    #[test]
    fn a_break_between_paragraphs_stands_alone() {
        assert_eq!(words("a\n\n  b\nc"), ["a", "\n\n  ", "b\n", "c"]);
    }

    #[test]
    fn scripts_without_spaces_are_cut_by_character() {
        assert_eq!(words("我喜欢，猫"), ["我", "喜", "欢", "，", "猫"]);
        assert_eq!(words("ที่นี่"), ["ที่", "นี่"]);
        assert_eq!(words("ねこ"), ["ね", "こ"]);
    }

    #[test]
    fn a_sentence_ends_at_its_mark() {
        assert_eq!(
            sentences("One (1.5 \"kg.\") *Two!* Three\nfour? 五。「六。」七"),
            ["One (1.5 \"kg.\") ", "*Two!* ", "Three\nfour? ", "五。", "「六。」", "七"]
        );
    }

    #[test]
    fn an_item_is_a_sentence_though_no_mark_ends_it() {
        assert_eq!(sentences("# A\n- b\n- c\n1. d"), ["# A\n", "- b\n", "- c\n", "1. ", "d"]);
    }

    #[test]
    fn nothing_of_a_text_is_lost() {
        for text in
            ["", " ", "\n\n\n", "\u{301}a", "\0 \u{301}\u{301}", "שלום (עולם)! ", "👩‍👩‍👧🇩🇪\r\n."]
        {
            assert_eq!(words(text).concat(), text);
            assert_eq!(sentences(text).concat(), text);
        }
    }
}
