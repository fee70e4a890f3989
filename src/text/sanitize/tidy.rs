//! Elements only where HTML has a place for them: <https://html.spec.whatwg.org/multipage/dom.html#content-models>.

use super::headings::Headings;
use super::places::{BLOCKS, EMPTY, INLINE, NEEDS, NEVER_IN, PLACES, WORDS, ends_before};
use super::tag::{self, Tag, Token};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// The same text with valid structure. What cannot stand where it is goes, and what it holds stays; what has to be there is
/// added. The HTML must be as a serialiser writes it: every element ends.
pub fn tidy(html: &str) -> String {
    let mut tidy = Tidy { out: String::with_capacity(html.len()), ..Tidy::default() };
    let mut rest = html;
    while let Some((token, after)) = tag::next(rest) {
        match token {
            Token::Text(text) => tidy.text(text),
            Token::Start(tag) => tidy.start(tag, after),
            Token::End(_) => tidy.end(),
        }
        rest = after;
    }
    tidy.out
}

#[derive(Default)]
struct Tidy<'a> {
    out: String,
    /// Of every element that the text has begun and not ended, whether it is written.
    begun: Vec<bool>,
    /// The written ones, and those that were implied.
    open: Vec<Open<'a>>,
    /// How many of them have a name: the text may nest deeper than one would want to look through.
    count: HashMap<&'a str, usize>,
    ids: HashSet<&'a str>,
    headings: Headings,
}

/// An element that has begun.
struct Open<'a> {
    tag: Tag<'a>,
    /// The name that it was written with.
    written: Cow<'a, str>,
    /// It was not in the text, but had to be there.
    implied: bool,
    /// The last element in it.
    last: Option<&'a str>,
}

impl<'a> Tidy<'a> {
    fn text(&mut self, text: &'a str) {
        if !text.trim_ascii().is_empty() {
            self.make_place_for("");
        }
        self.out.push_str(text);
    }

    fn start(&mut self, tag: Tag<'a>, after: &'a str) {
        let name = tag.name;
        while self.open.last().is_some_and(|open| open.implied && ends_before(open.tag.name, name))
        {
            self.close();
        }
        if BLOCKS.contains(&name) {
            self.end_inline();
        }
        let level = tag.level();
        let is_hollow = level.is_some() && !tag::says_something(after, name);
        let is_written = !is_hollow && self.has_place(&tag);
        let is_empty = EMPTY.contains(&name);
        if !is_empty {
            self.begun.push(is_written);
        }
        if is_written {
            self.make_place_for(name);
            let written = match level {
                Some(level) => Cow::Owned(format!("h{}", self.headings.level(level))),
                None => Cow::Borrowed(name),
            };
            self.write(&tag, &written);
            if !is_empty {
                self.enter(Open { tag, written, implied: false, last: None });
            }
        }
    }

    fn end(&mut self) {
        if self.begun.pop() == Some(true) {
            while self.close().is_some_and(|open| open.implied) {}
        }
    }

    fn enter(&mut self, open: Open<'a>) {
        *self.count.entry(open.tag.name).or_default() += 1;
        self.open.push(open);
    }

    fn leave(&mut self) -> Option<Open<'a>> {
        let open = self.open.pop()?;
        *self.count.entry(open.tag.name).or_default() -= 1;
        Some(open)
    }

    /// Ends the innermost element, with what is still missing in it.
    fn close(&mut self) -> Option<Open<'a>> {
        let open = self.leave()?;
        self.out.push_str(match (open.tag.name, open.last) {
            ("dl", None) => "<dt></dt><dd></dd>",
            ("dl", Some("dt")) => "<dd></dd>",
            ("details", None) => "<summary>…</summary>",
            ("ruby", last) if !matches!(last, Some("rt" | "rp")) => "<rt></rt>",
            _ => "",
        });
        self.out.extend(["</", &open.written, ">"]);
        Some(open)
    }

    /// Ends what can only hold words, and what is in it, so that something else can begin.
    fn end_inline(&mut self) {
        let mut begun = self.begun.len();
        let mut inline: usize = INLINE.iter().filter_map(|name| self.count.get(name)).sum();
        while inline > 0 {
            let Some(open) = self.close() else { return };
            inline -= usize::from(INLINE.contains(&open.tag.name));
            if !open.implied {
                begun = self.begun[..begun].iter().rposition(|written| *written).unwrap_or(0);
                self.begun[begun] = false;
            }
        }
    }

    fn has_place(&self, tag: &Tag<'_>) -> bool {
        let name = tag.name;
        let is_open = |names: &[&str]| {
            names.iter().any(|name| self.count.get(name).is_some_and(|count| *count > 0))
        };
        let parent = self.open.last();
        let is_among_words = BLOCKS.contains(&name) && is_open(&WORDS);
        let is_misplaced = PLACES.iter().any(|(element, parents)| {
            *element == name && !parent.is_some_and(|parent| parents.contains(&parent.tag.name))
        });
        let is_nested =
            NEVER_IN.iter().any(|(names, outer)| names.contains(&name) && is_open(outer));
        let says_nothing = NEEDS
            .iter()
            .any(|(element, attribute)| *element == name && tag.value(attribute).is_none());
        let is_late = parent.is_some_and(|parent| match name {
            "summary" => parent.last.is_some(),
            "figcaption" => parent.last == Some("figcaption"),
            "source" => {
                parent.tag.value("src").is_some() || parent.last.is_some_and(|last| last != name)
            }
            _ => false,
        });
        !(is_among_words || is_misplaced || is_nested || says_nothing || is_late)
    }

    /// Begins what has to stand between the innermost element and one with this name, or words where there is none.
    fn make_place_for(&mut self, name: &str) {
        let Some(parent) = self.open.last() else { return };
        match (parent.tag.name, parent.last) {
            ("ul" | "ol", _) if name != "li" => self.imply("li"),
            ("dl", None) if name != "dt" => {
                self.imply("dt");
                self.close();
                self.make_place_for(name);
            }
            ("dl", _) if !matches!(name, "dt" | "dd") => self.imply("dd"),
            ("details", None) if name != "summary" => {
                self.imply("summary");
                self.out.push('…');
                self.close();
            }
            _ => {}
        }
    }

    fn imply(&mut self, name: &'static str) {
        let tag = Tag { name, attributes: "" };
        self.write(&tag, name);
        self.enter(Open { tag, written: name.into(), implied: true, last: None });
    }

    fn write(&mut self, tag: &Tag<'a>, name: &str) {
        let mut in_numbered_list = false;
        if let Some(parent) = self.open.last_mut() {
            parent.last = Some(tag.name);
            in_numbered_list = parent.tag.name == "ol";
        }
        self.out.extend(["<", name]);
        for (attribute, value) in tag.attributes() {
            let stays = match attribute {
                "id" => self.ids.insert(value),
                "value" => in_numbered_list,
                _ => true,
            };
            if stays {
                self.out.extend([" ", attribute, "=\"", value, "\""]);
            }
        }
        if name == "img" && tag.value("alt").is_none() {
            self.out.push_str(" alt=\"\"");
        }
        self.out.push('>');
    }
}

