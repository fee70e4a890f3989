//! What a reader makes of HTML: two texts of the same shape are read as the same.

use super::tree::{Element, Node, parse};

/// Wider than the column of a post: who asks for that asks for nothing.
const COLUMN: u32 = 600;

/// The shape of clean HTML; `None` where it is too deep to tell.
pub fn shape(html: &str) -> Option<String> {
    let mut shape = Shape::default();
    shape.nodes(&parse(html)?);
    Some(shape.text)
}

/// White space counts where a reader sees it; elements begin with the first word in them and end with the last.
#[derive(Default)]
struct Shape {
    text: String,
    /// Elements inside a line that have begun, and in which nothing was read yet.
    opened: Vec<String>,
    gap: Option<Gap>,
}

/// What stands between two words. The larger one counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    Blank,
    Break(u8),
    Block,
}

impl Shape {
    fn nodes(&mut self, nodes: &[Node<'_>]) {
        nodes.iter().for_each(|node| self.node(node));
    }

    fn node(&mut self, node: &Node<'_>) {
        match node {
            Node::Text(text) => self.words(text),
            Node::Element(element) if element.name == "br" => {
                self.gap = Some(self.one_more_break())
            }
            Node::Element(element) if element.name == "pre" => self.code(element),
            Node::Element(element) if is_plain_link(element) => self.nodes(&element.children),
            Node::Element(element) if node.is_inline() => self.inline(element),
            Node::Element(element) => self.block(element),
        }
    }

    fn one_more_break(&self) -> Gap {
        match self.gap {
            Some(Gap::Break(n)) => Gap::Break(n.saturating_add(1)),
            Some(Gap::Block) => Gap::Block,
            _ => Gap::Break(1),
        }
    }

    fn widen(&mut self, gap: Gap) {
        self.gap = self.gap.max(Some(gap));
    }

    fn words(&mut self, text: &str) {
        let mut rest = text;
        while !rest.is_empty() {
            let blank =
                rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r', '\u{c}']).len();
            if blank > 0 {
                self.widen(Gap::Blank);
                rest = &rest[blank..];
                continue;
            }
            let end = rest.find([' ', '\t', '\n', '\r', '\u{c}']).unwrap_or(rest.len());
            self.something();
            self.text.push_str(&rest[..end]);
            rest = &rest[end..];
        }
    }

    /// Before anything that is seen: the gap, then the elements that begin with it.
    fn something(&mut self) {
        match self.gap.take() {
            // At the beginning of a text or of a block no gap is seen.
            _ if self.text.is_empty() || self.text.ends_with('\n') => {}
            None => {}
            Some(Gap::Blank) => self.text.push(' '),
            Some(Gap::Break(n)) => (0..n).for_each(|_| self.text.push_str("<br>")),
            Some(Gap::Block) => self.text.push('\n'),
        }
        for opened in self.opened.drain(..) {
            self.text.push_str(&opened);
        }
    }

    fn inline(&mut self, element: &Element<'_>) {
        let name = match element.name {
            "b" => "strong",
            "i" => "em",
            "s" | "strike" => "del",
            other => other,
        };
        if element.is_transparent() {
            return self.nodes(&element.children);
        }
        let before = self.opened.len();
        self.opened.push(format!("<{name}{}>", attributes(element)));
        match name {
            "img" | "input" | "audio" | "video" | "source" | "wbr" => self.something(),
            _ => {}
        }
        self.nodes(&element.children);
        // An element in which nothing is read is none.
        if self.opened.len() > before {
            self.opened.truncate(before);
        } else {
            self.text.push_str("</>");
        }
    }

    fn block(&mut self, element: &Element<'_>) {
        self.gap = Some(Gap::Block);
        let is_named = !(element.is_transparent()
            || matches!(element.name, "p" | "thead" | "tbody") && element.is_bare());
        // A paragraph of blanks is room between others.
        if !is_named && element.children.iter().all(Node::is_blank) {
            return;
        }
        if is_named {
            self.something();
            self.text.push_str(&format!("<{}{}>\n", element.name, attributes(element)));
        }
        self.nodes(&element.children);
        self.gap = Some(Gap::Block);
        if is_named {
            self.text.push_str("\n</>");
        }
    }

    /// Every character counts, but for the breaks at both ends.
    fn code(&mut self, element: &Element<'_>) {
        self.gap = Some(Gap::Block);
        self.something();
        let inner = match element.elements().as_deref() {
            Some([code]) if code.name == "code" => *code,
            _ => element,
        };
        self.text.push_str(&format!("<pre{}>", attributes(inner)));
        let html: String = inner.children.iter().map(Node::html).collect();
        self.text.push_str(html.trim_matches('\n'));
        self.text.push_str("</>");
        self.gap = Some(Gap::Block);
    }
}

/// The attributes that a reader could notice.
fn attributes(element: &Element<'_>) -> String {
    let mut shown = String::new();
    let mut all: Vec<_> = element.attributes().collect();
    all.sort();
    for (name, value) in all {
        let is_noticed = match (element.name, name) {
            (_, "class") => value.starts_with("language-"),
            (_, "tabindex" | "data-language") => false,
            ("img", "width" | "height") => {
                value.parse().is_ok_and(|n: u32| n < COLUMN) && is_small(element)
            }
            ("ol", "start") => value != "1",
            ("img", "alt") | (_, "title") => !value.is_empty(),
            _ => true,
        };
        if is_noticed {
            shown.extend([" ", name, "=\"", &value, "\""]);
        }
    }
    shown
}

/// Whether a picture asks to be less wide than the column.
pub fn is_small(image: &Element<'_>) -> bool {
    let side = |name| image.attribute(name).and_then(|value| value.parse::<u32>().ok());
    match (side("width"), side("height")) {
        (Some(width), _) => width < COLUMN,
        (None, Some(height)) => height < COLUMN,
        (None, None) => false,
    }
}

/// A link whose words are its address: an address that stands in a text by itself becomes one.
fn is_plain_link(element: &Element<'_>) -> bool {
    let href = element.attribute("href");
    let (Some(href), [Node::Text(text)]) = (href, element.children.as_slice()) else {
        return false;
    };
    let text = super::tree::unescaped(text);
    element.name == "a"
        && element.attributes().count() == 1
        && ["", "mailto:", "http://"].iter().any(|scheme| href.strip_prefix(scheme) == Some(&*text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_the_same_has_the_same_shape() {
        for (one, other) in [
            ("<p>a  b</p>", "a\nb"),
            ("<p>a<strong> b </strong>c</p>", "<p>a <b>b</b> c</p>"),
            ("<ul><li><p>a</p></li></ul>", "<ul>\n<li>a</li>\n</ul>"),
            ("<div><p>a</p></div><p>b<br></p>", "<p>a</p>\n<p>b</p>"),
            ("<pre>a\n</pre>", "<pre><code>a\n</code></pre>"),
            ("<figure><img src=\"/a\" alt=\"\"></figure>", "<p><img src=\"/a\"></p>"),
            ("<p>a<em></em></p>", "<p>a</p>"),
            ("<p>a<br>\nb</p>", "<p>a<br>b</p>"),
            ("<p><a href=\"http://a.example\">http://a.example</a></p>", "http://a.example"),
        ] {
            assert_eq!(shape(one), shape(other), "{one}");
        }
    }

    #[test]
    fn what_is_read_differently_has_another() {
        for (one, other) in [
            ("<p>a</p><p>b</p>", "<p>a b</p>"),
            ("<p>a<b>b</b></p>", "<p>a <b>b</b></p>"),
            ("<p>a<br>b</p>", "<p>a b</p>"),
            ("<p>a<br><br>b</p>", "<p>a<br>b</p>"),
            ("<ul><li>a</li></ul>", "<ol><li>a</li></ol>"),
            ("<pre>a  b</pre>", "<pre>a b</pre>"),
            ("<p><img src=\"/a\" width=\"100\"></p>", "<p><img src=\"/a\"></p>"),
            ("<p>a</p>", "<p><u>a</u></p>"),
            ("<h2 id=\"x\">a</h2>", "<h2>a</h2>"),
            ("<ul><li>a</li></ul><ul><li>b</li></ul>", "<ul><li>a</li><li>b</li></ul>"),
        ] {
            assert_ne!(shape(one), shape(other), "{one}");
        }
    }
}
