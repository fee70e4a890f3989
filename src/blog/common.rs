//! Passwords that are among the first guesses: <https://pages.nist.gov/800-63-4/sp800-63b.html>, section 3.1.1.2.

/// Words that stand at the top of every published list of broken passwords.
const WORDS: &str = include_str!("common_passwords.txt");

/// Ways for a finger to walk over a keyboard.
const WALKS: [&str; 6] = [
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
    "azertyuiopqsdfghjklmwxcvbn",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik",
    "qazwsxedcrfvtgbyhnujmikolp",
    "1q2w3e4r5t6y7u8i9o0p",
];

/// Whether `password` is a common word, the user's own name, a walk over the keyboard or a count, with whatever digits
/// and signs around it, and however often repeated.
pub fn is_common(password: &str, name: &str) -> bool {
    let password = password.to_lowercase();
    let unit = repeated(&password);
    let word = plain(unit);
    let known = |word: &str| {
        WORDS.split_whitespace().any(|known| known == word) || word == name.to_lowercase()
    };
    unit.chars().count() <= 3
        || counts(unit)
        || walks(unit)
        || walks(&word)
        || known(unit)
        || known(&word)
}

/// The part of `text` that it repeats: of `abcabc` it is `abc`, of most texts it is all of it.
fn repeated(text: &str) -> &str {
    let starts = text.char_indices().map(|(at, _)| at).skip(1);
    let mut units =
        starts.map(|at| &text[..at]).filter(|unit| text.len().is_multiple_of(unit.len()));
    units.find(|unit| unit.repeat(text.len() / unit.len()) == text).unwrap_or(text)
}

/// The letters between the digits and signs around a word, with those that stand for letters read as such.
fn plain(text: &str) -> String {
    let trimmed = text.trim_matches(|c: char| !c.is_alphabetic() && !"@$".contains(c));
    let letter = |c| match c {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    };
    trimmed.chars().map(letter).collect()
}

/// Whether every character follows the one before it, up or down; after 9 comes 0.
fn counts(text: &str) -> bool {
    let bytes = text.as_bytes();
    let up = |pair: &[u8]| pair[1] == pair[0].wrapping_add(1) || (pair[0], pair[1]) == (b'9', b'0');
    let down = |pair: &[u8]| up(&[pair[1], pair[0]]);
    bytes.windows(2).all(up) || bytes.windows(2).all(down)
}

fn walks(text: &str) -> bool {
    let back: String = text.chars().rev().collect();
    text.len() >= 6 && WALKS.iter().any(|walk| walk.contains(text) || walk.contains(&back))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_guesses_are_known() {
        for guess in [
            "password1",
            "P@ssw0rd!",
            "123456789012345",
            "87654321",
            "iloveyou",
            "qwertyuiop",
            "1qaz2wsx",
            "poiuytrewq",
            "aaaaaaaa",
            "abcabcabc",
            "abcdefgh",
            "Summer2024!",
            "passwordpassword",
            "asdfghjkl123",
            "lovelace1815",
        ] {
            assert!(is_common(guess, "Lovelace"), "{guess}");
        }
    }

    #[test]
    fn what_nobody_guesses_first_is_not() {
        for fine in [
            "correct horse battery",
            "Tr0ubadour&3x",
            "ein schöner Tag",
            "xkcd-936-comic",
            "日本語の合言葉です",
        ] {
            assert!(!is_common(fine, "Lovelace"), "{fine}");
        }
    }
}
