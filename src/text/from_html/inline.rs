//! What stands inside a line, as Markdown.

use super::escape::{destination, escaped, line, title};
use super::shape::is_small;
use super::tree::{Element, Node, unescaped};

/// How emphasis is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Emphasis {
    /// With stars.
    Marks,
    /// As the elements that it is: where a star would not be read as a mark.
    Elements,
}

/// Some parts of a line; `None` where Markdown has no way to write them.
pub fn written(nodes: &[&Node<'_>], emphasis: Emphasis) -> Option<String> {
    let mut writer = Writer { out: String::new(), emphasis };
    nodes.iter().try_for_each(|node| writer.node(node))?;
    let lines = writer.out.trim_matches([' ', '\n']);
    let lines: Vec<_> = lines.split('\n').map(|text| line(text.trim_start_matches(' '))).collect();
    Some(lines.join("\n"))
}

struct Writer {
    out: String,
    emphasis: Emphasis,
}

impl Writer {
    fn nodes(&mut self, nodes: &[Node<'_>]) -> Option<()> {
        nodes.iter().try_for_each(|node| self.node(node))
    }

    fn node(&mut self, node: &Node<'_>) -> Option<()> {
        match node {
            Node::Text(text) => self.words(text),
            Node::Element(element) => return self.element(element),
        }
        Some(())
    }

    /// White space counts once, and not at the beginning of a line.
    fn words(&mut self, text: &str) {
        let is_blank = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}');
        let text = unescaped(text);
        let words: Vec<_> = text.split(is_blank).filter(|word| !word.is_empty()).collect();
        if text.starts_with(is_blank) {
            self.blank();
        }
        self.out.push_str(&escaped(&words.join(" ")));
        if text.ends_with(is_blank) {
            self.blank();
        }
    }

    fn blank(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with([' ', '\n']) {
            self.out.push(' ');
        }
    }

    fn element(&mut self, element: &Element<'_>) -> Option<()> {
        match element.name {
            "br" => {
                self.out.truncate(self.out.trim_end_matches(' ').len());
                self.out.push_str("\\\n");
            }
            "span" if element.is_bare() => return self.nodes(&element.children),
            "strong" | "b" if element.is_bare() => return self.emphasised("**", "strong", element),
            "em" | "i" if element.is_bare() => return self.emphasised("*", "em", element),
            "del" | "s" | "strike" if element.is_bare() => {
                return self.emphasised("~~", "del", element);
            }
            "code" if element.is_bare() => self.out.push_str(&code(element)?),
            "a" => return self.link(element),
            "img" => self.out.push_str(&picture(element)?),
            "sub" | "sup" | "kbd" | "mark" | "u" | "small" | "abbr" | "cite" | "q" | "ins"
            | "samp" | "var" | "time" | "bdi" | "bdo" | "dfn" => {
                let (start, end) = tags(element);
                self.out.push_str(start);
                self.nodes(&element.children)?;
                self.out.push_str(&end);
            }
            _ => return None,
        }
        Some(())
    }

    /// Blanks at both ends of emphasis go outside, where Markdown wants them.
    fn emphasised(&mut self, mark: &str, name: &str, element: &Element<'_>) -> Option<()> {
        let mut inner = Writer { out: String::new(), emphasis: self.emphasis };
        inner.nodes(&element.children)?;
        let text = inner.out.trim_matches([' ', '\n']);
        let is_blank = |node: Option<&Node<'_>>, at_end: bool| match node {
            Some(Node::Text(text)) if at_end => text.ends_with([' ', '\n', '\t']),
            Some(Node::Text(text)) => text.starts_with([' ', '\n', '\t']),
            _ => false,
        };
        if is_blank(element.children.first(), false) {
            self.blank();
        }
        if !text.is_empty() {
            let (start, end) = match self.emphasis {
                Emphasis::Marks => (mark.to_owned(), mark.to_owned()),
                Emphasis::Elements => (format!("<{name}>"), format!("</{name}>")),
            };
            self.out.extend([start.as_str(), text, &end]);
        }
        if is_blank(element.children.last(), true) {
            self.blank();
        }
        Some(())
    }

    fn link(&mut self, element: &Element<'_>) -> Option<()> {
        let known = |name: &str| matches!(name, "href" | "title");
        if !element.attributes().all(|(name, _)| known(name)) {
            return None;
        }
        let address = destination(&element.attribute("href")?)?;
        let mut inner = Writer { out: String::new(), emphasis: self.emphasis };
        inner.nodes(&element.children)?;
        if self.out.ends_with('!') {
            self.out.insert(self.out.len() - 1, '\\');
        }
        let words = inner.out.trim_matches([' ', '\n']);
        let title = element.attribute("title").map(|text| title(&text)).unwrap_or_default();
        self.out.push_str(&format!("[{words}]({address}{title})"));
        Some(())
    }
}

/// A piece of code between as many marks as it takes.
fn code(element: &Element<'_>) -> Option<String> {
    let text = match element.children.as_slice() {
        [Node::Text(text)] => unescaped(text).replace('\n', " "),
        _ => return None,
    };
    let runs = text.split(|c| c != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or_default() + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    Some(format!("{fence}{pad}{text}{pad}{fence}"))
}

fn picture(element: &Element<'_>) -> Option<String> {
    let known = |name: &str| matches!(name, "src" | "alt" | "title" | "width" | "height" | "class");
    if !element.attributes().all(|(name, _)| known(name)) || is_small(element) {
        return None;
    }
    let address = destination(&element.attribute("src")?)?;
    let alt = element.attribute("alt").map(|alt| escaped(&alt.replace('\n', " ")));
    let title = element.attribute("title").filter(|title| !title.is_empty());
    let title = title.map(|text| title_of(&text)).unwrap_or_default();
    Some(format!("![{}]({address}{title})", alt.unwrap_or_default()))
}

fn title_of(text: &str) -> String {
    title(text)
}

/// The tags of an element as they stand in the HTML.
fn tags<'h>(element: &Element<'h>) -> (&'h str, String) {
    let end = element.html.find('>').map_or(element.html.len(), |at| at + 1);
    (&element.html[..end], format!("</{}>", element.name))
}
