//! Finds the pictures and files that a Markdown text shows from its own folders, or leads to.

use super::elements;
use super::links::leads_to_text;
use std::collections::HashMap;
use std::ops::Range;

/// No file has an address longer than this. Without an end, a text of nothing but `![](` would be read forever.
const LONGEST_ADDRESS: usize = 1_000;

/// The most bytes of a name; brackets in brackets would take more than there is.
const LONGEST_NAME: usize = 1_000;

/// What pages and the lists of them end in.
const PAGES: [&str; 14] = [
    "md", "markdown", "mdown", "mkd", "mdx", "html", "htm", "xhtml", "php", "asp", "aspx", "jsp",
    "xml", "atom",
];

/// The offset and the address of each local picture and file in `prose`, a text without code, in their order.
pub fn local(prose: &str) -> Vec<(usize, &str)> {
    let mut found = in_markdown(prose);
    found.extend(elements::addresses(prose));
    found.retain(|range| is_local(&prose[range.clone()]));
    found.sort_by_key(|range| range.start);
    // What looks like Markdown may stand in an attribute.
    let mut end = 0;
    found.retain(|range| {
        let is_apart = range.start >= end;
        end = end.max(range.end);
        is_apart
    });
    found.into_iter().map(|range| (range.start, &prose[range])).collect()
}

fn is_local(address: &str) -> bool {
    let elsewhere =
        address.starts_with("//") || address.starts_with('#') || address.contains("://");
    let data = address.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"));
    !address.is_empty() && !elsewhere && !data
}

/// Whether a link leads to a file and not to a page.
pub fn leads_to_file(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let has_scheme = path.split('/').next().is_some_and(|first| first.contains(':'));
    let name = path.rsplit('/').next().unwrap_or_default();
    let ending =
        name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map(|(_, ending)| ending);
    ending.map(str::to_ascii_lowercase).is_some_and(|ending| {
        // `release-1.2` has none.
        let is_word = ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && ending.bytes().any(|byte| byte.is_ascii_alphabetic());
        is_word && !has_scheme && !PAGES.contains(&ending.as_str())
    })
}

/// Whether a link leads to what comes along: a file, or another text.
pub fn leads_along(address: &str) -> bool {
    leads_to_file(address) || leads_to_text(address)
}

/// `![text](address)`, and the definitions that `![text][name]`, `![name][]` and `![name]` refer to; the same of links to
/// files.
fn in_markdown(prose: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut names = HashMap::new();
    for (brackets, is_shown) in brackets(prose) {
        let after = brackets.end + 1;
        let label = prose[after..].strip_prefix('[').and_then(|rest| rest.split_once(']'));
        let name = match label {
            _ if prose[after..].starts_with('(') => {
                found.extend(address(prose, after + 1, is_shown));
                continue;
            }
            _ if !is_shown && prose[after..].starts_with(':') => continue,
            Some((name, _)) if !name.is_empty() => name,
            _ => &prose[brackets],
        };
        if name.len() <= LONGEST_NAME {
            *names.entry(name.to_lowercase()).or_default() |= is_shown;
        }
    }
    found.extend(definitions(prose, &names));
    found
}

/// What stands between the brackets of each `[…]`, which may hold brackets itself, and whether it is `![…]`.
fn brackets(prose: &str) -> Vec<(Range<usize>, bool)> {
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
                if let Some((start, is_shown)) = open.pop() {
                    found.push((start + 1..at, is_shown));
                }
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// The `[name]: address` lines that define one of `names`, which are shown or led to. A `[^name]: …` is a footnote.
fn definitions(prose: &str, names: &HashMap<String, bool>) -> Vec<Range<usize>> {
    let is_shown = |name: &str| {
        let name = (!name.starts_with('^')).then(|| name.to_lowercase());
        name.and_then(|name| names.get(&name).copied())
    };
    let mut found = Vec::new();
    let mut start = 0;
    for line in prose.split_inclusive('\n') {
        let defined = line.trim_start().strip_prefix('[').and_then(|rest| rest.split_once("]:"));
        if let Some((is_shown, value)) =
            defined.and_then(|(name, value)| Some((is_shown(name)?, value)))
        {
            found.extend(address(prose, start + line.len() - value.len(), is_shown));
        }
        start += line.len();
    }
    found
}

/// The address that begins at `start`, if it is shown or leads along.
fn address(prose: &str, start: usize, is_shown: bool) -> Option<Range<usize>> {
    whole_address(prose, start).filter(|range| is_shown || leads_along(&prose[range.clone()]))
}

/// The address that begins at `start`: in angle brackets, or up to a space or the bracket that closes it.
fn whole_address(prose: &str, start: usize) -> Option<Range<usize>> {
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
            ("[a](b.pdf#c)", "b.pdf#c"),
            ("[a][b]\n\n[b]: /c.zip", "/c.zip"),
            ("<a class=x href='b.pdf'>", "b.pdf"),
            ("<video controls src=b.mp4>", "b.mp4"),
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
            "[a](b.html) [a](/b/) [a](b-1.2) [a](mailto:b@c.png) [a](.env) !a(b.png) \\![a](https://b) ![a]() ![ ![a] (b.png)",
            "Look![^1]\n\n[^1]: a.png",
            "<img alt=\"src\"> <img> <imgsrc=b.png <image> <a href=b.html> <a href=/b> <video poster>",
            "[a]: b.html\n[b]: https://c.example/d.pdf",
        ] {
            assert!(addresses(prose).is_empty(), "{prose}");
        }
    }

    #[test]
    fn what_stands_in_another_is_not_found_again() {
        assert_eq!(addresses("<img src='![c](d.png)'>"), ["![c](d.png)"]);
    }

    #[test]
    fn pictures_come_in_their_order() {
        let prose = "<img src=1.png>\n![a][b]\n[![c](2.png)](3.png)\n\n[b]: 4.png\n";
        assert_eq!(addresses(prose), ["1.png", "2.png", "3.png", "4.png"]);
    }
}
