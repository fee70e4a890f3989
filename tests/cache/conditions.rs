use crate::served::{Served, write};
use flate2::read::GzDecoder;
use std::io::Read;

fn unpacked(coding: &str, body: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    match coding {
        "br" => brotli::Decompressor::new(body, 4096).read_to_end(&mut plain).unwrap(),
        "gzip" => GzDecoder::new(body).read_to_end(&mut plain).unwrap(),
        _ => return body.to_vec(),
    };
    plain
}

#[test]
fn what_is_public_goes_small_over_the_wire_in_the_way_that_is_liked_best() {
    let served = Served::start();
    write(&mut served.ada(), "Hello", &[]);
    let mut reader = served.reader();
    let css = {
        let page = reader.get("/posts");
        let href = page.text().split("rel=\"stylesheet\" href=\"").nth(1).unwrap();
        href.split('"').next().unwrap().to_owned()
    };
    for path in ["/posts", "/posts/hello", "/feed.xml", "/feed.json", &css] {
        let plain = reader.get(path);
        assert_eq!(plain.header("content-encoding"), "", "{path}");
        let mut tags = vec![plain.header("etag").to_owned()];
        for (accepted, coding) in [
            ("gzip", "gzip"),
            ("gzip, deflate, br, zstd", "br"),
            ("br;q=0.1, gzip;q=0.2", "gzip"),
            ("identity", ""),
            ("gzip;q=0, *", "br"),
            ("zstd", ""),
        ] {
            let page = reader.ask("GET", path, &[("Accept-Encoding", accepted)]);
            assert_eq!(page.header("content-encoding"), coding, "{path}: {accepted}");
            assert!(page.header("vary").contains("Accept-Encoding"), "{path}");
            assert!(unpacked(coding, &page.body) == plain.body, "{path}: {accepted}");
            assert!(coding.is_empty() || page.body.len() < plain.body.len(), "{path}: {accepted}");
            tags.push(page.header("etag").to_owned());
        }
        assert!(tags.iter().all(|tag| tag.starts_with('"')), "{tags:?}");
        tags.sort();
        tags.dedup();
        assert_eq!(tags.len(), 3, "{path}: other bytes, another tag");
        for tag in &tags {
            for accepted in ["", "gzip", "br"] {
                let headers = [("Accept-Encoding", accepted), ("If-None-Match", tag)];
                let page = reader.ask("GET", path, &headers);
                assert_eq!((page.status, page.header("etag")), (304, &**tag), "{path}");
            }
        }
    }
}

#[test]
fn who_has_the_page_gets_a_short_answer_and_who_has_another_gets_it_whole() {
    let served = Served::start();
    let mut ada = served.ada();
    write(&mut ada, "Hello", &[]);
    let mut reader = served.reader();
    let tag = reader.get("/posts").header("etag").to_owned();
    for held in [tag.clone(), format!("W/{tag}"), format!("\"x\", {tag}"), "*".to_owned()] {
        let again = reader.ask("GET", "/posts", &[("If-None-Match", &held)]);
        assert_eq!(
            (again.status, again.header("etag"), again.cache()),
            (304, &*tag, "hit"),
            "{held}"
        );
        assert!(again.header("cache-control").starts_with("public"), "{held}");
        assert_eq!(again.header("vary"), "Cookie, Accept-Encoding");
    }
    let stem = tag.trim_end_matches('"');
    for held in ["\"x\"".to_owned(), format!("{stem}-zstd\""), stem.to_owned(), format!("x{tag}")] {
        assert_eq!(reader.ask("GET", "/posts", &[("If-None-Match", &held)]).status, 200, "{held}");
    }
    write(&mut ada, "More", &[]);
    let changed = reader.ask("GET", "/posts", &[("If-None-Match", &tag)]);
    assert!(changed.status == 200 && changed.says("More") && changed.header("etag") != tag);
    // Even who asks first for a page that nobody has kept yet.
    let tag = changed.header("etag").to_owned();
    write(&mut ada, "Aside", &[("visibility", "unlisted")]);
    let again = reader.ask("GET", "/posts", &[("If-None-Match", &tag)]);
    assert_eq!((again.status, again.cache()), (304, "fwd=uri-miss; stored"));
}

#[test]
fn a_head_says_what_a_get_would_and_keeps_the_page_for_it() {
    let served = Served::start();
    write(&mut served.ada(), "Hello", &[]);
    let mut reader = served.reader();
    for path in ["/posts/hello", "/feed.xml"] {
        let head = reader.ask("HEAD", path, &[]);
        let page = reader.get(path);
        assert_eq!((head.status, page.cache()), (200, "hit"), "{path}");
        let again = reader.ask("HEAD", path, &[]);
        for name in ["content-length", "content-type", "etag", "cache-control", "vary"] {
            assert_eq!(head.header(name), page.header(name), "{path}: {name}");
            assert_eq!(again.header(name), page.header(name), "{path}: {name}");
        }
    }
    assert_eq!(reader.ask("HEAD", "/nothing", &[]).status, 404);
    assert_eq!(reader.ask("HEAD", "/auth/login", &[]).status, 200);
    assert_eq!(reader.get("/posts/hello").status, 200, "and the connection is in order");
}

#[test]
fn what_is_somebodys_own_is_not_packed() {
    let served = Served::start();
    let mut ada = served.ada();
    write(&mut ada, "Hello", &[]);
    let cookie = ada.cookie.clone().unwrap();
    let mut reader =
        served.reader().sending("Cookie", &cookie).sending("Accept-Encoding", "br, gzip");
    for path in ["/posts", "/posts/hello", "/admin", "/account"] {
        let page = reader.get(path);
        assert_eq!((page.status, page.header("content-encoding")), (200, ""), "{path}");
        assert_eq!(page.header("cache-control"), "private, no-store", "{path}");
        assert_eq!((page.cache(), page.header("etag")), ("fwd=bypass", ""), "{path}");
    }
}

#[test]
fn files_that_last_go_packed_to_everybody_and_from_the_cache_once_they_are_there() {
    let served = Served::start();
    let cookie = served.ada().cookie.unwrap();
    let mut reader = served.reader();
    let page = reader.get("/posts");
    let href = page.text().split("rel=\"stylesheet\" href=\"").nth(1).unwrap();
    let css = href.split('"').next().unwrap();
    let mut ada = served.reader().sending("Cookie", &cookie).sending("Accept-Encoding", "br");
    let own = ada.get(css);
    assert_eq!((own.cache(), own.header("content-encoding")), ("fwd=bypass", "br"));
    assert_eq!(reader.get(css).cache(), "fwd=uri-miss; stored");
    let own = ada.get(css);
    assert_eq!((own.cache(), own.header("content-encoding")), ("hit", "br"));
    assert_eq!(own.header("cache-control"), "public, max-age=31536000, immutable");
    let tag = own.header("etag").to_owned();
    assert_eq!(ada.ask("GET", css, &[("If-None-Match", &tag)]).status, 304);
}
