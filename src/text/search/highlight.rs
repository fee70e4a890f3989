use super::{Query, folded, has_no_spaces, is_word};
use serde::Serialize;
use std::ops::Range;

/// A part of a text.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// What it says.
    pub text: String,
    /// Whether it was looked for.
    pub hit: bool,
}

/// How many characters an excerpt has, and how many of them stand before the first word that was looked for.
const LENGTH: usize = 240;
const BEFORE: usize = 60;

/// All of a text, what was looked for marked in it.
pub fn highlight(text: &str, query: &Query) -> Vec<Piece> {
    pieces(text, &hits(text, query), 0..text.len())
}

/// The part of a text that has most of what was looked for.
pub fn excerpt(text: &str, query: &Query) -> Vec<Piece> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let hits = hits(&text, query);
    let within = |start: usize| {
        let end = ahead(&text, start, LENGTH - BEFORE);
        let mut words: Vec<_> =
            hits.iter().filter(|hit| hit.at.start >= start && hit.at.end <= end).collect();
        words.sort_by_key(|hit| hit.word);
        words.dedup_by_key(|hit| hit.word);
        words.len()
    };
    // The first of the best: `max_by_key` would take the last.
    let best = hits.iter().take(200).rev().max_by_key(|hit| within(hit.at.start));
    let first = best.map_or(0, |hit| hit.at.start);
    let start = back(&text, first, BEFORE);
    let end = ahead(&text, start, LENGTH);
    let start = if start == 0 { 0 } else { start + to_next_word(&text[start..first]) };
    let end = if end == text.len() { end } else { start + to_last_word(&text[start..end]) };
    let mut pieces = pieces(&text, &hits, start..end);
    if start > 0 {
        pieces.insert(0, Piece { text: "… ".to_owned(), hit: false });
    }
    if end < text.len() {
        pieces.push(Piece { text: " …".to_owned(), hit: false });
    }
    pieces
}

/// Where a word that was looked for stands.
struct Hit {
    at: Range<usize>,
    /// Which one of the words it is.
    word: usize,
}

/// Everything that was looked for, from left to right.
fn hits(text: &str, query: &Query) -> Vec<Hit> {
    // Folding changes lengths, so every folded character knows where it comes from.
    let folded: Vec<(char, Range<usize>)> = text
        .char_indices()
        .flat_map(|(at, c)| folded(c).map(move |folded| (folded, at..at + c.len_utf8())))
        .collect();
    let words: Vec<(Vec<char>, bool)> =
        query.words().map(|(word, open)| (word.chars().collect(), open)).collect();
    let mut hits = Vec::new();
    let mut n = 0;
    while n < folded.len() {
        let found = words.iter().position(|(word, open)| stands_at(&folded, n, word, *open));
        match found {
            Some(word) => {
                let length = words[word].0.len();
                hits.push(Hit { at: folded[n].1.start..folded[n + length - 1].1.end, word });
                n += length;
            }
            None => n += 1,
        }
    }
    hits
}

fn stands_at(text: &[(char, Range<usize>)], n: usize, word: &[char], open: bool) -> bool {
    let end = n + word.len();
    let matches =
        text.len() >= end && text[n..end].iter().zip(word).all(|((c, _), other)| c == other);
    let joined = |n: usize| text.get(n).is_some_and(|(c, _)| is_word(*c) && !has_no_spaces(*c));
    let spaceless = word.first().is_some_and(|c| has_no_spaces(*c));
    matches && (spaceless || ((n == 0 || !joined(n - 1)) && (open || !joined(end))))
}

fn pieces(text: &str, hits: &[Hit], window: Range<usize>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = window.start;
    let mut push = |range: Range<usize>, hit| {
        if !range.is_empty() {
            pieces.push(Piece { text: text[range].to_owned(), hit });
        }
    };
    for hit in hits.iter().filter(|hit| hit.at.start >= window.start && hit.at.end <= window.end) {
        push(at..hit.at.start, false);
        push(hit.at.clone(), true);
        at = hit.at.end;
    }
    push(at..window.end, false);
    pieces
}

/// So many characters further.
fn ahead(text: &str, from: usize, characters: usize) -> usize {
    text[from..].char_indices().nth(characters).map_or(text.len(), |(at, _)| from + at)
}

/// So many characters back.
fn back(text: &str, from: usize, characters: usize) -> usize {
    text[..from].char_indices().rev().nth(characters.saturating_sub(1)).map_or(0, |(at, _)| at)
}

fn to_next_word(text: &str) -> usize {
    text.find(' ').map_or(0, |at| at + 1)
}

fn to_last_word(text: &str) -> usize {
    text.rfind(' ').filter(|at| *at > text.len() / 2).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(pieces: &[Piece]) -> String {
        let mark = |piece: &Piece| match piece.hit {
            true => format!("[{}]", piece.text),
            false => piece.text.clone(),
        };
        pieces.iter().map(mark).collect()
    }

    fn highlighted(text: &str, query: &str) -> String {
        marked(&highlight(text, &Query::parse(query)))
    }

    #[test]
    fn what_was_looked_for_is_marked_as_it_is_written() {
        assert_eq!(highlighted("L’ÉTÉ, étés", "ete"), "L’[ÉTÉ], [été]s");
        assert_eq!(highlighted("grey sea, seasick", "\"sea\""), "grey [sea], seasick");
        assert_eq!(highlighted("去海边散步", "海边"), "去[海边]散步");
        assert_eq!(highlighted("rain", "-rain sun"), "rain");
    }

    #[test]
    fn an_excerpt_shows_where_most_of_it_stands() {
        let text =
            format!("{} one {} one two {}", "x ".repeat(300), "y ".repeat(300), "z ".repeat(300));
        let excerpt = marked(&excerpt(&text, &Query::parse("one \"two\"")));
        assert!(excerpt.starts_with("… y ") && excerpt.ends_with("z …"), "{excerpt}");
        assert!(excerpt.contains("[one] [two]"), "{excerpt}");
    }

    #[test]
    fn no_text_and_no_question_breaks_it() {
        let texts = [
            "",
            "a",
            "ﷺ ß İ ﬁ",
            "é".repeat(5000).leak(),
            "去".repeat(5000).leak(),
            "a\u{301}\u{301} b",
        ];
        for text in texts {
            for query in ["a", "é", "去", "ss", "i fi", "\"\"", "صلى", "b* -a"] {
                let query = Query::parse(query);
                let whole: String =
                    highlight(text, &query).into_iter().map(|piece| piece.text).collect();
                assert_eq!(whole, text);
                excerpt(text, &query);
            }
        }
    }
}
