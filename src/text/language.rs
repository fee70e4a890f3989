//! Languages, as BCP 47 names them, and the direction in which they are written.

/// Languages that are written from right to left unless their tag names another script.
const RIGHT_TO_LEFT: [&str; 15] =
    ["ar", "arc", "arz", "ckb", "dv", "fa", "he", "iw", "ks", "pnb", "ps", "sd", "ug", "ur", "yi"];
/// Scripts that are.
const RIGHT_TO_LEFT_SCRIPTS: [&str; 9] =
    ["adlm", "arab", "aran", "hebr", "mand", "nkoo", "rohg", "syrc", "thaa"];

/// `text`, if it has the shape of a language tag: letters, digits and hyphens in groups of at most eight (RFC 5646).
pub fn language_tag(text: &str) -> Option<&str> {
    let group = |group: &str| {
        (1..=8).contains(&group.len()) && group.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    let starts_well = text.bytes().take(2).filter(u8::is_ascii_alphabetic).count() == 2;
    (starts_well && text.split('-').all(group)).then_some(text)
}

/// `ltr` or `rtl`: how a language is written, or where none is named, how most letters of `sample` are.
pub fn direction(language: &str, sample: &str) -> &'static str {
    let right_to_left = match language {
        "" => mostly_right_to_left(sample),
        tag => is_right_to_left(tag),
    };
    if right_to_left { "rtl" } else { "ltr" }
}

fn is_right_to_left(tag: &str) -> bool {
    let tag = tag.to_ascii_lowercase();
    let mut groups = tag.split('-');
    let language = groups.next().unwrap_or_default();
    match groups.find(|group| group.len() == 4 && group.bytes().all(|b| b.is_ascii_alphabetic())) {
        Some(script) => RIGHT_TO_LEFT_SCRIPTS.contains(&script),
        None => RIGHT_TO_LEFT.contains(&language),
    }
}

fn mostly_right_to_left(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic());
    let (right, all) = letters.fold((0, 0), |(right, all), letter| {
        (right + usize::from(is_right_to_left_letter(letter)), all + 1)
    });
    right * 2 > all
}

/// The blocks that Unicode keeps for scripts written from right to left.
fn is_right_to_left_letter(letter: char) -> bool {
    matches!(u32::from(letter), 0x590..=0x8FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFF | 0x10800..=0x10FFF | 0x1E800..=0x1EFFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_has_a_direction_and_a_script_another() {
        for (tag, expected) in
            [("ar", "rtl"), ("he-IL", "rtl"), ("de", "ltr"), ("az-Arab", "rtl"), ("ar-Latn", "ltr")]
        {
            assert_eq!(direction(tag, ""), expected, "{tag}");
        }
    }

    #[test]
    fn where_no_language_is_named_the_letters_say_it() {
        assert_eq!(direction("", "مرحبا بالعالم, as they say"), "rtl");
        assert_eq!(direction("", "He said שלום and left"), "ltr");
        assert_eq!(direction("", "2026!"), "ltr");
    }

    #[test]
    fn a_tag_has_a_shape() {
        assert_eq!(language_tag("pt-BR"), Some("pt-BR"));
        for text in ["", "e", "en\" onload", "en_US", "en--x", "1a"] {
            assert_eq!(language_tag(text), None, "{text}");
        }
    }
}
