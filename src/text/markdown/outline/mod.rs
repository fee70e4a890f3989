//! What stands in a text, for whoever looks it over before it is published.

use super::{limits, options};
use crate::text::search::has_no_spaces;
use crate::text::words;
use comrak::nodes::NodeValue;
use comrak::{Anchorizer, Arena, Node};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// What stands in a text.
#[derive(Debug, Default)]
pub struct Outline {
    /// What a careful reader stumbles over, from top to bottom.
    pub stumbles: Vec<Stumble>,
    /// Where its links lead.
    pub links: Vec<Target>,
    /// Which pictures and files it shows.
    pub pictures: Vec<Target>,
    /// Its headings, from top to bottom.
    pub headings: Vec<Heading>,
    /// How many words there are to read. In scripts without spaces a character is a word. Code blocks are looked at
    /// rather than read; they do not count.
    pub words: usize,
    /// How long it takes to read, in minutes.
    pub minutes: usize,
}

/// An address, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The line, the first is 1.
    pub line: usize,
    /// The address as it is written.
    pub address: String,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its name in addresses.
    pub id: String,
    /// What it says.
    pub text: String,
}

/// Something that a careful reader stumbles over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stumble {
    /// The line, the first is 1.
    pub line: usize,
    /// What it is.
    pub over: Over,
}

/// What a reader stumbles over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Over {
    /// A picture that says nothing to who cannot see it.
    PictureWithoutWords,
    /// A heading more than one level below the one before it: from, to.
    HeadingJump(u8, u8),
    /// A heading of the level that the title of the page has.
    SecondTitle,
    /// A link without a word to click on.
    LinkWithoutWords,
    /// A link to a heading of this text that it does not have.
    NoSuchHeading(String),
}

/// How many words people read in a minute (M. Brysbaert, 2019), and how many characters of scripts without spaces.
const WORDS_A_MINUTE: usize = 230;
const CHARACTERS_A_MINUTE: usize = 500;

impl Outline {
    /// What stands in `markdown`; nothing where it would take too much work to find out.
    pub fn of(markdown: &str) -> Outline {
        let arena = Arena::new();
        match limits::parse(&arena, markdown, &options()) {
            Ok(root) if limits::check_nodes(root).is_ok() => Survey::of(root),
            _ => Outline::default(),
        }
    }
}

/// A walk through a text.
#[derive(Default)]
struct Survey {
    outline: Outline,
    prose: String,
    anchors: HashSet<String>,
    anchorizer: Anchorizer,
    level: u8,
    has_html: bool,
}

impl Survey {
    fn of(root: Node<'_>) -> Outline {
        let mut survey = Survey { level: 1, ..Survey::default() };
        root.descendants().for_each(|node| survey.visit(node));
        survey.check_headings();
        survey.count();
        survey.outline.stumbles.sort_by_key(|stumble| stumble.line);
        survey.outline
    }

