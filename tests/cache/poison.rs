use crate::reader::Answer;
use crate::served::{Served, write};

/// What somebody may try who would like others to get another page than theirs.
const HEADERS: [(&str, &str); 34] = [
    ("X-Forwarded-Host", "evil.example"),
    ("X-Forwarded-Proto", "https"),
    ("X-Forwarded-Scheme", "nothttps"),
    ("X-Forwarded-Port", "1"),
    ("X-Forwarded-Prefix", "/evil"),
    ("X-Forwarded-For", "203.0.113.9"),
    ("X-Host", "evil.example"),
    ("X-Original-URL", "/admin"),
    ("X-Rewrite-URL", "/admin"),
    ("X-Http-Method-Override", "POST"),
    ("X-Method-Override", "DELETE"),
    ("Forwarded", "host=evil.example;proto=https"),
    ("Accept", "application/json"),
    ("Accept", "image/webp"),
    ("Accept-Language", "de"),
    ("Accept-Charset", "utf-16"),
    ("Accept-Encoding", "br"),
    ("Accept-Encoding", "gzip, evil"),
    ("User-Agent", "<script>evil</script>"),
    ("Range", "bytes=0-3"),
    ("If-Range", "\"x\""),
    ("If-None-Match", "*"),
    ("If-Match", "\"x\""),
    ("Cookie", "session=evil"),
    ("Cookie", "notice=evil"),
    ("Cookie", "a=evil"),
    ("Authorization", "Basic ZXZpbDpldmls"),
    ("Origin", "https://evil.example"),
    ("Referer", "https://evil.example/"),
    ("Sec-Fetch-Site", "cross-site"),
    ("Cache-Control", "no-store"),
    ("Pragma", "no-cache"),
    ("CDN-Cache-Control", "max-age=1"),
    ("No-Vary-Search", "params"),
];

/// What of an answer another reader would get to see.
fn seen(page: &Answer) -> (u16, Vec<u8>, [String; 6]) {
    let names =
        ["content-type", "content-encoding", "etag", "location", "referrer-policy", "set-cookie"];
    (page.status, page.body.clone(), page.headers_of(names))
}

#[test]
fn no_request_has_a_say_in_what_others_get() {
    let served = Served::start();
    let mut ada = served.ada();
    write(&mut ada, "Hello", &[]);
    let mut innocent = served.reader();
    let mut tried = 0;
    let mut attempt = |method: &str, path: &str, header: (&str, &str), asked: &str| {
        let before = seen(&innocent.get(asked));
        // Nothing is kept any more, so that the next is the first to ask.
        tried += 1;
        write(&mut ada, &format!("Aside {tried}"), &[("visibility", "unlisted")]);
        let mut attacker = served.reader();
        attacker.ask(method, path, &[header]);
        let after = innocent.get(asked);
        assert!(seen(&after) == before, "{method} {path} {header:?}: {after:?}");
    };
    for header in HEADERS {
        for path in ["/posts/hello", "/"] {
            attempt("GET", path, header, path);
        }
    }
    let nothing = ("X-Nothing", "x");
    for method in ["HEAD", "OPTIONS", "DELETE", "PROPFIND"] {
        attempt(method, "/posts/hello", nothing, "/posts/hello");
    }
    for method in ["POST", "PUT", "PATCH"] {
        attempt(method, "/posts/hello", ("Content-Length", "0"), "/posts/hello");
    }
    for query in ["?_method=delete", "?page=2", "?format=json", "?x=<script>evil", "?"] {
        attempt("GET", &format!("/posts/hello{query}"), nothing, "/posts/hello");
        attempt("GET", &format!("/posts{query}"), nothing, "/posts/hello");
    }
    for path in [
        "//posts/hello",
        "/posts/hello/",
        "/posts/./hello",
        "/posts/%68ello",
        "/posts/hello%3f",
        "/posts//hello",
    ] {
        attempt("GET", path, nothing, "/posts/hello");
    }
}