#[cfg(test)]
mod tests {
    use crate::text::sanitize::clean;

    #[test]
    fn what_needs_a_list_or_a_table_around_it_stays_as_words() {
        for element in ["li", "dt", "dd", "summary", "figcaption", "rt", "td", "caption", "tr"] {
            assert_eq!(clean(&format!("<{element}>a</{element}>")), "a", "{element}");
        }
        assert_eq!(clean("<source src=\"/a\">"), "");
        assert_eq!(
            clean("<picture><source srcset=\"/a\"><img src=\"/b\" alt=\"b\"></picture>"),
            "<img src=\"/b\" alt=\"b\">"
        );
    }

    #[test]
    fn a_list_holds_items_and_nothing_else() {
        assert_eq!(
            clean("<ul>a<b>b</b><li>c</li><ul><li>d</li></ul></ul>"),
            "<ul><li>a<b>b</b></li><li>c</li><li><ul><li>d</li></ul></li></ul>"
        );
        assert_eq!(clean("<ul>\n<li>a</li>\n</ul>"), "<ul>\n<li>a</li>\n</ul>");
        assert_eq!(
            clean("<ol><li value=\"3\">a</ol><ul><li value=\"3\">a</ul>"),
            "<ol><li value=\"3\">a</li></ol><ul><li>a</li></ul>"
        );
    }

    #[test]
    fn what_an_element_needs_is_added() {
        for (html, tidy) in [
            ("<dl></dl>", "<dl><dt></dt><dd></dd></dl>"),
            ("<dl><dt>a</dl>", "<dl><dt>a</dt><dd></dd></dl>"),
            ("<dl><dd>a</dl>", "<dl><dt></dt><dd>a</dd></dl>"),
            ("<dl>a</dl>", "<dl><dt></dt><dd>a</dd></dl>"),
            ("<details>a</details>", "<details><summary>…</summary>a</details>"),
            ("<details></details>", "<details><summary>…</summary></details>"),
            ("<ruby>a</ruby>", "<ruby>a<rt></rt></ruby>"),
            ("<img src=\"/a\">", "<img src=\"/a\" alt=\"\">"),
        ] {
            assert_eq!(clean(html), tidy);
        }
    }

    #[test]
    fn a_list_or_table_in_emphasised_words_ends_the_emphasis() {
        assert_eq!(clean("<b>a<ul><li>b</ul>c</b>"), "<b>a</b><ul><li>b</li></ul>c");
        let table = "<table><tbody><tr><td>b</td></tr></tbody></table>";
        assert_eq!(
            clean(&format!("<span><a href=\"/a\">{table}</a></span>")),
            format!("<span><a href=\"/a\"></a></span>{table}")
        );
        assert_eq!(clean("<h2>a<div>b</div></h2>"), "<h2>ab</h2>");
    }

    #[test]
    fn a_name_is_given_once() {
        assert_eq!(
            clean("<h2 id=\"a\">a</h2><h2 id=\"a\">b</h2>"),
            "<h2 id=\"a\">a</h2><h2>b</h2>"
        );
    }

    #[test]
    fn what_says_nothing_without_an_attribute_goes_without_it() {
        assert_eq!(clean("<time>a</time><bdo>b</bdo>"), "ab");
        assert_eq!(
            clean("<time datetime=\"2024-05-01\">a</time>"),
            "<time datetime=\"2024-05-01\">a</time>"
        );
    }

    #[test]
    fn cleaning_twice_is_cleaning_once() {
        for html in [
            "<b>a<ul>b<li>c</ul>d</b>",
            "<dl><div>a<dt>b</div></dl>",
            "<details><p>a<summary>b</summary></details>",
            "<audio><video><source src=/a></video></audio>",
            "<em><a href=/x><blockquote><table><td>x",
            "<h4>a<h6 title='>'>b",
        ] {
            let once = clean(html);
            assert_eq!(clean(&once), once, "{html}");
        }
    }
}
