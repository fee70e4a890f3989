//! How long a text takes to become a page, which happens once, when it is saved.

#[path = "support/text.rs"]
mod text;

use criterion::{Criterion, criterion_group, criterion_main};
use monograph::text::markdown::{self, Pictures};
use monograph::text::{Diff, Merge};
use std::hint::black_box;
use text::text;

fn rendering(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("rendering");
    for (words, blocks) in [(1_500, 5), (5_000, 20)] {
        let text = text(words, blocks);
        assert!(markdown::render(&text, &Pictures::default()).is_ok());
        let name = format!("{words} words, {blocks} code blocks");
        group.bench_function(name, |bench| {
            bench.iter(|| markdown::render(black_box(&text), &Pictures::default()))
        });
    }
    group.finish();
}

/// What a history page and a conflict ask of a text of 5,000 words.
fn comparing(criterion: &mut Criterion) {
    let base = text(5_000, 20);
    let mine = base.replacen("keeps", "loses", 40);
    let theirs = base.replace("## Part 9", "## The ninth part");
    let mut group = criterion.benchmark_group("comparing 5000 words");
    group.bench_function("differences", |bench| bench.iter(|| Diff::between(&base, &mine)));
    group.bench_function("a merge", |bench| bench.iter(|| Merge::of(&base, &mine, &theirs)));
    group.finish();
}

criterion_group!(benches, rendering, comparing);
criterion_main!(benches);
