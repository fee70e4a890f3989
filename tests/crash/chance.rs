//! What is left to chance, so that it can be had again.

use fastrand::Rng;
use std::env;
use std::str::FromStr;

/// A source of chance; it says how to repeat what it does.
pub fn chance(test: &str) -> Rng {
    let seed = setting("MONOGRAPH_SEED").unwrap_or_else(|| fastrand::u64(..));
    eprintln!("{test}: MONOGRAPH_SEED={seed}");
    Rng::with_seed(seed)
}

/// How many rounds there are to be, if nobody says otherwise.
pub fn rounds(usual: usize) -> usize {
    setting("MONOGRAPH_ROUNDS").unwrap_or(usual)
}

/// A text of so many words in some scripts.
pub fn words(rng: &mut Rng, count: usize) -> String {
    const WORDS: [&str; 8] = ["heron", "Été", "水", "**dusk**", "سلام", "<reeds>", "`still`", "🪶"];
    let words = (0..count).map(|_| WORDS[rng.usize(..WORDS.len())]);
    words.collect::<Vec<_>>().join(" ")
}

/// What somebody set for this run.
pub fn setting<T: FromStr>(name: &str) -> Option<T> {
    env::var(name).ok().and_then(|value| value.parse().ok())
}
