//! Requests that could be read in two ways, and those that are none: refused, and nothing after them is read.

use crate::support::{Stage, get};

/// What a client may send, and the status that it gets.
pub const REFUSED: [(&str, u16); 34] = [
    ("GET / HTTP/1.1\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost:\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: a@b\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400),
    ("GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("GET http://u@a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("GET a HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n c\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: a\r\nX\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: a\r\nX: b\0c\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: a\r\nX: b\rc\r\n\r\n", 400),
    ("GET /\u{1} HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("GET / HTTP/1.7\r\nHost: a\r\n\r\n", 400),
    ("GET / HTTP/2.0\r\nHost: a\r\n\r\n", 400),
    ("GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("GET /\r\n\r\n", 400),
    ("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n", 405),
    ("TRACE / HTTP/1.1\r\nHost: a\r\n\r\n", 405),
    ("JUNK / HTTP/1.1\r\nHost: a\r\n\r\n", 405),
    (
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        400,
    ),
    (
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        400,
    ),
    ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!", 400),
    ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5, 5\r\n\r\nhello", 400),
    ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\nhello", 400),
    ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501),
    ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n", 400),
    ("POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
];

/// Bodies in chunks that are none.
pub const NO_CHUNKS: [&str; 8] = [
    "zz\r\n\r\n0\r\n\r\n",
    "-1\r\n\r\n0\r\n\r\n",
    "0x5\r\nhello\r\n0\r\n\r\n",
    "5\r\nhelloworld\r\n0\r\n\r\n",
    "5 5\r\nhello\r\n0\r\n\r\n",
    "ffffffffffffffffff\r\n",
    "5\nhello\n0\n\n",
    "\r\n5\r\nhello\r\n0\r\n\r\n",
];

/// A second request that somebody hides behind one that is refused.
pub const HIDDEN: &str = "GET /hidden HTTP/1.1\r\nHost: a\r\n\r\n";

#[test]
fn what_could_be_read_in_two_ways_is_refused_and_nothing_after_it_is_read() {
    let stage = Stage::usual();
    for (request, status) in REFUSED {
        let mut client = stage.client();
        client.say(format!("{request}{HIDDEN}"));
        let answer = client.hear();
        assert_eq!((answer.status, answer.closes()), (status, true), "{request:?}");
        assert_eq!(client.closed(), b"", "{request:?}");
    }
    assert!(stage.blog.seen().is_empty(), "{:?}", stage.blog.seen());
}

#[test]
fn chunks_that_are_none_are_refused_and_nothing_after_them_is_read() {
    let stage = Stage::usual();
    for chunks in NO_CHUNKS {
        let mut client = stage.client();
        client.say("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
        client.say(format!("{chunks}{HIDDEN}"));
        let answer = client.hear();
        assert_eq!((answer.status, answer.closes()), (400, true), "{chunks:?}");
        assert_eq!(client.closed(), b"", "{chunks:?}");
    }
    assert!(stage.blog.seen().is_empty(), "{:?}", stage.blog.seen());
}

#[test]
fn nothing_is_hidden_behind_a_body_in_chunks() {
    let stage = Stage::usual();
    let chunked = "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
    let mut client = stage.client();
    client.say(format!("{chunked}{HIDDEN}"));
    assert_eq!(client.hear().status, 200);
    assert_eq!(client.closed(), b"");
    // In the same breath as another it cannot be told what its head was.
    let mut client = stage.client();
    client.say(format!("{}{chunked}", get("/b")));
    assert_eq!((client.hear().status, client.hear().status), (200, 400));
    assert_eq!(stage.blog.seen(), ["POST /a", "GET /b"]);
}

#[test]
fn whatever_is_huge_is_refused() {
    let stage = Stage::usual();
    let head = |rest: String| format!("GET / HTTP/1.1\r\nHost: a\r\n{rest}\r\n\r\n");
    for (request, status) in [
        (get(&format!("/{}", "a".repeat(9000))), 414),
        (get(&format!("/{}", "a".repeat(100_000))), 431),
        (head(format!("X: {}", "a".repeat(40_000))), 431),
        (head(format!("X: {}", "a".repeat(1_000_000))), 431),
        (head("X: a\r\n".repeat(200)), 431),
        (format!("{} / HTTP/1.1\r\nHost: a\r\n\r\n", "A".repeat(50_000)), 431),
    ] {
        let mut client = stage.client();
        client.say(&request);
        let answer = client.hear();
        assert_eq!((answer.status, answer.closes()), (status, true), "{:?}", &request[..20]);
    }
    assert!(stage.blog.seen().is_empty());
}

#[test]
fn a_line_that_ends_in_a_header_stays_in_it() {
    let stage = Stage::usual();
    let text = stage.ask(get("/a%0d%0aX-Injected:%201?b=%0d%0aSet-Cookie:%20c")).text();
    assert!(text.starts_with("GET /a%0d%0aX-Injected:%201?b=%0d%0aSet-Cookie:%20c\n"), "{text}");
    assert!(!text.contains("\nx-injected") && !text.contains("\nset-cookie"), "{text}");
}
