//! Two sequences side by side, as runs that are the same or differ.

use std::hash::Hash;
use std::ops::Range;

use similar::{Algorithm, DiffTag, capture_diff_slices};

/// Between longer sequences we look for no similarity: in the worst case the time that takes grows
/// with the square of their length, and a limit that is no time gives the same answer every time.
const MAX_ITEMS: usize = 50_000;

/// A stretch of two sequences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Where it stands in the old one.
    pub old: Range<usize>,
    /// Where it stands in the new one.
    pub new: Range<usize>,
    /// Whether both are equal there.
    pub is_same: bool,
}

/// Both sequences from beginning to end, runs that differ between runs that are the same.
pub fn compare<T: Eq + Hash>(old: &[T], new: &[T]) -> Vec<Run> {
    let start = equal(old.iter(), new.iter());
    let (old_middle, new_middle) = (&old[start..], &new[start..]);
    let end = equal(old_middle.iter().rev(), new_middle.iter().rev());
    let old_middle = &old_middle[..old_middle.len() - end];
    let new_middle = &new_middle[..new_middle.len() - end];

    let mut runs = Runs::default();
    runs.push(true, start, start);
    if old_middle.len() + new_middle.len() > MAX_ITEMS {
        runs.push(false, old_middle.len(), new_middle.len());
    } else {
        for op in capture_diff_slices(Algorithm::Patience, old_middle, new_middle) {
            let is_same = op.tag() == DiffTag::Equal;
            runs.push(is_same, op.old_range().len(), op.new_range().len());
        }
    }
    runs.push(true, end, end);
    runs.0
}

/// How many items are equal from the beginning.
fn equal<T: Eq>(old: impl Iterator<Item = T>, new: impl Iterator<Item = T>) -> usize {
    old.zip(new).take_while(|(old, new)| old == new).count()
}

/// Runs as they grow, each beginning where the one before ends.
#[derive(Default)]
struct Runs(Vec<Run>);

impl Runs {
    fn push(&mut self, is_same: bool, old: usize, new: usize) {
        if (old, new) == (0, 0) {
            return;
        }
        let (old_start, new_start) = self.0.last().map_or((0, 0), |run| (run.old.end, run.new.end));
        let run = Run { old: old_start..old_start + old, new: new_start..new_start + new, is_same };
        match self.0.last_mut().filter(|last| last.is_same == is_same) {
            Some(last) => *last = last.until(&run),
            None => self.0.push(run),
        }
    }
}

impl Run {
    fn until(&self, end: &Run) -> Run {
        Run {
            old: self.old.start..end.old.end,
            new: self.new.start..end.new.end,
            is_same: self.is_same,
        }
    }
}

/// The same with fewer runs: what is equal between two changes becomes part of them where it
/// `is_slight`, judged by the change before, itself, and the change behind.
pub fn joined(runs: Vec<Run>, is_slight: impl Fn(&Run, &Run, &Run) -> bool) -> Vec<Run> {
    let mut joined: Vec<Run> = Vec::with_capacity(runs.len());
    for mut run in runs {
        // A change that has grown may make what stands before it slight in turn.
        while let [.., before, same] = joined.as_slice()
            && !run.is_same
            && is_slight(before, same, &run)
        {
            run = before.until(&run);
            joined.truncate(joined.len() - 2);
        }
        joined.push(run);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changes(old: &str, new: &str) -> Vec<(Range<usize>, Range<usize>)> {
        let (old, new) = (old.as_bytes(), new.as_bytes());
        let runs = compare(old, new).into_iter().filter(|run| !run.is_same);
        runs.map(|run| (run.old, run.new)).collect()
    }

    #[test]
    fn runs_cover_both_sequences_without_a_gap() {
        let runs = compare(b"kitten sat", b"sitting sat");
        assert!(runs.windows(2).all(|pair| {
            (pair[0].old.end, pair[0].new.end) == (pair[1].old.start, pair[1].new.start)
                && pair[0].is_same != pair[1].is_same
        }));
        assert_eq!(runs.last().map(|run| (run.old.end, run.new.end)), Some((10, 11)));
    }

    #[test]
    fn what_stands_before_and_behind_a_change_is_the_same() {
        assert_eq!(changes("abcd", "abXcd"), [(2..2, 2..3)]);
        assert_eq!(changes("", "a"), [(0..0, 0..1)]);
        assert_eq!(changes("a", "a"), []);
        assert_eq!(changes("aa", "a"), [(1..2, 1..1)]);
    }

    #[test]
    fn sequences_too_long_to_compare_still_have_their_ends_in_common() {
        let old: Vec<usize> = (0..MAX_ITEMS).collect();
        let mut new: Vec<usize> = (0..MAX_ITEMS).map(|n| n * 2).collect();
        new[MAX_ITEMS - 1] = MAX_ITEMS - 1;
        let runs = compare(&old, &new);
        let ends: Vec<_> = runs.iter().map(|run| (run.old.end, run.is_same)).collect();
        assert_eq!(ends, [(1, true), (MAX_ITEMS - 1, false), (MAX_ITEMS, true)]);
    }

    #[test]
    fn a_change_that_grows_takes_in_what_is_slight_beside_it() {
        let is_shorter = |before: &Run, same: &Run, after: &Run| {
            same.old.len() < before.old.len() && same.old.len() < after.old.len()
        };
        let runs = joined(compare(b"aa--bb----ccccc", b"AA--BB----CCCCC"), is_shorter);
        assert_eq!(runs.len(), 5);
        let runs = joined(compare(b"aaaaa--b-cc----", b"AAAAA--B-CC----"), is_shorter);
        assert_eq!(runs.len(), 6);
        let runs = joined(compare(b"aaaaa--bb-cc---", b"AAAAA--BB-CC---"), is_shorter);
        assert_eq!(
            runs,
            [
                Run { old: 0..12, new: 0..12, is_same: false },
                Run { old: 12..15, new: 12..15, is_same: true },
            ]
        );
    }
}
