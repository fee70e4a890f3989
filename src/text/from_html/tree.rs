//! Clean HTML as a tree. It is as the sanitizer writes it: every element is closed, every value stands in double quotes,
//! and `<` and `>` are nothing but the ends of tags.

use std::borrow::Cow;

/// The deepest tree that is made.
const MAX_DEPTH: usize = 100;

/// Elements that hold nothing.
const VOID: [&str; 7] = ["br", "col", "hr", "img", "input", "source", "wbr"];

/// Elements that stand inside a line.
const INLINE: [&str; 39] = [
    "a", "abbr", "audio", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "img",
    "input", "ins", "kbd", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "source", "span",
    "strong", "sub", "sup", "time", "u", "var", "video", "wbr", "font", "tt", "big", "strike",
];

/// A part of a text.
#[derive(Debug)]
pub enum Node<'h> {
    /// Words, with entities for some characters.
    Text(&'h str),
    /// An element and what is in it.
    Element(Element<'h>),
}

/// An element.
#[derive(Debug)]
pub struct Element<'h> {
    /// What it is.
    pub name: &'h str,
    attributes: &'h str,
    /// What is in it.
    pub children: Vec<Node<'h>>,
    /// All of it as it stands in the HTML.
    pub html: &'h str,
}

/// The tree of clean HTML, unless it is deeper than anybody writes.
pub fn parse(html: &str) -> Option<Vec<Node<'_>>> {
    let mut open: Vec<(usize, Element<'_>)> = Vec::new();
    let mut top = Vec::new();
    let mut at = 0;
    while at < html.len() {
        let length = html[at..].find('<').unwrap_or(html.len() - at);
        let siblings = open.last_mut().map_or(&mut top, |(_, parent)| &mut parent.children);
        if length > 0 {
            siblings.push(Node::Text(&html[at..at + length]));
        }
        at += length;
        let Some(end) = html[at..].find('>') else { break };
        let (start, tag) = (at, &html[at + 1..at + end]);
        at += end + 1;
        if tag.starts_with('/') {
            let (start, element) = open.pop()?;
            let element = Element { html: &html[start..at], ..element };
            let siblings = open.last_mut().map_or(&mut top, |(_, parent)| &mut parent.children);
            siblings.push(Node::Element(element));
            continue;
        }
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        let element = Element { name, attributes, children: Vec::new(), html: &html[start..at] };
        match VOID.contains(&name) {
            true => siblings.push(Node::Element(element)),
            false => open.push((start, element)),
        }
        if open.len() > MAX_DEPTH {
            return None;
        }
    }
    open.is_empty().then_some(top)
}

impl<'h> Node<'h> {
    /// The element that it is.
    pub fn element(&self) -> Option<&Element<'h>> {
        match self {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        }
    }

    /// Whether it stands inside a line.
    pub fn is_inline(&self) -> bool {
        self.element().is_none_or(|element| INLINE.contains(&element.name))
    }

    /// Whether there is nothing to see: white space, a break.
    pub fn is_blank(&self) -> bool {
        match self {
            Node::Text(text) => text.replace("&nbsp;", " ").trim().is_empty(),
            Node::Element(element) => element.name == "br",
        }
    }

    /// The HTML that it was.
    pub fn html(&self) -> &'h str {
        match self {
            Node::Text(text) => text,
            Node::Element(element) => element.html,
        }
    }
}

impl<'h> Element<'h> {
    /// Names and values of its attributes, without entities.
    pub fn attributes(&self) -> impl Iterator<Item = (&'h str, Cow<'h, str>)> + use<'h> {
        let mut parts = self.attributes.split('"');
        std::iter::from_fn(move || {
            let (name, value) = (parts.next()?, parts.next()?);
            Some((name.trim().trim_end_matches('='), unescaped(value)))
        })
    }

    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<Cow<'h, str>> {
        self.attributes().find(|(found, _)| *found == name).map(|(_, value)| value)
    }

    /// Whether it has no attributes.
    pub fn is_bare(&self) -> bool {
        self.attributes.trim().is_empty()
    }

    /// The elements in it, if there is nothing else but white space.
    pub fn elements(&self) -> Option<Vec<&Element<'h>>> {
        let shown = self.children.iter().filter(|node| match node {
            Node::Text(text) => !text.trim().is_empty(),
            Node::Element(_) => true,
        });
        shown.map(Node::element).collect()
    }

    /// Whether it only groups what is in it.
    pub fn is_transparent(&self) -> bool {
        match self.name {
            "div" | "section" | "article" | "header" | "footer" | "span" => self.is_bare(),
            "figure" => {
                let is_caption = |node: &Node<'_>| {
                    node.element().is_some_and(|element| element.name == "figcaption")
                };
                self.is_bare() && !self.children.iter().any(is_caption)
            }
            _ => false,
        }
    }
}

/// Text without the entities that the sanitizer writes (HTML, 13.3), but for a blank that does not break.
pub fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    Cow::Owned(text.replace("&nbsp;", "\u{A0}").replace("&amp;", "&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_knows_its_html() {
        let html = "a<p>b<br><a href=\"/x?a&amp;b\" title=\"&quot;\">c</a></p>";
        let tree = parse(html).unwrap();
        assert_eq!(tree.iter().map(Node::html).collect::<String>(), html);
        let link = tree[1].element().unwrap().children[2].element().unwrap();
        assert_eq!(link.attribute("href").as_deref(), Some("/x?a&b"));
        assert_eq!(link.attribute("title").as_deref(), Some("\""));
        assert_eq!(link.html, &html[9..html.len() - 4]);
    }

    #[test]
    fn what_is_deeper_than_anybody_writes_is_no_tree() {
        assert!(parse(&("<b>".repeat(90) + &"</b>".repeat(90))).is_some());
        assert!(parse(&("<b>".repeat(9000) + &"</b>".repeat(9000))).is_none());
        assert!(parse("<b>").is_none() && parse("</b>").is_none());
    }
}
