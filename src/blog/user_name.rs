use super::Problem;
use crate::text;
use unicode_normalization::UnicodeNormalization;

/// The name of an account: 1 to 32 letters of any script, digits, `-` and `_`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserName {
    shown: String,
    key: String,
}

impl UserName {
    /// The most characters a name has.
    pub const MAX_CHARS: usize = 32;

    /// Reads a name as somebody typed it.
    pub fn parse(text: &str) -> Result<UserName, Problem> {
        let problem = |message| Err(Problem::new("username", message));
        let shown: String = text.trim().nfc().collect();
        if shown.is_empty() {
            return problem("Please choose a user name.");
        }
        if shown.chars().count() > UserName::MAX_CHARS {
            return problem("A user name has at most 32 characters.");
        }
        let starts_well =
            shown.chars().next().is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
        if !starts_well || !shown.chars().all(text::is_name_character) {
            return problem("A user name is made of letters, digits, “-” and “_”, without spaces.");
        }
        Ok(UserName { key: text::fold(&shown), shown })
    }

    /// As typed.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// The same for every spelling that counts as the same name.
    pub fn key(&self) -> &str {
        &self.key
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_shown_as_typed_and_known_without_regard_to_case() {
        let name = UserName::parse("Ada-Émile_7").unwrap();
        assert_eq!(name.shown(), "Ada-Émile_7");
        assert_eq!(name.key(), UserName::parse("ADA-e\u{301}MILE_7").unwrap().key());
    }

    #[test]
    fn names_have_one_to_thirty_two_characters() {
        assert!(UserName::parse(&"é".repeat(32)).is_ok());
        assert!(UserName::parse(&"é".repeat(33)).is_err());
        assert!(UserName::parse("  ").is_err());
    }

    #[test]
    fn a_name_with_spaces_or_signs_or_a_mark_without_a_letter_is_refused() {
        for text in ["a b", "a@b", "<b>", "a\u{202E}b", "\u{301}a", "a/b", "🎉"] {
            assert!(UserName::parse(text).is_err(), "{text}");
        }
    }
}
