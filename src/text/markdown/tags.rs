//! An estimate of the work that HTML causes its parser, which can be quadratic.

use super::TooComplex;

/// In units of about two nanoseconds.
const MAX_WORK: usize = 200_000_000;
const ENTITY_WORK: usize = 240;
const SEARCHED_AT_ONCE: usize = 64;
/// An open formatting element is created again in every following block.
const FORMATTING_WEIGHT: usize = 64;

const FOREIGN: [&str; 3] = ["math", "select", "svg"];
const FORMATTING: [&str; 14] = [
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];
const QUICK: [&str; 3] = ["gt;", "lt;", "quot;"];
const RAW: [&str; 9] =
    ["iframe", "noembed", "noframes", "noscript", "script", "style", "textarea", "title", "xmp"];
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];
const CLOSED_BY_NEXT: [&str; 8] = ["colgroup", "p", "tbody", "td", "tfoot", "th", "thead", "tr"];

/// Refuses HTML with so many open tags that parsing it would take too long.
pub fn check(html: &str) -> Result<(), TooComplex> {
    let mut scanner = Scanner { rest: html, ..Scanner::default() };
    while let Some((text, rest)) = scanner.rest.split_once('<') {
        scanner.rest = rest;
        scanner.text(text);
        scanner.markup().filter(|()| scanner.work <= MAX_WORK).ok_or(TooComplex::Tangled)?;
    }
    Ok(())
}

/// Reads tags as the HTML standard's tokenizer does. Where it errs, it takes a closed element
/// for an open one; where the tokenizer's state is in doubt, it gives up.
#[derive(Default)]
struct Scanner<'h> {
    rest: &'h str,
    open: Vec<&'h str>,
    /// The sum of the weights of the open elements.
    weight: usize,
    work: usize,
    /// The length of the text since the last tag that surely ended it.
    text: usize,
    /// Since an `<svg>`, `<math>` or `<select>`, inside which other rules hold.
    is_foreign: bool,
}

impl<'h> Scanner<'h> {
    /// The parser decodes each entity. For those it must escape again, the serializer looks
    /// through all of the text for other characters to escape.
    fn text(&mut self, text: &str) {
        self.text += text.len();
        let entities = text.split('&').skip(1);
        let is_searched = |entity: &&str| !QUICK.iter().any(|quick| entity.starts_with(quick));
        let latin = text.bytes().filter(|byte| *byte == 0xC2).count();
        let searches = entities.clone().filter(is_searched).count() + latin;
        self.work += entities.count() * ENTITY_WORK + searches * self.text / SEARCHED_AT_ONCE;
    }

    /// Reads what follows a `<`, or nothing when it cannot be sure.
    fn markup(&mut self) -> Option<()> {
        if let Some(comment) = self.rest.strip_prefix("!--") {
            self.rest = after_comment(comment);
        } else if self.rest.starts_with(['!', '?']) {
            let (bogus, rest) = self.rest.split_once('>').unwrap_or((self.rest, ""));
            let is_cdata = bogus.starts_with("![CDATA[") && !bogus.ends_with("]]");
            self.rest = rest;
            return (!is_cdata || !self.is_foreign).then_some(());
        } else if let Some(closing) = self.rest.strip_prefix('/') {
            self.rest = closing;
            self.close();
        } else if self.rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return self.open();
        }
        Some(())
    }

    fn close(&mut self) {
        if !self.rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            self.rest = self.rest.split_once('>').map_or("", |(_, rest)| rest);
            return;
        }
        let name = self.name();
        self.attributes();
        self.work += 1 + self.weight;
        if self.open.pop_if(|open| open.eq_ignore_ascii_case(name)).is_some() {
            self.weight -= weight(name);
        }
    }

    fn open(&mut self) -> Option<()> {
        let name = self.name();
        let is_self_closing = self.attributes();
        self.work += 1 + self.weight;
        if is(name, &RAW) {
            return self.skip_raw(name);
        }
        self.is_foreign |= is(name, &FOREIGN);
        self.text = 0;
        let is_void = is(name, &VOID);
        let never_opens = match self.is_foreign {
            true => is_void && is_self_closing,
            false => is_void || is(name, &CLOSED_BY_NEXT),
        };
        if !never_opens {
            self.open.push(name);
            self.weight += weight(name);
        }
        Some(())
    }

    fn name(&mut self) -> &'h str {
        let end = self.rest.find(|c| is_space(c) || matches!(c, '/' | '>'));
        self.take(end)
    }

    /// Skips the attributes and the end of a tag, and tells whether it ended in `/>`.
    fn attributes(&mut self) -> bool {
        for count in 0.. {
            // The parser compares each attribute with all before it.
            self.work += count;
            let before = self.rest;
            self.rest = before.trim_start_matches(|c| is_space(c) || c == '/');
            if self.rest.is_empty() || self.rest.starts_with('>') {
                let skipped = &before[..before.len() - self.rest.len()];
                self.rest = self.rest.strip_prefix('>').unwrap_or_default();
                return skipped.ends_with('/');
            }
            self.attribute();
        }
        false
    }

    fn attribute(&mut self) {
        // A `=` in front belongs to the name.
        let start = self.rest.strip_prefix('=').unwrap_or(self.rest);
        self.rest = start.trim_start_matches(|c| !is_space(c) && !matches!(c, '/' | '>' | '='));
        let Some(value) = self.rest.trim_start_matches(is_space).strip_prefix('=') else { return };
        let value = value.trim_start_matches(is_space);
        self.rest = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split_once(quote).map_or("", |(_, rest)| rest),
            _ => value.trim_start_matches(|c| !is_space(c) && c != '>'),
        };
    }

    /// Skips the text of an element in which tags are text.
    fn skip_raw(&mut self, name: &str) -> Option<()> {
        let is_end = |at: &usize| {
            let tail = &self.rest[at + 2..];
            let after = tail.get(name.len()..).and_then(|after| after.chars().next());
            tail.get(..name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name))
                && after.is_some_and(|c| is_space(c) || matches!(c, '/' | '>'))
        };
        let end = self.rest.match_indices("</").map(|(at, _)| at).find(is_end);
        let text = self.take(end);
        // In a comment of a script, another script's end is not the end of the first.
        let is_nested = text.contains("<!--") && text.to_ascii_lowercase().contains("<script");
        let is_unsure = if self.is_foreign { text.contains('<') } else { is_nested };
        (!is_unsure).then_some(())
    }

    fn take(&mut self, end: Option<usize>) -> &'h str {
        let (taken, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        taken
    }
}

