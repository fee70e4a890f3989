//! Pages that are kept are sent without hyper, unless a request says more than that it wants one. Nobody can tell.

use crate::reader::Answer;
use crate::served::{Served, write};

/// Says nothing new, and makes hyper read the request.
const IN_FULL: (&str, &str) = ("Content-Length", "0");

fn seen(answer: &Answer) -> (u16, Vec<(String, String)>, Vec<u8>) {
    let headers = answer.headers().filter(|(name, _)| name != "date").collect();
    (answer.status, headers, answer.body.clone())
}

#[test]
fn a_page_is_the_same_in_both_ways() {
    let served = Served::start();
    write(&mut served.ada(), "Hello", &[]);
    let mut reader = served.reader();
    let tag = reader.get("/posts/hello").header("etag").to_owned();
    let asked: [&[(&str, &str)]; 6] = [
        &[],
        &[("Accept-Encoding", "gzip")],
        &[("Accept-Encoding", "br"), ("If-None-Match", &tag)],
        &[("If-None-Match", &tag)],
        &[("If-None-Match", "*")],
        &[("If-None-Match", "\"other\"")],
    ];
    for method in ["GET", "HEAD"] {
        for path in ["/posts", "/posts/hello", "/feed.xml", "/nothing-here"] {
            for headers in asked {
                // Now it is packed so, and kept.
                reader.ask(method, path, headers);
                let quick = reader.ask(method, path, headers);
                let in_full = reader.ask(method, path, &[headers, &[IN_FULL]].concat());
                assert_eq!(seen(&quick), seen(&in_full), "{method} {path} {headers:?}");
                assert!(in_full.header("date").ends_with(" GMT"));
                assert_eq!(quick.header("date").len(), in_full.header("date").len());
                reader = served.reader();
            }
        }
    }
}

#[test]
fn who_asks_for_much_at_once_gets_it_in_turn() {
    let served = Served::start();
    write(&mut served.ada(), "Hello", &[]);
    let mut reader = served.reader();
    reader.get("/posts/hello");
    reader.get("/posts");
    let mut reader = served.reader();
    let asked = ["/posts", "/posts/hello", "/healthz", "/posts/hello", "/no", "/posts"];
    for path in asked {
        reader.send("GET", path, &[]);
    }
    let got: Vec<_> = asked.map(|_| reader.receive(false)).into_iter().collect();
    let statuses: Vec<_> = got.iter().map(|answer| answer.status).collect();
    assert_eq!(statuses, [200, 200, 200, 200, 404, 200]);
    assert_eq!((&got[0].body, &got[1].body), (&got[5].body, &got[3].body));
    assert_ne!(got[0].body, got[1].body);
    assert_eq!(got[2].text(), "ok");
}

#[test]
fn who_wants_the_connection_closed_is_told_that_it_is() {
    let served = Served::start();
    write(&mut served.ada(), "Hello", &[]);
    served.reader().get("/posts");
    let mut reader = served.reader();
    let answer = reader.ask("GET", "/posts", &[("Connection", "close")]);
    assert_eq!((answer.cache(), answer.header("connection")), ("hit", "close"));
    assert!(reader.is_at_end());
}
