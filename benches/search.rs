//! What readers look for among a hundred thousand posts of a hundred words, whose words are as unevenly common as in a
//! language (Zipf's law).
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on should stop")]

use criterion::{Criterion, criterion_group, criterion_main};
use monograph::blog::post::{Draft, Manuscript, Release};
use monograph::blog::{self, Post, Role, User, UserName, search};
use monograph::db::Db;
use monograph::text::markdown::Pictures;
use monograph::text::search::Query;
use std::path::Path;
use uuid::Uuid;

const NOW: i64 = 1_700_000_000;
const POSTS: usize = 100_000;
const VOCABULARY: f64 = 50_000.0;

fn searching(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let db = filled(&folder.path().join("monograph.db"));
    // The lower the number, the more common the word.
    for (name, words) in [
        ("the commonest word", "word1"),
        ("a common word", "word50"),
        ("an ordinary word", "word2000"),
        ("two common words", "word30 word40"),
        ("words beside each other", "\"word3 word4\""),
        ("a beginning", "word20*"),
        ("one without another", "word100 -word1"),
    ] {
        let query = Query::parse(words);
        let find = || db.read(|conn| search::search(conn, &query, 1, NOW)).unwrap();
        assert!(!find().hits.is_empty(), "{name}");
        criterion.bench_function(&format!("search/{name}"), |bench| bench.iter(find));
    }
    criterion.bench_function("nearest to an address with a slip", |bench| {
        bench.iter(|| db.read(|conn| search::nearest(conn, "psot-5000-word9", NOW)).unwrap());
    });
    let mut n = POSTS;
    criterion.bench_function("publish and take into the index", |bench| {
        bench.iter(|| {
            n += 1;
            write(&db, n..n + 1);
        });
    });
}

fn filled(path: &Path) -> Db {
    let db = Db::open(path).unwrap();
    db.write(|tx| User::add(tx, &UserName::parse("ada")?, "no hash", Role::Owner, NOW)).unwrap();
    (0..POSTS).step_by(5_000).for_each(|start| write(&db, start..start + 5_000));
    db.checkpoint().unwrap();
    db
}

fn write(db: &Db, numbers: std::ops::Range<usize>) {
    db.write(|tx| {
        let ada = User::named(tx, "ada")?;
        for n in numbers {
            let title = format!("Post {n} word{}", word(n * 1_000));
            let words: Vec<_> = (0..100).map(|k| format!("word{}", word(n * 1_000 + k))).collect();
            let at = Release::At(NOW - i64::try_from(n).unwrap());
            let manuscript = Manuscript::new(&title, &words.join(" "));
            let draft = Draft::of(manuscript, at, &Pictures::default());
            Post::create(
                tx,
                &ada,
                &Uuid::new_v4(),
                &draft.unwrap_or_else(|_| unreachable!()),
                NOW,
            )?;
        }
        search::catch_up(tx, usize::MAX).map_err(blog::Error::Storage)
    })
    .unwrap();
}

/// The number of a word: a few come often, most seldom. The same for the same `n`.
fn word(n: usize) -> usize {
    let mixed = (n as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = (mixed ^ (mixed >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    let share = (mixed >> 11) as f64 / (1u64 << 53) as f64;
    VOCABULARY.powf(share) as usize
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = searching
}
criterion_main!(benches);
