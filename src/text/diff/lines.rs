//! The lines that changed, and the words in them.

use super::{Kind, Piece, pieces};
use crate::text::runs::{self, Run};

/// A line or a paragraph.
pub enum Part {
    /// A line that stayed.
    Same(String),
    /// A paragraph in which something changed.
    Changed(Vec<Piece>),
}

/// Both texts from beginning to end.
pub fn compare(old: &str, new: &str) -> Vec<Part> {
    let old: Vec<_> = old.lines().collect();
    let new: Vec<_> = new.lines().collect();
    let is_empty = |_: &Run, same: &Run, _: &Run| {
        new[same.new.clone()].iter().all(|line| line.trim().is_empty())
    };
    let runs = runs::joined(runs::compare(&old, &new), is_empty);
    let mut parts = Vec::new();
    for Run { old: removed, new: added, is_same } in runs {
        match is_same {
            true => parts.extend(new[added].iter().map(|line| Part::Same((*line).to_owned()))),
            false => compare_words(&old[removed], &new[added], &mut parts),
        }
    }
    parts
}

fn compare_words(old: &[&str], new: &[&str], parts: &mut Vec<Part>) {
    let (old, new) = (old.join("\n"), new.join("\n"));
    for pieces in pieces::compare(old.trim_end(), new.trim_end()) {
        if pieces.iter().any(|piece| piece.kind != Kind::Same) {
            parts.push(Part::Changed(pieces));
        } else {
            let lines = pieces.iter().flat_map(|piece| piece.text.lines());
            parts.extend(lines.map(|line| Part::Same(line.to_owned())));
        }
    }
}
