use deunicode::deunicode_char;
use serde::Serialize;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;
use uuid::Uuid;

/// The part of a post's address that names it: `hello-world`.
///
/// Latin letters lose their accents, letters of other scripts stay as they are; between words stands a hyphen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Slug(String);

impl Slug {
    /// The longest slug, in bytes: what an address bar and a file system bear.
    pub const MAX_LEN: usize = 180;

    /// The slug a text suggests, or `None` when no letter or digit is left of it.
    pub fn from_text(text: &str) -> Option<Slug> {
        let beginning = text.nfc().take(4 * Slug::MAX_LEN);
        let plain: String = beginning.map(fold_latin).collect::<Vec<_>>().concat();
        let words =
            plain.split(|c| !is_word(c)).filter(|word| word.chars().any(char::is_alphanumeric));
        let slug = shortened(words.map(str::to_lowercase));
        // An address that reads as a UUID would lead to another post.
        (!slug.is_empty() && Uuid::try_parse(&slug).is_err()).then_some(Slug(slug))
    }

    /// Accepts `text` only if it is already a slug.
    pub fn parse(text: &str) -> Option<Slug> {
        Slug::from_text(text).filter(|slug| slug.0 == text)
    }

    /// The same slug for the `n`th post that wants it: `hello-world-2`.
    pub fn numbered(&self, n: usize) -> Slug {
        let end = format!("-{n}");
        let room = self.0.floor_char_boundary(Slug::MAX_LEN - end.len());
        Slug(self.0[..room].trim_end_matches('-').to_owned() + &end)
    }

    /// The slug as written in an address, before percent-encoding.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for Slug {
    /// For a title that suggests nothing.
    fn default() -> Slug {
        Slug("post".to_owned())
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || canonical_combining_class(c) != 0
}

/// `é` becomes `e`, `ß` becomes `ss`; an apostrophe joins (`don't` is `dont`).
fn fold_latin(c: char) -> String {
    match c {
        '\'' | '’' => String::new(),
        'a'..='z' | 'A'..='Z' | '0'..='9' => c.to_string(),
        '\u{AA}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' if c.is_alphabetic() => {
            deunicode_char(c).map_or_else(|| c.to_string(), str::to_owned)
        }
        other => other.to_string(),
    }
}

/// As many whole words as fit; at least the beginning of the first.
fn shortened(words: impl Iterator<Item = String>) -> String {
    let mut slug = String::new();
    for word in words {
        match slug.is_empty() {
            true => slug.push_str(&word[..word.floor_char_boundary(Slug::MAX_LEN)]),
            false if slug.len() + 1 + word.len() > Slug::MAX_LEN => break,
            false => slug.extend(["-", &word]),
        }
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slug(text: &str) -> String {
        Slug::from_text(text).unwrap().as_str().to_owned()
    }

    #[test]
    fn punctuation_becomes_a_single_hyphen() {
        assert_eq!(slug("Hello,  World!"), "hello-world");
        assert_eq!(slug("Don't — stop"), "dont-stop");
    }

    #[test]
    fn latin_letters_lose_their_accents_and_other_scripts_stay() {
        assert_eq!(slug("Crème brûlée für Søren"), "creme-brulee-fur-soren");
        assert_eq!(slug("Привет, мир"), "привет-мир");
        assert_eq!(slug("日本語の題名"), "日本語の題名");
        assert_eq!(slug("हिन्दी में"), "हिन्दी-में");
    }

    #[test]
    fn a_text_without_letters_or_digits_has_no_slug() {
        assert_eq!(Slug::from_text("?! 🎉"), None);
    }

    #[test]
    fn only_a_slug_parses_as_one() {
        assert!(Slug::parse("hello-world").is_some());
        assert!(Slug::parse("Hello World").is_none());
        assert!(Slug::parse("../etc/passwd").is_none());
        assert!(Slug::parse("a--b").is_none());
    }

    #[test]
    fn every_slug_parses_as_itself() {
        for text in [
            "İstanbul",
            "ẞharp",
            "ǅ",
            "Ω ohm",
            "ﬁne",
            "x".repeat(500).as_str(),
            "éa ".repeat(200).as_str(),
        ] {
            let slug = Slug::from_text(text).unwrap();
            assert_eq!(Slug::parse(slug.as_str()), Some(slug.clone()), "{text}");
            assert!(slug.as_str().len() <= Slug::MAX_LEN);
        }
    }

    #[test]
    fn a_numbered_slug_is_a_slug_however_long_it_was() {
        let long = Slug::from_text(&"long words ".repeat(50)).unwrap().numbered(12);
        assert_eq!(Slug::parse(long.as_str()), Some(long.clone()));
        assert!(long.as_str().ends_with("-12"));
    }

    #[test]
    fn an_address_that_reads_as_a_uuid_is_no_slug() {
        assert_eq!(Slug::from_text("67e55044-10b1-426f-9247-bb680e5fe0c8"), None);
    }
}
