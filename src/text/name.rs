use caseless::Caseless;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// What all spellings of one name have in common: canonical caseless matching
/// (The Unicode Standard, section 3.13, D145), composed.
pub fn fold(name: &str) -> String {
    name.nfd().default_case_fold().nfc().collect()
}

/// Whether `c` may stand in a name: a letter or digit of any script, a mark that belongs to the letter before it,
/// `-` or `_`. Letters that show nothing are not letters to us.
pub fn is_name_character(c: char) -> bool {
    const BLANK: [char; 4] = ['\u{115F}', '\u{1160}', '\u{3164}', '\u{FFA0}'];
    let mark = canonical_combining_class(c) != 0;
    (c.is_alphanumeric() || mark || matches!(c, '-' | '_')) && !BLANK.contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_unicode_form_make_no_other_name() {
        assert_eq!(fold("ÉMILE"), fold("e\u{301}mile"));
        assert_eq!(fold("STRASSE"), fold("straße"));
        assert_ne!(fold("ada"), fold("adam"));
    }

    #[test]
    fn letters_of_every_script_may_stand_in_a_name() {
        assert!("हिन्दी-Ада_李7".chars().all(is_name_character));
    }

    #[test]
    fn spaces_and_letters_that_show_nothing_may_not() {
        assert!(!" \u{200B}\u{3164}\u{34F}<'@".chars().any(is_name_character));
    }
}
