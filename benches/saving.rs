//! How long saving takes, of a long text with a long history.
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on should stop")]

#[path = "support/text.rs"]
mod text;

use criterion::{Criterion, criterion_group, criterion_main};
use monograph::blog::post::{Basis, Draft, Manuscript, Release, Wish};
use monograph::blog::{Post, Role, User, UserName};
use monograph::db::Db;
use monograph::text::markdown::Pictures;
use std::cell::Cell;
use text::text;
use uuid::Uuid;

/// So many versions does the post have already.
const VERSIONS: i64 = 500;

/// Each save is later than the one before, so that none continues it.
fn later(clock: &Cell<i64>) -> i64 {
    clock.set(clock.get() + Post::STRETCH);
    clock.get()
}

fn saving(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open(&folder.path().join("monograph.db")).unwrap();
    let name = UserName::parse("ada").unwrap();
    let user = db.write(|tx| User::add(tx, &name, "no hash", Role::Owner, 0)).unwrap();
    let (id, clock, count) = (Uuid::new_v4(), Cell::new(0), Cell::new(0));
    let long = text(5_000, 20);
    let next = || {
        count.set(count.get() + 1);
        Manuscript::new("A long post", &format!("{long}\nSave {}.", count.get()))
    };
    let save = |wish: &Wish, now: i64| {
        db.write(|tx| Post::save(tx, &user, &id, Basis::Latest, wish, now)).unwrap()
    };
    (0..VERSIONS).for_each(|_| drop(save(&Wish::Keep(next()), later(&clock))));

    let mut group = criterion.benchmark_group("saving 5000 words after 500 versions");
    group.bench_function("a working copy", |bench| {
        bench.iter(|| save(&Wish::Keep(next()), clock.get() + 1));
    });
    group.bench_function("a publish, rendered", |bench| {
        bench.iter(|| {
            let draft = Draft::of(next(), Release::Now, &Pictures::default());
            save(&Wish::Publish(Box::new(draft.unwrap_or_else(|_| unreachable!()))), later(&clock))
        });
    });
    group.finish();
}

criterion_group!(benches, saving);
criterion_main!(benches);
