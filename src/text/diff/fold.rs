//! Unchanged lines, as many as a reader needs to know where they are.

use super::Block;
use super::lines::Part;

/// How many lines stay on either side of a change.
const CONTEXT: usize = 2;

/// The parts with long unchanged stretches left out.
pub fn blocks(parts: Vec<Part>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut same = Vec::new();
    for part in parts {
        match part {
            Part::Same(line) => same.push(line),
            Part::Changed(pieces) => {
                push_same(&same, true, &mut blocks);
                same.clear();
                blocks.push(Block::Changed { pieces });
            }
        }
    }
    push_same(&same, false, &mut blocks);
    blocks
}

/// Unchanged lines between what is in `blocks` and the next change, if there `is_more`.
fn push_same(lines: &[String], is_more: bool, blocks: &mut Vec<Block>) {
    let is_filled = |at: &usize| !lines[*at].trim().is_empty();
    let filled: Vec<usize> = (0..lines.len()).filter(is_filled).collect();
    let before = if blocks.is_empty() { 0 } else { CONTEXT };
    let after = if is_more { CONTEXT } else { 0 };
    let skipped = filled.len().saturating_sub(before + after);
    if skipped < 2 {
        return push_text(lines, blocks);
    }
    push_text(&lines[..filled[before]], blocks);
    blocks.push(Block::Skipped { lines: skipped });
    push_text(&lines[filled[before + skipped - 1] + 1..], blocks);
}

fn push_text(lines: &[String], blocks: &mut Vec<Block>) {
    let text = lines.join("\n");
    let text = text.trim_end().trim_start_matches('\n');
    if !text.is_empty() {
        blocks.push(Block::Same { text: text.to_owned() });
    }
}
