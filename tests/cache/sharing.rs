use crate::reader::Reader;
use crate::served::{Served, write};
use std::sync::Barrier;
use std::thread;

#[test]
fn ten_thousand_readers_of_a_page_that_does_not_change_have_it_made_once() {
    let served = Served::start();
    write(&mut served.ada(), "Hello", &[]);
    let start = Barrier::new(50);
    let read = || {
        let mut reader = served.reader();
        start.wait();
        (0..200).filter(|_| made_anew(&mut reader, "/posts/hello")).count()
    };
    let made: usize = thread::scope(|scope| {
        let readers: Vec<_> = (0..50).map(|_| scope.spawn(read)).collect();
        readers.into_iter().map(|reader| reader.join().unwrap()).sum()
    });
    assert_eq!(made, 1);
}

fn made_anew(reader: &mut Reader, path: &str) -> bool {
    let page = reader.get(path);
    assert!(page.status == 200 && page.says("The text of Hello."), "{page:?}");
    !["hit", "fwd=uri-miss; collapsed"].contains(&page.cache())
}

#[test]
fn whoever_asks_first_may_go_away_and_nobody_is_left_waiting() {
    let served = Served::start();
    let mut ada = served.ada();
    for n in 0..20 {
        write(&mut ada, &format!("Hello {n}"), &[]);
        // All of them ask for a page that is not kept, and some do not wait for it.
        thread::scope(|scope| {
            for patient in [false, true, false, true] {
                let served = &served;
                scope.spawn(move || {
                    let mut reader = served.reader();
                    reader.send("GET", "/posts", &[]);
                    drop(reader);
                    if patient {
                        assert!(served.reader().get("/posts").says(&format!("Hello {n}")));
                    }
                });
            }
        });
    }
}

#[test]
fn pages_say_how_they_came_and_for_how_long_they_may_be_kept() {
    let served = Served::start();
    write(&mut served.ada(), "Hello", &[]);
    let mut reader = served.reader();
    let pages = [
        "/",
        "/posts",
        "/posts/hello",
        "/posts/hello.md",
        "/feed.xml",
        "/feed.json",
        "/robots.txt",
        "/sitemap.xml",
        "/archive",
        "/tags",
        "/search?q=text",
        "/opensearch.xml",
        "/custom.css",
        "/favicon.ico",
    ];
    for path in pages {
        let (first, second) = (reader.get(path), reader.get(path));
        assert_eq!((first.cache(), second.cache()), ("fwd=uri-miss; stored", "hit"), "{path}");
        assert_eq!((first.status, &first.body), (second.status, &second.body), "{path}");
        for name in
            ["cache-control", "etag", "vary", "content-type", "content-security-policy", "location"]
        {
            assert_eq!(first.header(name), second.header(name), "{path}: {name}");
        }
        assert!(second.header("cache-control").starts_with("public, max-age="), "{path}");
        assert_eq!(second.header("age"), "0", "{path}");
        assert!(!second.header("date").is_empty(), "{path}");
        assert_eq!(
            (second.header("cdn-cache-control"), second.header("set-cookie")),
            ("", ""),
            "{path}"
        );
    }
    assert_eq!(reader.get("/posts").header("vary"), "Cookie, Accept-Encoding");
    assert_eq!(reader.get("/posts").header("no-vary-search"), "params, except=(\"page\")");
}

#[test]
fn what_is_not_for_everybody_is_not_kept() {
    let served = Served::start();
    let mut reader = served.reader();
    for path in [
        "/auth/login",
        "/users/register",
        "/nothing",
        "/healthz",
        "/admin",
        "/posts/new",
        "/auth/recover",
    ] {
        for _ in 0..2 {
            assert_eq!(reader.get(path).cache(), "fwd=uri-miss", "{path}");
            assert_eq!(reader.get(path).header("cache-control"), "private, no-store", "{path}");
        }
    }
}

#[test]
fn no_room_is_no_cache() {
    let served = Served::with(&[("ROCKET_PAGE_CACHE", "0")]);
    let mut reader = served.reader();
    for _ in 0..2 {
        let page = reader.ask("GET", "/posts", &[("Accept-Encoding", "br")]);
        assert_eq!((page.cache(), page.header("content-encoding")), ("fwd=uri-miss", "br"));
    }
}

#[test]
fn parameters_that_no_page_asks_for_make_no_new_page() {
    let served = Served::start();
    let mut ada = served.ada();
    (0..15).for_each(|n| write(&mut ada, &format!("Hello {n}"), &[]));
    let mut reader = served.reader();
    let first = reader.get("/posts");
    for query in ["utm_source=mail", "fbclid=1&x", "", "PAGE=2", "a=1&a=2", "%70=2"] {
        let page = reader.get(&format!("/posts?{query}"));
        assert_eq!((page.cache(), &page.body), ("hit", &first.body), "{query}");
        assert_eq!(page.header("referrer-policy"), first.header("referrer-policy"), "{query}");
    }
    let older =
        first.text().split("href=\"/posts?page=").nth(1).unwrap().split('"').next().unwrap();
    let second = reader.get(&format!("/posts?page={older}"));
    assert_ne!(second.body, first.body);
    for query in ["page={}&utm_source=x", "utm_source=x&page={}", "p%61ge={}"] {
        let page = reader.get(&format!("/posts?{}", query.replace("{}", older)));
        assert_eq!(page.body, second.body, "{query}");
    }
    assert_eq!(reader.get(&format!("/posts?z=1&page={older}")).cache(), "hit");
}
