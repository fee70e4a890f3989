//! The words that changed, joined to pieces that read well.

use std::ops::Range;
use std::{iter, mem};

use super::{Kind, Piece};
use crate::text::runs::{self, Run};
use crate::text::words::{self, parted};

/// Both texts word by word, in paragraphs.
pub fn compare(old: &str, new: &str) -> Vec<Vec<Piece>> {
    let (old, new) = (words::words(old), words::words(new));
    let runs = runs::compare(&keys(&old), &keys(&new));
    let (old_lengths, new_lengths) = (Lengths::of(&old), Lengths::of(&new));
    let length = |run: &Run| old_lengths.over(&run.old).max(new_lengths.over(&run.new));
    // Equal words shorter than what changed before and after them make a reader stumble.
    let is_slight = |before: &Run, same: &Run, after: &Run| {
        2 * length(same) <= length(before).min(length(after))
            && !new[same.new.clone()].iter().any(|word| words::is_break(word))
    };
    let mut out = Paragraphs::default();
    for run in runs::joined(runs, is_slight) {
        let (old, new) = (&old[run.old], &new[run.new]);
        if run.is_same {
            old.iter().zip(new).for_each(|(old, new)| out.same(old, new));
        } else {
            out.push(Kind::Removed, &old.concat());
            out.push(Kind::Added, &new.concat());
        }
    }
    out.finish()
}

/// What makes two words the same: not the white space behind them, which changes with every line that is filled anew.
fn keys<'t>(words: &[&'t str]) -> Vec<&'t str> {
    let key = |word: &&'t str| match parted(word) {
        ("", _) if words::is_break(word) => "\n",
        ("", _) => " ",
        (visible, _) => visible,
    };
    words.iter().map(key).collect()
}

/// How many characters stand before each word, white space not counted.
struct Lengths(Vec<usize>);

impl Lengths {
    fn of(words: &[&str]) -> Lengths {
        let lengths = words.iter().scan(0, |sum, word| {
            *sum += parted(word).0.chars().count();
            Some(*sum)
        });
        Lengths(iter::once(0).chain(lengths).collect())
    }

    fn over(&self, words: &Range<usize>) -> usize {
        self.0[words.end] - self.0[words.start]
    }
}

/// Pieces as they grow, until their paragraph ends.
#[derive(Default)]
struct Paragraphs {
    full: Vec<Vec<Piece>>,
    last: Vec<Piece>,
}

impl Paragraphs {
    fn push(&mut self, kind: Kind, text: &str) {
        match self.last.last_mut().filter(|last| last.kind == kind) {
            Some(last) => last.text.push_str(text),
            None if text.is_empty() => {}
            None => self.last.push(Piece { kind, text: text.to_owned() }),
        }
    }

    /// A word that stands in both texts, with what became of the white space behind it.
    fn same(&mut self, old: &str, new: &str) {
        let ((_, old_space), (visible, space)) = (parted(old), parted(new));
        self.push(Kind::Same, visible);
        if !visible.is_empty() {
            return self.space(old_space, space, is_same_space(old_space, space));
        }
        if words::is_break(new) {
            self.full.push(mem::take(&mut self.last));
        }
        let (old_indent, indent) = (indent(old), indent(new));
        self.space(old_indent, indent, old_indent == indent);
    }

    fn space(&mut self, old: &str, new: &str, is_same: bool) {
        if is_same {
            return self.push(Kind::Same, new);
        }
        self.push(Kind::Removed, old);
        self.push(Kind::Added, new);
    }

    fn finish(mut self) -> Vec<Vec<Piece>> {
        self.full.push(self.last);
        self.full
    }
}

/// Whether Markdown reads both alike: a line may end between any two words, but how far the next
/// one is indented counts, and so do two spaces that break it.
fn is_same_space(old: &str, new: &str) -> bool {
    let is_hard = |space: &str| space.contains("  \n");
    let is_moved = old.contains('\n') && new.contains('\n') && indent(old) != indent(new);
    old.is_empty() == new.is_empty() && is_hard(old) == is_hard(new) && !is_moved
}

fn indent(space: &str) -> &str {
    space.rfind('\n').map_or(space, |end| &space[end + 1..])
}
