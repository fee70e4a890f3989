//! How much work a text may cause, checked before the work is done.

use crate::text::work::Work;
use std::fmt;
use std::time::Duration;

use comrak::arena_tree::NodeEdge;
use comrak::{Arena, Node, Options, try_parse_document};
use thiserror::Error;

const MAX_DEPTH: usize = 100;
const MAX_NODES: usize = 400_000;
const MAX_HTML: usize = 8 * 1024 * 1024;
const MAX_PARSING: Duration = Duration::from_millis(500);

/// Why a text is refused, as its author should read it.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum TooComplex {
    /// Quotes, lists or emphasis inside one another without end.
    #[error("Line {0} nests quotes, lists or emphasis too deeply; flatten it.")]
    Deep(usize),
    /// More table cells, words and marks than a page can hold.
    #[error("This text has too many parts for one page; split it into several.")]
    Large,
    /// Marks that take very long to match.
    #[error("This text takes too long to render; look for long runs of brackets, stars or quotes.")]
    Slow,
    /// HTML whose end cannot be found in reasonable time.
    #[error("This text leaves too many HTML tags open; close them or write Markdown instead.")]
    Tangled,
}

/// Parses a text unless that takes too long.
pub fn parse<'a>(
    arena: &'a Arena<'a>,
    markdown: &str,
    options: &Options<'_>,
) -> Result<Node<'a>, TooComplex> {
    let work = Work::begin();
    let is_late = || work.done() > MAX_PARSING;
    try_parse_document(arena, markdown, options, &is_late).map_err(|_| TooComplex::Slow)
}

/// Refuses a document that is too deep or has too many parts.
pub fn check_nodes(root: Node<'_>) -> Result<(), TooComplex> {
    let mut depth = 0;
    let mut nodes = 0;
    for edge in root.traverse() {
        match edge {
            NodeEdge::Start(node) => {
                depth += 1;
                nodes += 1;
                if depth > MAX_DEPTH {
                    return Err(TooComplex::Deep(node.data().sourcepos.start.line));
                }
                if nodes > MAX_NODES {
                    return Err(TooComplex::Large);
                }
            }
            NodeEdge::End(_) => depth -= 1,
        }
    }
    Ok(())
}

/// A string that refuses to grow without end.
#[derive(Default)]
pub struct Output(String);

impl fmt::Write for Output {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if self.0.len() + text.len() > MAX_HTML {
            return Err(fmt::Error);
        }
        self.0.push_str(text);
        Ok(())
    }
}

impl From<Output> for String {
    fn from(output: Output) -> Self {
        output.0
    }
}
