//! Three texts, two of them made from the third, brought together: diff3 (S. Khanna and others, "A formal investigation
//! of diff3", 2007) on sentences, and inside those that both changed on words.

use super::{runs, words};

/// What becomes of two texts that were made from the same one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Merge {
    /// All that either changed, in one text.
    Clean(String),
    /// Both changed the same words: mine stand before theirs there, in so many places. Nothing is left out.
    Tangled(String, usize),
}

impl Merge {
    /// Brings `mine` and `theirs` together, which were both made from `base`.
    pub fn of(base: &str, mine: &str, theirs: &str) -> Merge {
        let (text, tangles) =
            by_pieces(base, mine, theirs, words::sentences, |base, mine, theirs| {
                // Two versions of one sentence can be one sentence with both changes.
                match by_pieces(base, mine, theirs, words::words, side_by_side) {
                    (text, 0) => (text, 0),
                    _ => side_by_side(base, mine, theirs),
                }
            });
        match tangles {
            0 => Merge::Clean(text),
            tangles => Merge::Tangled(text, tangles),
        }
    }
}

/// A small value that is taken as a whole: that of whoever changed it; nothing where both did.
pub fn merge_value<'a, T: PartialEq + ?Sized>(
    base: &T,
    mine: &'a T,
    theirs: &'a T,
) -> Option<&'a T> {
    match (mine == base, theirs == base) {
        (_, true) => Some(mine),
        (true, false) => Some(theirs),
        (false, false) => (mine == theirs).then_some(mine),
    }
}

/// Cuts the texts in pieces and brings these together; `settle` is asked where both changed the same ones. Gives the text
/// and the number of places that could not be settled.
fn by_pieces<'t>(
    base: &'t str,
    mine: &'t str,
    theirs: &'t str,
    cut: impl Fn(&'t str) -> Vec<&'t str>,
    settle: impl Fn(&str, &str, &str) -> (String, usize),
) -> (String, usize) {
    let (base, mine, theirs) = (cut(base), cut(mine), cut(theirs));
    let (in_mine, in_theirs) = (places(&base, &mine), places(&base, &theirs));
    let (mut text, mut tangles) = (String::new(), 0);
    // How far each text is read.
    let (mut b, mut m, mut t) = (0, 0, 0);
    for next in 0..=base.len() {
        // The next piece that stayed in both, or the end of all three.
        let (to_m, to_t) = match (in_mine.get(next), in_theirs.get(next)) {
            (Some(Some(to_m)), Some(Some(to_t))) => (*to_m, *to_t),
            (None, None) => (mine.len(), theirs.len()),
            _ => continue,
        };
        let pieces = (base[b..next].concat(), mine[m..to_m].concat(), theirs[t..to_t].concat());
        match merge_value(&pieces.0, &pieces.1, &pieces.2) {
            Some(piece) => text += piece,
            None => {
                let (piece, unsettled) = settle(&pieces.0, &pieces.1, &pieces.2);
                text += &piece;
                tangles += unsettled;
            }
        }
        text += base.get(next).unwrap_or(&"");
        (b, m, t) = (next + 1, to_m + 1, to_t + 1);
    }
    (text, tangles)
}

/// For each piece of `base` its place in `changed`, if it stayed.
fn places(base: &[&str], changed: &[&str]) -> Vec<Option<usize>> {
    let mut places = vec![None; base.len()];
    for run in runs::compare(base, changed).into_iter().filter(|run| run.is_same) {
        run.old.zip(run.new).for_each(|(old, new)| places[old] = Some(new));
    }
    places
}