fn after_comment(comment: &str) -> &str {
    if let Some(rest) = comment.strip_prefix('>').or_else(|| comment.strip_prefix("->")) {
        return rest;
    }
    let is_end = |at: &usize| ["--", "--!"].iter().any(|end| comment[..*at].ends_with(end));
    let end = comment.match_indices('>').map(|(at, _)| at).find(is_end);
    end.map_or("", |at| &comment[at + 1..])
}

fn is(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0C')
}

fn weight(name: &str) -> usize {
    if is(name, &FORMATTING) { FORMATTING_WEIGHT } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closed_tags_weigh_nothing() {
        let html = "<p>a<br><B class='>'>b</b ><!-- <i> --><td><iframe><u></iframe>";
        let mut scanner = Scanner { rest: html, ..Scanner::default() };
        while let Some((_, rest)) = scanner.rest.split_once('<') {
            scanner.rest = rest;
            scanner.markup().unwrap();
        }
        assert_eq!((scanner.open.as_slice(), scanner.weight), (&[] as &[&str], 0));
    }

    #[test]
    fn many_closed_tags_are_fine() {
        check(&"<div><b>a</b></div><p>".repeat(50_000)).unwrap();
        check(&"<!--more--><svg><path d=a /></svg><style>a{}</style>".repeat(5_000)).unwrap();
        check("<script><!-- a //--></script>").unwrap();
    }

    #[test]
    fn many_open_tags_are_refused() {
        for unit in [
            "<div>",
            "<b><p>",
            "<div><object></div></object>",
            "<div a='</div>'>",
            "<div><!-- </div> -->",
            "<div><style></div></style>",
            "<li><dd>",
            "<svg><td>",
            "<b id=x></i>",
        ] {
            assert_eq!(check(&unit.repeat(50_000)), Err(TooComplex::Tangled), "{unit}");
        }
    }

    #[test]
    fn a_text_of_entities_is_refused() {
        assert_eq!(check(&format!("{}<p>", "&amp;".repeat(200_000))), Err(TooComplex::Tangled));
        check(&"<p>&amp;".repeat(200_000)).unwrap();
    }

    #[test]
    fn a_tag_with_endless_attributes_is_refused() {
        assert_eq!(check(&format!("<p{}>", " a=b".repeat(50_000))), Err(TooComplex::Tangled));
    }

    #[test]
    fn tags_that_may_be_text_are_refused() {
        for html in [
            "<svg><![CDATA[ > </svg> ]]>",
            "<svg><style></svg></style>",
            "<select><iframe></select><div></iframe>",
            "<script><!--<script></script></div>--></script>",
        ] {
            assert_eq!(check(html), Err(TooComplex::Tangled), "{html}");
        }
    }
}
