//! The text of Ghost's present editor.

use super::markup::{card, escaped};
use serde_json::Value;

/// The deepest that parts stand inside one another.
const DEEPEST: usize = 60;

/// The Markdown of a text that is nothing else.
pub fn only_markdown(lexical: &str) -> Option<String> {
    let text: Value = serde_json::from_str(lexical).ok()?;
    match text.pointer("/root/children")?.as_array()?.as_slice() {
        [only] if only.get("type")? == "markdown" => {
            Some(only.get("markdown")?.as_str()?.to_owned())
        }
        _ => None,
    }
}

/// The text as HTML; cards that are not known are told.
pub fn html(lexical: &str, unknown: &mut Vec<String>) -> Option<String> {
    let text: Value = serde_json::from_str(lexical).ok()?;
    let mut writer = Writer { out: String::new(), unknown };
    writer.children(text.get("root")?, 0);
    Some(writer.out)
}

struct Writer<'a> {
    out: String,
    unknown: &'a mut Vec<String>,
}

impl Writer<'_> {
    fn children(&mut self, node: &Value, depth: usize) {
        let children = node.get("children").and_then(Value::as_array).into_iter().flatten();
        if depth < DEEPEST {
            children.for_each(|child| self.node(child, depth + 1));
        }
    }

    fn within(&mut self, name: &str, node: &Value, depth: usize) {
        self.out.push_str(&format!("<{name}>"));
        self.children(node, depth);
        self.out.push_str(&format!("</{name}>"));
    }

    fn node(&mut self, node: &Value, depth: usize) {
        let text = |key: &str| node.get(key).and_then(Value::as_str).unwrap_or_default();
        match text("type") {
            "paragraph" => self.within("p", node, depth),
            "heading" | "extended-heading" => {
                let tag = text("tag");
                let is_heading = matches!(tag, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
                self.within(if is_heading { tag } else { "h2" }, node, depth);
            }
            "quote" | "extended-quote" | "aside" => self.within("blockquote", node, depth),
            "list" if text("listType") == "number" => self.within("ol", node, depth),
            "list" => self.within("ul", node, depth),
            "listitem" => self.within("li", node, depth),
            "link" | "autolink" => {
                self.out.push_str(&format!("<a href=\"{}\">", escaped(text("url"))));
                self.children(node, depth);
                self.out.push_str("</a>");
            }
            "text" | "extended-text" | "tk" => {
                self.words(text("text"), node.get("format").and_then(Value::as_u64))
            }
            "linebreak" => self.out.push_str("<br>"),
            "tab" => self.out.push(' '),
            name => match card(name, node) {
                Some(html) => self.out.push_str(&html),
                None => {
                    self.unknown.push(name.chars().take(60).collect());
                    self.children(node, depth);
                }
            },
        }
    }

    /// Words with the formats whose bits are set.
    fn words(&mut self, text: &str, format: Option<u64>) {
        const FORMATS: [(u64, &str); 8] = [
            (1, "strong"),
            (2, "em"),
            (4, "s"),
            (8, "u"),
            (16, "code"),
            (32, "sub"),
            (64, "sup"),
            (128, "mark"),
        ];
        let format = format.unwrap_or_default();
        let set: Vec<_> =
            FORMATS.iter().filter(|(bit, _)| format & bit != 0).map(|(_, name)| *name).collect();
        set.iter().for_each(|name| self.out.push_str(&format!("<{name}>")));
        self.out.push_str(&escaped(text).replace('\n', "<br>"));
        set.iter().rev().for_each(|name| self.out.push_str(&format!("</{name}>")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_becomes_html() {
        let text = r#"{"root":{"children":[
            {"type":"extended-heading","tag":"h3","children":[{"type":"extended-text","text":"A <b>","format":0}]},
            {"type":"paragraph","children":[{"type":"extended-text","text":"bold","format":3},{"type":"linebreak"},
              {"type":"link","url":"/x?a&b","children":[{"type":"text","text":"link"}]}]},
            {"type":"list","listType":"number","children":[{"type":"listitem","children":[{"type":"text","text":"one","format":16}]}]},
            {"type":"image","src":"__GHOST_URL__/content/images/a.png","alt":"A","caption":"<i>C</i>"},
            {"type":"signup","children":[]}]}}"#;
        let mut unknown = Vec::new();
        assert_eq!(
            html(text, &mut unknown).unwrap(),
            "<h3>A &lt;b&gt;</h3><p><strong><em>bold</em></strong><br><a href=\"/x?a&amp;b\">link</a></p><ol><li><code>one</code></li></ol>\
             <figure><img src=\"__GHOST_URL__/content/images/a.png\" alt=\"A\"><figcaption><i>C</i></figcaption></figure>"
        );
        assert_eq!(unknown, ["signup"]);
    }

    #[test]
    fn a_card_of_markdown_alone_is_taken_as_it_is() {
        let text = r##"{"root":{"children":[{"type":"markdown","markdown":"# A *b*"}]}}"##;
        assert_eq!(only_markdown(text).as_deref(), Some("# A *b*"));
        assert_eq!(only_markdown("{}"), None);
    }
}