    fn visit(&mut self, node: Node<'_>) {
        let data = node.data();
        let line = data.sourcepos.start.line;
        match &data.value {
            NodeValue::Text(text) => self.prose.push_str(text),
            NodeValue::Code(code) => self.prose.push_str(&code.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak | NodeValue::Paragraph => {
                self.prose.push('\n');
            }
            NodeValue::Heading(heading) => {
                self.prose.push('\n');
                self.heading(line, heading.level, &words_in(node));
            }
            NodeValue::Link(link) => {
                if words_in(node).trim().is_empty() && !has_picture(node) {
                    self.stumble(line, Over::LinkWithoutWords);
                }
                self.outline.links.push(Target { line, address: link.url.to_string() });
            }
            NodeValue::Image(image) => {
                if words_in(node).trim().is_empty() {
                    self.stumble(line, Over::PictureWithoutWords);
                }
                self.outline.pictures.push(Target { line, address: image.url.to_string() });
            }
            NodeValue::HtmlBlock(html) => self.html(line, &html.literal),
            NodeValue::HtmlInline(html) => self.html(line, html),
            _ => {}
        }
    }

    fn heading(&mut self, line: usize, level: u8, text: &str) {
        let id = self.anchorizer.anchorize(text);
        self.outline.headings.push(Heading { level, id: id.clone(), text: text.trim().to_owned() });
        self.anchors.insert(id);
        match level {
            1 => self.stumble(line, Over::SecondTitle),
            level if level > self.level + 1 => {
                self.stumble(line, Over::HeadingJump(self.level, level));
            }
            _ => {}
        }
        self.level = level;
    }

    /// Looks at the tags of raw HTML as far as an address or a picture goes.
    fn html(&mut self, line: usize, html: &str) {
        self.has_html = true;
        for (at, _) in html.match_indices('<') {
            let tag = html[at + 1..].split('>').next().unwrap_or_default();
            let line = line + html[..at].matches('\n').count();
            let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
            let target = |address| Target { line, address };
            match name.to_ascii_lowercase().as_str() {
                "a" => self.outline.links.extend(attribute(tag, "href").map(target)),
                "img" => {
                    if attribute(tag, "alt").is_none_or(|alt| alt.trim().is_empty()) {
                        self.stumble(line, Over::PictureWithoutWords);
                    }
                    self.outline.pictures.extend(attribute(tag, "src").map(target));
                }
                "audio" | "video" | "source" => {
                    self.outline.pictures.extend(attribute(tag, "src").map(target));
                }
                _ => {}
            }
        }
    }

    /// Links within the text, as far as its headings alone can tell.
    fn check_headings(&mut self) {
        if self.has_html {
            return;
        }
        let links = std::mem::take(&mut self.outline.links);
        for link in &links {
            if let Some(heading) = link.address.strip_prefix('#').filter(|name| !name.is_empty())
                && !self.anchors.contains(heading)
                && !self
                    .anchors
                    .contains(&*percent_encoding::percent_decode_str(heading).decode_utf8_lossy())
            {
                self.stumble(link.line, Over::NoSuchHeading(heading.to_owned()));
            }
        }
        self.outline.links = links;
    }

    fn count(&mut self) {
        let characters = self.prose.chars().filter(|c| has_no_spaces(*c)).count();
        let spaced: String =
            self.prose.chars().map(|c| if has_no_spaces(c) { ' ' } else { c }).collect();
        let words = words::count(&spaced);
        let minutes =
            words as f64 / WORDS_A_MINUTE as f64 + characters as f64 / CHARACTERS_A_MINUTE as f64;
        self.outline.words = words + characters;
        self.outline.minutes = minutes.ceil() as usize;
    }

    fn stumble(&mut self, line: usize, over: Over) {
        self.outline.stumbles.push(Stumble { line, over });
    }
}

fn words_in(node: Node<'_>) -> String {
    let mut words = String::new();
    for node in node.descendants() {
        match &node.data().value {
            NodeValue::Text(text) => words.push_str(text),
            NodeValue::Code(code) => words.push_str(&code.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak => words.push(' '),
            _ => {}
        }
    }
    words
}

fn has_picture(node: Node<'_>) -> bool {
    node.descendants()
        .any(|node| matches!(node.data().value, NodeValue::Image(_) | NodeValue::HtmlInline(_)))
}

/// The value of an attribute in a tag as an author writes it.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let lower = tag.to_ascii_lowercase();
    let (at, _) = lower.match_indices(name).find(|(at, _)| {
        lower[..*at].ends_with(|c: char| c.is_ascii_whitespace() || c == '"' || c == '\'')
            && lower[at + name.len()..].trim_start().starts_with('=')
    })?;
    let value = tag[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
    let value = match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next(),
        _ => value.split(|c: char| c.is_ascii_whitespace()).next(),
    };
    value.map(str::to_owned)
}

#[cfg(test)]
mod tests;
