//! Words that mean nothing but themselves in Markdown.

/// A run of text, with a mark before every character that would be read as one.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = None;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let after = rest.peek().copied();
        if is_a_mark(c, before, after) {
            out.push('\\');
        }
        match c {
            '\u{A0}' => out.push_str("&nbsp;"),
            c => out.push(c),
        }
        before = Some(c);
    }
    out
}

fn is_a_mark(c: char, before: Option<char>, after: Option<char>) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let is_blank = |c: Option<char>| c.is_some_and(char::is_whitespace);
    match c {
        '`' | '[' | ']' | '~' => true,
        '*' => !(is_blank(before) && is_blank(after)),
        '_' => !(is_word(before) && is_word(after)),
        '\\' => after.is_none_or(|c| c.is_ascii_punctuation()),
        '<' => after.is_none_or(|c| c.is_ascii_alphabetic() || "/!?".contains(c)),
        '&' => after.is_none_or(|c| c.is_ascii_alphanumeric() || c == '#'),
        _ => false,
    }
}

/// A line that does not begin as a heading, a list, a quote or a rule does.
pub fn line(line: &str) -> String {
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    match line.as_bytes().get(digits) {
        Some(b'.' | b')') if (1..10).contains(&digits) => {
            format!("{}\\{}", &line[..digits], &line[digits..])
        }
        Some(b'#' | b'>' | b'+' | b'-' | b'=' | b':' | b'|') if digits == 0 => format!("\\{line}"),
        _ => line.to_owned(),
    }
}

/// An address as it stands between the brackets of a link; `None` where it cannot.
pub fn destination(address: &str) -> Option<String> {
    if address.contains(['\n', '\r']) {
        return None;
    }
    let is_plain = |c: char| !c.is_whitespace() && !c.is_control() && !"()<>\\".contains(c);
    let address = address.replace('&', "&amp;");
    match !address.is_empty() && address.chars().all(is_plain) {
        true => Some(address),
        false => Some(format!(
            "<{}>",
            address.replace('\\', "\\\\").replace('<', "\\<").replace('>', "\\>")
        )),
    }
}

/// A title as it stands behind the address of a link.
pub fn title(title: &str) -> String {
    let title = title.replace('\\', "\\\\").replace('"', "\\\"").replace('&', "&amp;");
    format!(" \"{}\"", title.replace('\n', " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_would_be_a_mark_is_marked() {
        for (text, markdown) in [
            ("a * b 2*3", "a * b 2\\*3"),
            ("snake_case _x_", "snake_case \\_x\\_"),
            ("a < b <b> AT&T &amp;", "a < b \\<b> AT\\&T \\&amp;"),
            ("C:\\path \\*", "C:\\path \\\\\\*"),
            ("[a] ~ `b` c!", "\\[a\\] \\~ \\`b\\` c!"),
        ] {
            assert_eq!(escaped(text), markdown);
        }
        for (text, markdown) in [
            ("1. a", "1\\. a"),
            ("2019 a", "2019 a"),
            ("# a", "\\# a"),
            ("- a", "\\- a"),
            ("a - b", "a - b"),
        ] {
            assert_eq!(line(text), markdown);
        }
    }
}
