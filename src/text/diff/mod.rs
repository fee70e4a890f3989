//! What changed between two Markdown texts, for a person to read.

mod fold;
mod lines;
mod pieces;

use serde::Serialize;

use super::words;

/// The difference between two texts.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub struct Diff {
    /// The text from top to bottom, long unchanged parts left out.
    pub blocks: Vec<Block>,
    /// How many words are new.
    pub added: usize,
    /// How many words are gone.
    pub removed: usize,
    /// Whether there is anything to see.
    pub extent: Extent,
}

/// How far two texts differ.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Extent {
    /// They are the same.
    #[default]
    Nothing,
    /// Only white space differs, and none that a reader would see.
    Spaces,
    /// Words or marks differ, or how lines are indented.
    Words,
}

/// A part of a difference.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Block {
    /// Unchanged lines next to a change.
    Same {
        /// The lines.
        text: String,
    },
    /// Unchanged lines further from any change.
    Skipped {
        /// How many they are, empty ones not counted.
        lines: usize,
    },
    /// A paragraph, or lines of it, with what changed inside.
    Changed {
        /// The paragraph from beginning to end.
        pieces: Vec<Piece>,
    },
}

/// A run of words with one history.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// What happened to it.
    pub kind: Kind,
    /// The words with the white space behind them.
    pub text: String,
}

/// What happened to a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// It stands in both texts.
    Same,
    /// It stands in the new text only.
    Added,
    /// It stands in the old text only.
    Removed,
}

impl Diff {
    /// What makes `old` become `new`: first by lines, then by words inside the lines that changed.
    pub fn between(old: &str, new: &str) -> Diff {
        let parts = lines::compare(old, new);
        let blocks = fold::blocks(parts);
        let pieces = || blocks.iter().flat_map(Block::pieces);
        let count = |kind| {
            let of_kind = pieces().filter(|piece| piece.kind == kind);
            of_kind.map(|piece| words::count(&piece.text)).sum()
        };
        let (added, removed) = (count(Kind::Added), count(Kind::Removed));
        let extent = match pieces().next() {
            Some(_) => Extent::Words,
            None if old == new => Extent::Nothing,
            None => Extent::Spaces,
        };
        Diff { blocks, added, removed, extent }
    }
}

impl Block {
    fn pieces(&self) -> &[Piece] {
        match self {
            Block::Changed { pieces } => pieces,
            Block::Same { .. } | Block::Skipped { .. } => &[],
        }
    }
}

/// What changed in a field of a single line, such as a title.
pub fn line(old: &str, new: &str) -> Vec<Piece> {
    pieces::compare(old, new).into_iter().flatten().collect()
}

#[cfg(test)]
mod tests;
