//! What a page costs without the network: guards, queries, templates and headers.
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on should stop")]

mod support;

use criterion::{Criterion, criterion_group, criterion_main};
use monograph::app;
use monograph::settings::{Flags, Settings, figment};
use monograph::web::Claim;
use rocket::figment::providers::Serialized;
use rocket::http::Status;
use rocket::local::blocking::Client;
use support::{Blog, SIZES};

fn pages(criterion: &mut Criterion) {
    for size in SIZES {
        let blog = Blog::of(size);
        let client = client(&blog);
        let middle = blog.cursor(blog.pages / 2);
        let pages = [
            ("list", "/posts".to_owned()),
            ("middle of the list", format!("/posts?page={middle}")),
            ("post", format!("/posts/post-{}", size / 2)),
        ];
        for (name, path) in pages {
            assert_eq!(client.get(&path).dispatch().status(), Status::Ok, "{path}");
            criterion.bench_function(&format!("{name}/{size}"), |bench| {
                bench.iter(|| client.get(&path).dispatch().into_bytes());
            });
        }
    }
}

fn client(blog: &Blog) -> Client {
    let figment = figment(&Flags::default()).merge(Serialized::global("log_level", "off"));
    let settings = Settings::extract(&figment).unwrap();
    let rocket = app::build(figment, settings, blog.db.clone(), Claim::new().0).unwrap();
    Client::untracked(rocket).unwrap()
}

criterion_group!(benches, pages);
criterion_main!(benches);
