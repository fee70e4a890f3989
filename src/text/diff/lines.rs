//! The lines that changed, and the words in them.

use super::{Kind, Piece, pieces};
use crate::text::runs::{self, Run};

/// Changed paragraphs next to one another are compared as one text, because one of them may be new
/// and the rest only moved; but not more lines at a time than this.
const MAX_JOINED: usize = 200;

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
    let is_only_a_break = |before: &Run, same: &Run, after: &Run| {
        new[same.new.clone()].iter().all(|line| line.trim().is_empty())
            && (after.old.end - before.old.start) + (after.new.end - before.new.start) < MAX_JOINED
    };
    let runs = runs::joined(runs::compare(&old, &new), is_only_a_break);
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
    for pieces in pieces::compare(&paragraphs(old), &paragraphs(new)) {
        if pieces.iter().any(|piece| piece.kind != Kind::Same) {
            parts.push(Part::Changed(pieces));
        } else {
            let text: String = pieces.into_iter().map(|piece| piece.text).collect();
            parts.extend(text.lines().map(|line| Part::Same(line.to_owned())));
        }
        parts.push(Part::Same(String::new()));
    }
}

/// The lines as one text, without empty ones before and behind it.
fn paragraphs(lines: &[&str]) -> String {
    lines.join("\n").trim_end().trim_start_matches('\n').to_owned()
}
