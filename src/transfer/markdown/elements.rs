//! Finds what the HTML in a text shows, and the files that it leads to.

use super::pictures::leads_along;
use std::ops::Range;

/// Elements with the attributes that hold an address.
const HOLDERS: [(&str, &str); 6] = [
    ("img", "src"),
    ("video", "src"),
    ("video", "poster"),
    ("audio", "src"),
    ("source", "src"),
    ("a", "href"),
];

/// Where the addresses stand.
pub fn addresses(prose: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = prose[at..].find('<').map(|start| at + start + 1) {
        at = start;
        let length = prose[start..].find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(0);
        let name = &prose[start..start + length];
        if !HOLDERS.iter().any(|(holder, _)| name.eq_ignore_ascii_case(holder)) {
            continue;
        }
        let Some(length) = prose[start..].find('>') else { break };
        at += length;
        for (_, attribute) in HOLDERS.iter().filter(|(holder, _)| name.eq_ignore_ascii_case(holder))
        {
            let value = value(&prose[start..at], attribute);
            let value = value.map(|value| start + value.start..start + value.end);
            let wanted =
                |value: &Range<usize>| *attribute != "href" || leads_along(&prose[value.clone()]);
            found.extend(value.filter(wanted));
        }
    }
    found
}

/// The value of an attribute in the inside of a tag.
fn value(tag: &str, attribute: &str) -> Option<Range<usize>> {
    let (start, quote) = tag.char_indices().find_map(|(at, char)| {
        let (name, value) = tag[at + char.len_utf8()..].split_at_checked(attribute.len())?;
        if !char.is_whitespace() || !name.eq_ignore_ascii_case(attribute) {
            return None;
        }
        let value = value.trim_start().strip_prefix('=')?.trim_start();
        Some((tag.len() - value.len(), value.chars().next()))
    })?;
    let quoted = quote.filter(|quote| matches!(quote, '"' | '\''));
    let start = start + quoted.map_or(0, char::len_utf8);
    let length = match quoted {
        Some(quote) => tag[start..].find(quote)?,
        None => tag[start..].find(char::is_whitespace).unwrap_or(tag.len() - start),
    };
    Some(start..start + length)
}