fn side_by_side(_base: &str, mine: &str, theirs: &str) -> (String, usize) {
    let gap = match mine.ends_with(char::is_whitespace) || mine.is_empty() || theirs.is_empty() {
        true => "",
        false => " ",
    };
    ([mine, gap, theirs].concat(), 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "It was raining. The cat slept.\n\nNobody came.\n";

    #[test]
    fn changes_in_different_sentences_come_together() {
        let mine = BASE.replace("raining", "snowing");
        let theirs = BASE.replace("Nobody came", "Somebody came, late");
        let both = "It was snowing. The cat slept.\n\nSomebody came, late.\n";
        assert_eq!(Merge::of(BASE, &mine, &theirs), Merge::Clean(both.to_owned()));
        assert_eq!(Merge::of(BASE, &theirs, &mine), Merge::Clean(both.to_owned()));
    }

    #[test]
    fn changes_of_different_words_of_one_sentence_come_together() {
        let mine = BASE.replace("cat", "old cat");
        let theirs = BASE.replace("slept", "slept deeply");
        let both = BASE.replace("cat slept", "old cat slept deeply");
        assert_eq!(Merge::of(BASE, &mine, &theirs), Merge::Clean(both));
    }

    #[test]
    fn where_both_changed_the_same_both_stand_in_the_text() {
        let mine = BASE.replace("raining", "snowing");
        let theirs = BASE.replace("raining", "hailing");
        let Merge::Tangled(text, 1) = Merge::of(BASE, &mine, &theirs) else {
            panic!("it is no tangle")
        };
        assert!(text.starts_with("It was snowing. It was hailing. The cat slept."), "{text}");
    }

    #[test]
    fn a_value_is_that_of_whoever_changed_it() {
        assert_eq!(merge_value("a", "a", "b"), Some("b"));
        assert_eq!(merge_value("a", "b", "a"), Some("b"));
        assert_eq!(merge_value("a", "b", "b"), Some("b"));
        assert_eq!(merge_value("a", "b", "c"), None);
    }

    /// Texts of a few words in many arrangements, each made from the one before by small changes.
    fn texts() -> Vec<(String, String, String)> {
        let words = [
            "Rain fell. ",
            "A cat slept. ",
            "漢字。",
            "Nobody came.\n\n",
            "x ",
            "## Noon\n\n",
            "- one\n",
        ];
        let mut chance = 1_u64;
        let mut below = |limit: usize| {
            chance = chance
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (chance >> 33) as usize % limit
        };
        let mut all = Vec::new();
        for _ in 0..500 {
            let base: Vec<&str> = (0..below(8)).map(|_| words[below(words.len())]).collect();
            let mut changed = || {
                let mut text = base.clone();
                for _ in 0..below(3) {
                    let at = below(text.len() + 1);
                    match text.len() {
                        len if at < len && below(2) == 0 => drop(text.remove(at)),
                        _ => text.insert(at, words[below(words.len())]),
                    }
                }
                text.concat()
            };
            let (mine, theirs) = (changed(), changed());
            all.push((base.concat(), mine, theirs));
        }
        all
    }

    #[test]
    fn who_changed_nothing_gets_what_the_other_changed() {
        for (base, mine, _) in texts() {
            assert_eq!(Merge::of(&base, &mine, &base), Merge::Clean(mine.clone()), "{base:?}");
            assert_eq!(Merge::of(&base, &base, &mine), Merge::Clean(mine.clone()), "{base:?}");
            assert_eq!(Merge::of(&base, &mine, &mine), Merge::Clean(mine.clone()), "{base:?}");
        }
    }

    #[test]
    fn nothing_that_either_wrote_is_left_out() {
        for (base, mine, theirs) in texts() {
            let (Merge::Clean(text) | Merge::Tangled(text, _)) = Merge::of(&base, &mine, &theirs);
            let count = |text: &str, word: &str| {
                words::words(text).into_iter().filter(|other| other.trim() == word).count()
            };
            for word in [&mine, &theirs].into_iter().flat_map(|text| words::words(text)) {
                let word = word.trim();
                let written = count(&mine, word).max(count(&theirs, word));
                let is_new = written > count(&base, word);
                assert!(!is_new || count(&text, word) > 0, "{word}: {base:?} {mine:?} {theirs:?}");
            }
        }
    }
}
