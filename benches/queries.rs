//! What the database is asked for every page: about the same, however many posts there are.
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on should stop")]

mod support;

use criterion::{Criterion, criterion_group, criterion_main};
use monograph::blog::post::{Kind, Page};
use monograph::blog::{self, Client, Post, Session, User};
use monograph::text::Slug;
use support::{Blog, NOW, PAGE, SIZES};

fn queries(criterion: &mut Criterion) {
    for size in SIZES {
        let blog = Blog::of(size);
        lookups(criterion, &blog, size);
        lists(criterion, &blog, size);
    }
}

fn lookups(criterion: &mut Criterion, blog: &Blog, size: usize) {
    let session = blog.db.write(|tx| -> blog::Result<_> {
        let owner = User::named(tx, "ada")?;
        Session::start(tx, &owner, &Client::default(), NOW)
    });
    let session = session.unwrap().digest();
    let slug = Slug::parse(&format!("post-{}", size / 2)).unwrap();
    criterion.bench_function(&format!("session/{size}"), |bench| {
        bench.iter(|| blog.db.read(|conn| Session::resume(conn, &session, NOW)).unwrap());
    });
    criterion.bench_function(&format!("post by slug/{size}"), |bench| {
        bench.iter(|| blog.db.read(|conn| Post::at(conn, Kind::Post, &slug, None, NOW)).unwrap());
    });
}

fn lists(criterion: &mut Criterion, blog: &Blog, size: usize) {
    let (middle, last) = (blog.pages / 2, blog.pages);
    let pages = [
        ("first page", Page::FIRST),
        ("middle page by cursor", blog.cursor(middle)),
        ("middle page by number", Page::Number(middle)),
        ("last page by cursor", blog.cursor(last)),
        ("last page by number", Page::Number(last)),
    ];
    for (name, page) in pages {
        let list = || blog.db.read(|conn| Post::listed(conn, page, PAGE, NOW)).unwrap();
        assert_eq!(list().cards.len(), PAGE as usize, "{name}");

        criterion.bench_function(&format!("{name}/{size}"), |bench| bench.iter(list));
    }
}

criterion_group!(benches, queries);
criterion_main!(benches);
