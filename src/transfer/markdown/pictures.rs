//! Finds the pictures a Markdown text shows from its own folders.

use std::collections::HashSet;
use std::ops::Range;

/// No file has an address longer than this. Without an end, a text of nothing but `![](` would be read forever.
const LONGEST_ADDRESS: usize = 1_000;

/// The offset and the address of each local picture in `prose`, a text without code, in their order.
pub fn local(prose: &str) -> Vec<(usize, &str)> {
    let mut found = in_markdown(prose);
    found.extend(in_html(prose));
    found.retain(|range| is_local(&prose[range.clone()]));
    found.sort_by_key(|range| range.start);
    found.into_iter().map(|range| (range.start, &prose[range])).collect()
}

fn is_local(address: &str) -> bool {
    let elsewhere =
        address.starts_with("//") || address.starts_with('#') || address.contains("://");
    let data = address.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"));
    !address.is_empty() && !elsewhere && !data
}

/// `![text](address)`, and the definitions that `![text][name]`, `![name][]` and `![name]` refer to.
fn in_markdown(prose: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut names = HashSet::new();
    for brackets in pictures_in_brackets(prose) {
        let after = brackets.end + 1;
        let label = prose[after..].strip_prefix('[').and_then(|rest| rest.split_once(']'));
        match label {
            _ if prose[after..].starts_with('(') => found.extend(address(prose, after + 1)),
            Some((name, _)) if !name.is_empty() => _ = names.insert(name.to_lowercase()),
            _ => _ = names.insert(prose[brackets].to_lowercase()),
        }
    }
    found.extend(definitions(prose, &names));
    found
}

/// What stands between the brackets of each `![…]`, which may hold brackets itself.
fn pictures_in_brackets(prose: &str) -> Vec<Range<usize>> {
    let bytes = prose.as_bytes();
    let mut found = Vec::new();
    let mut open = Vec::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'\n' if bytes.get(at + 1) == Some(&b'\n') => open.clear(),
            b'[' => open.push((at, at > 0 && bytes[at - 1] == b'!')),
            b']' => {
                if let Some((start, true)) = open.pop() {
                    found.push(start + 1..at);
                }
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// The `[name]: address` lines that define one of `names`. A `[^name]: …` is a footnote.
fn definitions(prose: &str, names: &HashSet<String>) -> Vec<Range<usize>> {
    let is_named = |name: &str| !name.starts_with('^') && names.contains(&name.to_lowercase());
    let mut found = Vec::new();
    let mut start = 0;
    for line in prose.split_inclusive('\n') {
        let defined = line.trim_start().strip_prefix('[').and_then(|rest| rest.split_once("]:"));
        if let Some((_, value)) = defined.filter(|(name, _)| is_named(name)) {
            found.extend(address(prose, start + line.len() - value.len()));
        }
        start += line.len();
    }
    found
}

/// The address that begins at `start`: in angle brackets, or up to a space or the bracket that closes it.
fn address(prose: &str, start: usize) -> Option<Range<usize>> {
    let rest = &prose[start..];
    let text = rest.trim_start();
    let start = start + rest.len() - text.len();
    let text = &text[..text.floor_char_boundary(LONGEST_ADDRESS)];
    if let Some(inner) = text.strip_prefix('<') {
        let length = inner.split('\n').next()?.find('>')?;
        return Some(start + 1..start + 1 + length);
    }
    // Jekyll's `{{ site.baseurl }}/picture.png` has spaces inside its braces.
    let variable = text.strip_prefix("{{").and_then(|inner| inner.split('\n').next()?.find("}}"));
    let skipped = variable.map_or(0, |length| length + 4);
    let mut depth = 0;
    let length = text[skipped..].find(|char: char| {
        match char {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        depth < 0 || char.is_whitespace()
    });
    let length = length.map_or(text.len(), |length| skipped + length);
    (length < LONGEST_ADDRESS - 3).then_some(start..start + length)
}

/// The `src` of each `<img>`.
fn in_html(prose: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = prose[at..].find('<').map(|start| at + start + 1) {
        at = start;
        let named = prose[start..].get(..3).is_some_and(|name| name.eq_ignore_ascii_case("img"));
        if !named {
            continue;
        }
        let Some(length) = prose[start..].find('>') else { break };
        at += length;
        found.extend(source(&prose[start..at]).map(|src| start + src.start..start + src.end));
    }
    found
}

/// The value of `src` in the inside of a tag.
fn source(tag: &str) -> Option<Range<usize>> {
    let (start, quote) = tag.char_indices().find_map(|(at, char)| {
        let (name, value) = tag[at + char.len_utf8()..].split_at_checked(3)?;
        if !char.is_whitespace() || !name.eq_ignore_ascii_case("src") {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(prose: &str) -> Vec<&str> {
        local(prose).into_iter().map(|(_, address)| address).collect()
    }

    #[test]
    fn every_way_to_show_a_picture_is_found() {
        for (prose, address) in [
            ("![a](b.png)", "b.png"),
            ("![a](./b.png \"title\")", "./b.png"),
            ("![a](<b c.png>)", "b c.png"),
            ("![a](b_(1).png)", "b_(1).png"),
            ("![a [b](c) d](e.png)", "e.png"),
            ("[![a](b.png)](c.html)", "b.png"),
            ("![over two\nlines](/b.png)", "/b.png"),
            ("![a]({{ site.baseurl }}/b.png)", "{{ site.baseurl }}/b.png"),
            ("![a][b]\n\n[B]: c.png 'title'\n[d]: d.png", "c.png"),
            ("![a]\n\n[a]: <c.png>", "c.png"),
            ("<img alt=\"x\" src=\"b.png\" width=1>", "b.png"),
            ("<IMG\n  data-src='x' SRC = b.png>", "b.png"),
            ("<img src='é.png'/>", "é.png"),
        ] {
            assert_eq!(addresses(prose), [address], "{prose}");
        }
    }

    #[test]
    fn what_is_elsewhere_or_no_picture_is_not_found() {
        for prose in [
            "![a](https://example.org/b.png) ![a](//example.org/b.png) ![a](data:image/png;base64,AA==)",
            "[a](b.png) !a(b.png) \\![a](https://b) ![a]() ![ ![a] (b.png)",
            "Look![^1]\n\n[^1]: a.png",
            "<img alt=\"src\"> <img> <imgsrc=b.png <image>",
        ] {
            assert!(addresses(prose).is_empty(), "{prose}");
        }
    }

    #[test]
    fn pictures_come_in_their_order() {
        let prose = "<img src=1.png>\n![a][b]\n![c](2.png)\n\n[b]: 3.png\n";
        assert_eq!(addresses(prose), ["1.png", "2.png", "3.png"]);
    }
}
