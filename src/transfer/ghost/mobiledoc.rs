//! The text of Ghost's former editor (Mobiledoc 0.3).

use super::markup::{LONGEST, card, escaped, picture};
use serde_json::Value;

/// Elements that words may stand in.
const MARKUPS: [&str; 12] =
    ["a", "b", "code", "em", "i", "s", "strong", "sub", "sup", "u", "del", "mark"];

/// The Markdown of a text that is nothing else.
pub fn only_markdown(mobiledoc: &str) -> Option<String> {
    let text: Value = serde_json::from_str(mobiledoc).ok()?;
    let sections = text.get("sections")?.as_array()?;
    let is_empty =
        |section: &&Value| section.get(2).and_then(Value::as_array).is_some_and(Vec::is_empty);
    let mut shown = sections.iter().filter(|section| !is_empty(section));
    match (shown.next(), shown.next(), text.get("cards")?.as_array()?.as_slice()) {
        (Some(section), None, [only]) if section.get(0)? == 10 => {
            let is_markdown = matches!(only.get(0)?.as_str()?, "markdown" | "card-markdown");
            let markdown = only.get(1)?.get("markdown")?.as_str()?;
            is_markdown.then(|| markdown.to_owned())
        }
        _ => None,
    }
}

/// The text as HTML, or so much of it that it is longer than [`LONGEST`]; cards that are not known are told.
pub fn html(mobiledoc: &str, unknown: &mut Vec<String>) -> Option<String> {
    let text: Value = serde_json::from_str(mobiledoc).ok()?;
    let mut writer = Writer { text: &text, out: String::new(), open: Vec::new() };
    for section in text.get("sections")?.as_array()? {
        writer.section(section, unknown);
        if writer.is_full() {
            break;
        }
    }
    Some(writer.out)
}

struct Writer<'t> {
    text: &'t Value,
    out: String,
    open: Vec<String>,
}

impl Writer<'_> {
    /// Any number of sections may show the same card, and any number of words stand in the same link.
    fn is_full(&self) -> bool {
        self.out.len() > LONGEST
    }

    fn put(&mut self, html: &str) {
        if !self.is_full() {
            self.out.push_str(html);
        }
    }

    fn section(&mut self, section: &Value, unknown: &mut Vec<String>) {
        let word = |n: usize| section.get(n).and_then(Value::as_str).unwrap_or_default();
        match section.get(0).and_then(Value::as_u64) {
            Some(1) => {
                let tag = word(1);
                let is_known = matches!(
                    tag,
                    "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" | "aside"
                );
                self.within(if is_known { tag } else { "p" }, section.get(2));
            }
            Some(2) => self.put(&picture(word(1), "", "")),
            Some(3) => {
                let name = if word(1) == "ol" { "ol" } else { "ul" };
                self.put(&format!("<{name}>"));
                for item in section.get(2).and_then(Value::as_array).into_iter().flatten() {
                    self.within("li", Some(item));
                }
                self.put(&format!("</{name}>"));
            }
            Some(10) => {
                let card_at = section.get(1).and_then(Value::as_u64).unwrap_or(u64::MAX) as usize;
                let found = self.text.get("cards").and_then(|cards| cards.get(card_at));
                let name =
                    found.and_then(|card| card.get(0)).and_then(Value::as_str).unwrap_or_default();
                match card(name, found.and_then(|card| card.get(1)).unwrap_or(&Value::Null)) {
                    Some(html) => self.put(&html),
                    None => unknown.push(name.chars().take(60).collect()),
                }
            }
            _ => {}
        }
    }

    fn within(&mut self, name: &str, markers: Option<&Value>) {
        self.put(&format!("<{name}>"));
        for marker in markers.and_then(Value::as_array).into_iter().flatten() {
            self.marker(marker);
        }
        while let Some(open) = self.open.pop() {
            self.put(&format!("</{open}>"));
        }
        self.put(&format!("</{name}>"));
    }

    /// `[kind, [markups that begin], how many end, words]`.
    fn marker(&mut self, marker: &Value) {
        for markup in marker.get(1).and_then(Value::as_array).into_iter().flatten() {
            let number = markup.as_u64().unwrap_or(u64::MAX) as usize;
            let found = self.text.get("markups").and_then(|markups| markups.get(number));
            let name =
                found.and_then(|markup| markup.get(0)).and_then(Value::as_str).unwrap_or_default();
            let name = if MARKUPS.contains(&name) { name } else { "span" };
            let href =
                found.and_then(|markup| markup.get(1)).and_then(address).filter(|_| name == "a");
            match href {
                Some(href) => self.put(&format!("<a href=\"{}\">", escaped(&href))),
                None => self.put(&format!("<{name}>")),
            }
            self.open.push(name.to_owned());
        }
        match (marker.get(0).and_then(Value::as_u64), marker.get(3)) {
            (Some(0), Some(Value::String(words))) => self.put(&escaped(words)),
            // The only atom of Ghost is a break.
            (Some(1), _) => self.put("<br>"),
            _ => {}
        }
        for _ in 0..marker.get(2).and_then(Value::as_u64).unwrap_or_default().min(100) {
            if let Some(open) = self.open.pop() {
                self.put(&format!("</{open}>"));
            }
        }
    }
}

/// The address in `["href", "…", "rel", "…"]`.
fn address(attributes: &Value) -> Option<String> {
    let attributes = attributes.as_array()?;
    let at = attributes.iter().position(|name| name == "href")?;
    attributes.get(at + 1)?.as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_becomes_html() {
        let text = r#"{"version":"0.3.1","atoms":[["soft-return","",{}]],"markups":[["strong"],["a",["href","/x?a&b"]]],
            "cards":[["image",{"src":"/a.png","alt":"A"}],["mystery",{}]],
            "sections":[[1,"h2",[[0,[],0,"A <b>"]]],[1,"p",[[0,[0],0,"bold "],[0,[1],2,"link"],[1,[],0,0],[0,[0],0,"open"]]],
              [3,"ol",[[[0,[],0,"one"]]]],[10,0],[10,1],[10,9]]}"#;
        let mut unknown = Vec::new();
        assert_eq!(
            html(text, &mut unknown).unwrap(),
            "<h2>A &lt;b&gt;</h2><p><strong>bold <a href=\"/x?a&amp;b\">link</a></strong><br><strong>open</strong></p>\
             <ol><li>one</li></ol><p><img src=\"/a.png\" alt=\"A\"></p>"
        );
        assert_eq!(unknown, ["mystery", ""]);
    }

    #[test]
    fn a_card_of_markdown_alone_is_taken_as_it_is() {
        let text =
            r#"{"cards":[["markdown",{"markdown":"A *b*"}]],"sections":[[10,0],[1,"p",[]]]}"#;
        assert_eq!(only_markdown(text).as_deref(), Some("A *b*"));
        assert_eq!(only_markdown(""), None);
    }
}
