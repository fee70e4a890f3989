/// The words of clean HTML as a reader sees them, with a break between its parts.
pub fn plain_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let (before, tag) = rest.split_at(start);
        text.push_str(before);
        let length = end_of_tag(tag).unwrap_or(tag.len());
        if breaks(&tag[..length]) {
            text.push('\n');
        }
        rest = &tag[length..];
    }
    text.push_str(rest);
    unescaped(&text)
}

/// The words of HTML that nobody has cleaned. What is no element of a text is taken for words.
pub fn words_of(html: &str) -> String {
    const TAGS: [&str; 24] = [
        "a", "abbr", "b", "big", "br", "cite", "code", "del", "div", "em", "font", "i", "ins",
        "mark", "p", "q", "s", "script", "small", "span", "strong", "style", "sub", "sup",
    ];
    // Longer than anything that words are wanted of.
    let html = &html[..html.floor_char_boundary(20_000)];
    let mut marked = String::with_capacity(html.len());
    let mut parts = html.split('<');
    marked.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let name = part.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next();
        let is_tag = name.is_some_and(|name| TAGS.iter().any(|tag| name.eq_ignore_ascii_case(tag)));
        marked.push_str(if is_tag || part.starts_with('!') { "<" } else { "&lt;" });
        marked.push_str(part);
    }
    plain_text(&super::sanitize::clean(&marked))
}

/// The length of the tag at the beginning; a `>` in an attribute's value does not end it.
fn end_of_tag(html: &str) -> Option<usize> {
    let mut quoted = false;
    let end = html.bytes().position(|byte| {
        quoted ^= byte == b'"';
        byte == b'>' && !quoted
    });
    end.map(|at| at + 1)
}

/// Whether words before and after a tag are words of their own.
fn breaks(tag: &str) -> bool {
    const INLINE: [&str; 24] = [
        "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd",
        "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "u", "var",
    ];
    let name = tag.trim_start_matches(['<', '/']);
    let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    !INLINE.contains(&name)
}

/// The characters that clean HTML writes as entities (HTML, 13.3).
fn unescaped(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&nbsp;", " ").replace("&amp;", "&")
}

/// A text without the characters that XML knows no way to write (XML 1.0, 2.2).
pub fn plain_xml(text: &str) -> String {
    let allowed = |c: &char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..);
    text.chars().filter(allowed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_html() {
        for (html, words) in [
            ("Birds &amp; <em>more</em> &#8217;&hellip;", "Birds & more ’…"),
            ("Vec<T> and a < b", "Vec<T> and a < b"),
            ("<script>x</script>y <img src=x>", "y <img src=x>"),
            ("one<br/>two", "one\ntwo"),
        ] {
            assert_eq!(words_of(html), words);
        }
    }

    #[test]
    fn words_stay_whole_and_paragraphs_apart() {
        let text = plain_text("<p>wat<b>er</b> &amp;lt; fire</p><p title=\"a>b\">earth</p>");
        assert_eq!(text.split_whitespace().collect::<Vec<_>>(), ["water", "&lt;", "fire", "earth"]);
    }

    #[test]
    fn what_xml_cannot_write_goes() {
        assert_eq!(plain_xml("a\u{1}\u{FFFF}\u{B}]]> 🎉\n"), "a]]> 🎉\n");
    }

    #[test]
    fn what_is_cut_off_does_no_harm() {
        assert_eq!(plain_text("a<b"), "a");
        assert_eq!(plain_text("<").trim(), "");
    }
}
