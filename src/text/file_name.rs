use super::single_line;

/// The most characters of a name.
const LONGEST: usize = 150;

/// What somebody called a file, as words and nothing else: no folders, nothing that cannot be seen or that turns the
/// direction of what follows. It ends in one of `endings`, if there are any.
pub fn file_name(text: &str, endings: &[&str]) -> String {
    let last = text.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last.chars().map(|c| if "\"*:<>?|".contains(c) { ' ' } else { c }).collect();
    let seen: String = single_line(&kept).chars().filter(|c| !is_unseen(*c)).collect();
    let name = seen.trim_matches(|c: char| c == '.' || c.is_whitespace());
    let (stem, ending) = split(name);
    let ending = match endings {
        [usual, ..] if !endings.contains(&ending.to_lowercase().as_str()) => {
            return shortened(if ending.is_empty() { stem } else { name }, usual);
        }
        _ => ending,
    };
    shortened(stem, ending)
}

/// The name and its ending, if that looks like one.
fn split(name: &str) -> (&str, &str) {
    match name.rsplit_once('.') {
        Some((stem, ending))
            if !stem.is_empty()
                && ending.len() <= 10
                && ending.chars().all(|c| c.is_ascii_alphanumeric()) =>
        {
            (stem, ending)
        }
        _ => (name, ""),
    }
}

fn shortened(stem: &str, ending: &str) -> String {
    let stem: String = stem.chars().take(LONGEST - ending.len() - 1).collect();
    let stem = if stem.is_empty() { "file" } else { stem.trim_end() };
    if ending.is_empty() { stem.to_owned() } else { format!("{stem}.{ending}") }
}

/// Marks that turn the direction of writing, and characters without width (The Unicode Standard, chapter 23).
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_never_a_path() {
        for (text, name) in [
            ("../../etc/passwd", "passwd"),
            ("C:\\Windows\\calc.exe", "calc.exe"),
            ("..\\x.jpg", "x.jpg"),
            ("...", "file"),
            ("", "file"),
            (".htaccess", "htaccess"),
            ("a\0b\r\nc.png", "a b c.png"),
            ("a\"b<c>.png", "a b c.png"),
            ("photo\u{202E}gpj.exe", "photogpj.exe"),
            ("Grüße aus Köln.jpeg", "Grüße aus Köln.jpeg"),
        ] {
            assert_eq!(file_name(text, &[]), name, "{text:?}");
        }
    }

    #[test]
    fn a_name_ends_in_what_the_file_is() {
        for (text, name) in [
            ("a.JPEG", "a.JPEG"),
            ("a", "a.jpg"),
            ("a.exe", "a.exe.jpg"),
            ("v1.2 draft", "v1.2 draft.jpg"),
        ] {
            assert_eq!(file_name(text, &["jpg", "jpeg"]), name);
        }
    }

    #[test]
    fn a_long_name_is_cut_before_its_ending() {
        let name = file_name(&format!("{}.jpg", "é".repeat(4000)), &["jpg"]);
        assert_eq!(name.chars().count(), 150);
        assert!(name.ends_with("é.jpg"));
    }
}
