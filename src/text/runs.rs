//! Two sequences side by side, as runs that are the same or differ.

use std::hash::Hash;
use std::ops::Range;

use similar::{Algorithm, DiffTag, capture_diff_slices};

/// A stretch of two sequences.
#[derive(Debug, Clone)]
pub struct Run {
    /// Where it stands in the old one.
    pub old: Range<usize>,
    /// Where it stands in the new one.
    pub new: Range<usize>,
    /// Whether both are equal there.
    pub is_same: bool,
}

impl Run {
    fn extend(&mut self, next: &Run) {
        self.old.end = next.old.end;
        self.new.end = next.new.end;
    }
}

/// Both sequences from beginning to end, runs that differ between runs that are the same.
pub fn compare<T: Eq + Hash>(old: &[T], new: &[T]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for op in capture_diff_slices(Algorithm::Histogram, old, new) {
        let is_same = op.tag() == DiffTag::Equal;
        let run = Run { old: op.old_range(), new: op.new_range(), is_same };
        match runs.last_mut().filter(|last| last.is_same == is_same) {
            Some(last) => last.extend(&run),
            None => runs.push(run),
        }
    }
    runs
}

/// The same with fewer runs: what is equal between two changes becomes part of them where it `is_slight`,
/// judged by the change before, itself, and the change behind.
pub fn joined(runs: Vec<Run>, is_slight: impl Fn(&Run, &Run, &Run) -> bool) -> Vec<Run> {
    let mut joined: Vec<Run> = Vec::with_capacity(runs.len());
    for mut run in runs {
        // A change that has grown may make what stands before it slight in turn.
        while let [.., before, same] = joined.as_slice()
            && !run.is_same
            && is_slight(before, same, &run)
        {
            run = Run {
                old: before.old.start..run.old.end,
                new: before.new.start..run.new.end,
                ..run
            };
            joined.truncate(joined.len() - 2);
        }
        joined.push(run);
    }
    joined
}
