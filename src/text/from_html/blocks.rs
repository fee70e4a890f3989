//! What stands by itself, as Markdown.

use super::inline::{self, Emphasis};
use super::tree::{Element, Node, unescaped};

/// Something that stands by itself.
pub enum Block<'a, 'h> {
    /// What stands inside lines: a paragraph.
    Lines(Vec<&'a Node<'h>>),
    /// An element.
    Whole(&'a Element<'h>),
}

/// The blocks of a text. What only groups others is none.
pub fn blocks<'a, 'h>(nodes: &'a [Node<'h>]) -> Vec<Block<'a, 'h>> {
    let mut blocks = Vec::new();
    collect(nodes, &mut blocks);
    blocks.retain(|block| match block {
        Block::Lines(nodes) => !nodes.iter().all(|node| node.is_blank()),
        Block::Whole(_) => true,
    });
    blocks
}

fn collect<'a, 'h>(nodes: &'a [Node<'h>], blocks: &mut Vec<Block<'a, 'h>>) {
    blocks.push(Block::Lines(Vec::new()));
    for node in nodes {
        match node {
            Node::Element(element) if !node.is_inline() => {
                match element.is_transparent() || (element.name == "p" && element.is_bare()) {
                    true => collect(&element.children, blocks),
                    false => blocks.push(Block::Whole(element)),
                }
                blocks.push(Block::Lines(Vec::new()));
            }
            _ => {
                if let Some(Block::Lines(line)) = blocks.last_mut() {
                    line.push(node);
                }
            }
        }
    }
}

impl Block<'_, '_> {
    /// The block as Markdown; `None` where there is no way to write it.
    pub fn written(&self, emphasis: Emphasis) -> Option<String> {
        match self {
            Block::Lines(nodes) => inline::written(nodes, emphasis).filter(|text| !text.is_empty()),
            Block::Whole(element) => whole(element, emphasis),
        }
    }

    /// The HTML that it was.
    pub fn html(&self) -> String {
        match self {
            Block::Lines(nodes) => {
                let html: String = nodes.iter().map(|node| node.html()).collect();
                format!("<p>{}</p>", html.trim())
            }
            Block::Whole(element) => element.html.to_owned(),
        }
    }

    /// The same as Markdown lets it stand.
    pub fn kept(&self) -> String {
        without_blank_lines(&self.html())
    }

    /// Whether it would grow together with another of its kind that follows.
    pub fn is_list(&self) -> bool {
        matches!(self, Block::Whole(element) if matches!(element.name, "ul" | "ol"))
    }
}

/// In code a blank line becomes one with the code of a line end; anywhere else it says nothing.
fn without_blank_lines(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut in_code = false;
    for line in html.split_inclusive('\n') {
        match line.trim().is_empty() {
            true if in_code => out.push_str("&#10;"),
            true => {}
            false => out.push_str(line),
        }
        let last = |tag| line.rfind(tag).map_or(0, |at| at + 1);
        in_code = match (last("<pre"), last("</pre")) {
            (0, 0) => in_code,
            (open, close) => open > close,
        };
    }
    out.trim_end().to_owned()
}

fn whole(element: &Element<'_>, emphasis: Emphasis) -> Option<String> {
    let children: Vec<_> = element.children.iter().collect();
    match element.name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if element.is_bare() => {
            let level = element.name[1..].parse().ok()?;
            let words = inline::written(&children, emphasis)?;
            let is_line = !words.is_empty() && !words.contains('\n');
            // Number signs at the end would close the heading.
            (is_line && !words.ends_with('#')).then(|| format!("{} {words}", "#".repeat(level)))
        }
        "hr" => Some("---".to_owned()),
        "pre" => code(element),
        "blockquote" if element.is_bare() => {
            let inner = joined(&blocks(&element.children), emphasis)?;
            let quoted = inner
                .lines()
                .map(|line| if line.is_empty() { ">".to_owned() } else { format!("> {line}") });
            Some(quoted.collect::<Vec<_>>().join("\n"))
        }
        "ul" if element.is_bare() => list(element, emphasis, |_| "- ".to_owned()),
        "ol" => {
            let first = match element.attributes().collect::<Vec<_>>().as_slice() {
                [] => 1,
                [("start", start)] => start.parse::<u32>().ok()?,
                _ => return None,
            };
            list(element, emphasis, |n| format!("{}. ", first as usize + n))
        }
        "table" if element.is_bare() => super::table::written(element, emphasis),
        _ => None,
    }
}

/// Blocks one after the other.
fn joined(blocks: &[Block<'_, '_>], emphasis: Emphasis) -> Option<String> {
    let written = blocks.iter().map(|block| block.written(emphasis)).collect::<Option<Vec<_>>>()?;
    Some(written.join("\n\n"))
}

fn code(element: &Element<'_>) -> Option<String> {
    let inner = match element.elements().as_deref() {
        Some([code]) if code.name == "code" => *code,
        _ => element,
    };
    let text = match inner.children.as_slice() {
        [Node::Text(text)] => unescaped(text),
        [] => return None,
        _ => return None,
    };
    let language = inner.attribute("class").unwrap_or_default();
    let language = language.strip_prefix("language-").unwrap_or_default();
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    Some(format!("{fence}{language}\n{}\n{fence}", text.trim_matches('\n')))
}

fn list(
    element: &Element<'_>,
    emphasis: Emphasis,
    mark: impl Fn(usize) -> String,
) -> Option<String> {
    let items = element.elements()?;
    if items.is_empty() || !items.iter().all(|item| item.name == "li" && item.is_bare()) {
        return None;
    }
    let contents: Vec<_> = items.iter().map(|item| blocks(&item.children)).collect();
    // A list is close together as long as no item has two paragraphs.
    let is_close = contents.iter().all(|blocks| match blocks.as_slice() {
        [] | [_] => true,
        [_, rest @ ..] => rest.iter().all(Block::is_list),
    });
    let between = if is_close { "\n" } else { "\n\n" };
    let mut written = Vec::new();
    for (n, blocks) in contents.iter().enumerate() {
        let (mark, parts) = (mark(n), blocks.iter().map(|block| block.written(emphasis)));
        let text = parts.collect::<Option<Vec<_>>>()?.join(between);
        let indent = " ".repeat(mark.len());
        let mut lines = text.lines().enumerate().map(|(n, line)| match n {
            0 => format!("{mark}{line}"),
            _ if line.is_empty() => String::new(),
            _ => format!("{indent}{line}"),
        });
        let first = lines.next().unwrap_or_else(|| mark.trim_end().to_owned());
        written.push(std::iter::once(first).chain(lines).collect::<Vec<_>>().join("\n"));
    }
    Some(written.join(between))
}
