//! What a page costs that is kept at the edge, beside the network; and what it costs to take one in.
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on should stop")]

use criterion::{Criterion, criterion_group, criterion_main};
use hyper::body::Bytes;
use hyper::{Request, Response};
use monograph::edge::{Body, PageCache, Refusal, Scheme, Upload};
use rocket::tokio::runtime::Runtime;
use std::hint::black_box;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// About as much as a post.
const TEXT: &str =
    "<p>The harbour lay still, and nobody had said a word about the weather since noon.</p>\n";

/// The headers of a page of ours.
const HEADERS: [(&str, &str); 12] = [
    ("content-type", "text/html; charset=utf-8"),
    ("etag", "\"0123456789abcdef01234567\""),
    ("vary", "Cookie"),
    ("cache-control", "public, max-age=0, s-maxage=1"),
    ("cdn-cache-control", "max-age=86400"),
    ("no-vary-search", "params, except=(\"page\")"),
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("cross-origin-opener-policy", "same-origin"),
];

async fn page() -> Result<Response<Body>, Refusal> {
    let mut answer = Response::new(Body::from(Bytes::from(TEXT.repeat(90))));
    for (name, value) in HEADERS {
        answer.headers_mut().insert(name, value.parse().unwrap());
    }
    Ok(answer)
}

fn request(path: &str, headers: &[(&str, &str)]) -> Request<Upload> {
    let mut request = Request::get(path).header("host", "blog.example");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Upload::none()).unwrap()
}

fn hits(criterion: &mut Criterion) {
    let runtime = Runtime::new().unwrap();
    let cache = PageCache::new(32 << 20, &["session"], Arc::new(|| 1));
    let cases = [
        ("plain", "/posts", &[][..]),
        ("Brotli", "/posts", &[("accept-encoding", "gzip, deflate, br, zstd")]),
        ("a cookie of others", "/posts", &[("cookie", "_ga=GA1.2.3; theme=dark")]),
        ("a parameter of others", "/posts?utm_source=mail", &[]),
        ("304", "/posts", &[("if-none-match", "\"0123456789abcdef01234567-br\"")]),
    ];
    for (name, path, headers) in cases {
        let asked = request(path, headers);
        let first = cache.answer(request(path, headers), Scheme::Http, |_| page());
        runtime.block_on(first).unwrap();
        criterion.bench_function(&format!("hit/{name}"), |bench| {
            bench.iter(|| black_box(cache.ready(&asked, Scheme::Http).unwrap()));
        });
    }
}

fn misses(criterion: &mut Criterion) {
    let runtime = Runtime::new().unwrap();
    let generation = Arc::new(AtomicU64::new(0));
    let counted = generation.clone();
    let cache =
        PageCache::new(32 << 20, &["session"], Arc::new(move || counted.load(Ordering::Relaxed)));
    for (name, accepted) in [("plain", ""), ("gzip", "gzip"), ("Brotli", "br")] {
        criterion.bench_function(&format!("miss/{name}"), |bench| {
            bench.iter(|| {
                generation.fetch_add(1, Ordering::Relaxed);
                let asked = request("/posts", &[("accept-encoding", accepted)]);
                runtime.block_on(cache.answer(asked, Scheme::Http, |_| page())).unwrap()
            });
        });
    }
}

criterion_group!(benches, hits, misses);
criterion_main!(benches);
