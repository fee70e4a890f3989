//! Addresses of the program that somebody comes from, and the places in HTML where addresses stand.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use std::ops::Range;

/// An address parted: whose it is, and what it leads to there.
#[derive(Debug, PartialEq, Eq)]
pub struct Address<'a> {
    /// The host, in small letters and without `www.`; empty where the address does not name one.
    pub host: String,
    /// The path, decoded and without a slash at either end.
    pub path: String,
    /// What follows the question mark.
    pub query: &'a str,
    /// What follows the number sign, with it.
    pub fragment: &'a str,
}

impl Address<'_> {
    /// Parts an address of the web; others are none.
    pub fn parse(text: &str) -> Option<Address<'_>> {
        let text = text.trim();
        let lower = text[..text.floor_char_boundary(8)].to_ascii_lowercase();
        let rest = match () {
            () if lower.starts_with("https://") => &text[8..],
            () if lower.starts_with("http://") => &text[7..],
            () if lower.starts_with("//") => &text[2..],
            () if text.starts_with('/') => return Some(Address::within(String::new(), text)),
            () => return None,
        };
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let host = rest[..end].rsplit('@').next().unwrap_or_default().to_lowercase();
        let host = host.strip_prefix("www.").unwrap_or(&host).to_owned();
        Some(Address::within(host, &rest[end..]))
    }

    fn within(host: String, rest: &str) -> Address<'_> {
        let at = rest.find('#').unwrap_or(rest.len());
        let (rest, fragment) = rest.split_at(at);
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let path = percent_decode_str(path).decode_utf8_lossy();
        Address { host, path: path.trim_matches('/').to_owned(), query, fragment }
    }
}

/// What has to be written with codes in a path (URL Standard, path percent-encode set).
const IN_PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'%');

/// A path with codes for what cannot stand in it.
pub fn encoded_path(path: &str) -> String {
    utf8_percent_encode(path, IN_PATH).to_string()
}

/// `html` with other addresses in the attributes that hold one; `change` is given the name of the element, and the address
/// without entities.
pub fn changed(html: &str, mut change: impl FnMut(&str, &str) -> Option<String>) -> String {
    let mut out = String::with_capacity(html.len());
    let mut done = 0;
    let mut at = 0;
    while let Some(start) = html[at..].find('<').map(|start| at + start + 1) {
        let name_length = html[start..].find(|c: char| !c.is_ascii_alphanumeric());
        let name = &html[start..start + name_length.unwrap_or(0)];
        at = start + name.len();
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let (places, end) = addresses(html, at);
        at = end;
        for place in places {
            let address = html[place.clone()].replace("&amp;", "&").replace("&#038;", "&");
            if let Some(new) = change(&name.to_ascii_lowercase(), &address) {
                out.push_str(&html[done..place.start]);
                out.push_str(&new.replace('&', "&amp;").replace('"', "%22").replace('\'', "%27"));
                done = place.end;
            }
        }
    }
    out.push_str(&html[done..]);
    out
}

/// Where the addresses of a tag stand, whose attributes begin at `at`; and where the tag ends.
fn addresses(html: &str, mut at: usize) -> (Vec<Range<usize>>, usize) {
    let bytes = html.as_bytes();
    let mut found = Vec::new();
    while at < bytes.len() && bytes[at] != b'>' {
        let start = at;
        while at < bytes.len()
            && !matches!(bytes[at], b'=' | b'>' | b'/' | b' ' | b'\t' | b'\n' | b'\r')
        {
            at += 1;
        }
        let name = &html[start..at];
        while at < bytes.len() && bytes[at].is_ascii_whitespace() {
            at += 1;
        }
        if bytes.get(at) != Some(&b'=') {
            at += usize::from(start == at && bytes.get(at) != Some(&b'>'));
            continue;
        }
        at += 1;
        while at < bytes.len() && bytes[at].is_ascii_whitespace() {
            at += 1;
        }
        let value = value(html, at);
        at = value.end + usize::from(value.start > at);
        let holds = ["src", "href", "poster"].iter().any(|known| name.eq_ignore_ascii_case(known));
        if holds {
            found.push(value);
        }
    }
    (found, (at + 1).min(html.len()))
}

/// The value that begins at `at`, without the quotes around it.
fn value(html: &str, at: usize) -> Range<usize> {
    let rest = &html[at..];
    match rest.as_bytes().first() {
        Some(quote @ (b'"' | b'\'')) => {
            let length = rest[1..].find(char::from(*quote)).unwrap_or(rest.len() - 1);
            at + 1..at + 1 + length
        }
        _ => {
            let length = rest.find(|c: char| c.is_ascii_whitespace() || c == '>');
            at..at + length.unwrap_or(rest.len())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_parted() {
        let address = Address::parse("HTTPS://www.A.example/b%20c/d/?e=f#g").unwrap();
        assert_eq!((address.host.as_str(), address.path.as_str()), ("a.example", "b c/d"));
        assert_eq!((address.query, address.fragment), ("e=f", "#g"));
        assert_eq!(Address::parse("//a.example?p=1").unwrap().query, "p=1");
        assert_eq!(Address::parse("http://österreich.at/x").unwrap().host, "österreich.at");
        assert_eq!(Address::parse("/a/b").unwrap().path, "a/b");
        for other in ["mailto:a@b.example", "a/b", "#c", "", "javascript:x", "é"] {
            assert_eq!(Address::parse(other), None, "{other}");
        }
    }

    #[test]
    fn addresses_are_changed_where_they_stand() {
        let html = "<p title=\"<a href=x>\"><IMG src='/a?b&amp;c' alt=\"src=x\"><a class=y\n href = /b>c</a> href=x <br/><a href=\"";
        let mut seen = Vec::new();
        let out = changed(html, |name, address| {
            seen.push(format!("{name} {address}"));
            (!address.is_empty()).then(|| format!("/new?{name}&\""))
        });
        assert_eq!(seen, ["img /a?b&c", "a /b", "a "]);
        let expected = "<p title=\"<a href=x>\"><IMG src='/new?img&amp;%22' alt=\"src=x\"><a class=y\n href = /new?a&amp;%22>c</a> href=x <br/><a href=\"";
        assert_eq!(out, expected);
    }

    #[test]
    fn broken_tags_come_to_an_end() {
        for html in [
            "<",
            "<a",
            "<a ",
            "<a href",
            "<a href=",
            "<a href='",
            "<a =",
            "<a ===x",
            "<a / / >",
            "<é href=x>",
            "<a é='ü",
        ] {
            assert_eq!(changed(&html.repeat(50), |_, _| None), html.repeat(50));
        }
    }
}
