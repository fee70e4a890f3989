//! Requests on their way to the blog, and answers on theirs back.

use crate::http2::http2;
use crate::support::{LONG, Stage, get};

#[test]
fn what_concerns_one_connection_is_not_passed_on() {
    let stage = Stage::usual();
    let text = stage
        .ask(
            "GET /a?b=c HTTP/1.1\r\nHost: blog.example\r\nConnection: keep-alive, X-Mine\r\nX-Mine: 1\r\n\
             Keep-Alive: 5\r\nTE: trailers\r\nUpgrade: websocket\r\nProxy-Connection: close\r\nX-Other: 2\r\n\r\n",
        )
        .text();
    assert!(text.starts_with("GET /a?b=c\n") && text.contains("\nx-other: 2\n"), "{text}");
    for name in ["connection", "x-mine", "keep-alive", "te:", "upgrade", "proxy"] {
        assert!(!text.contains(&format!("\n{name}")), "{name} in {text}");
    }
}

#[test]
fn nobody_gets_another_page_or_method_by_a_header() {
    let stage = Stage::usual();
    let text = stage
        .ask(
            "GET / HTTP/1.1\r\nHost: blog.example\r\nX-Original-URL: /admin\r\nX-Rewrite-URL: /admin\r\n\
             X-HTTP-Method-Override: DELETE\r\nX-Method-Override: DELETE\r\n\r\n",
        )
        .text();
    assert!(!text.contains("admin") && !text.contains("DELETE"), "{text}");
}

#[test]
fn a_whole_address_is_as_good_as_a_path() {
    let stage = Stage::usual();
    let ask =
        |target: &str| stage.ask(format!("GET {target} HTTP/1.1\r\nHost: blog.example\r\n\r\n"));
    assert!(ask("http://blog.example/a?b").text().starts_with("GET /a?b\n"));
    assert!(ask("http://Blog.Example").text().starts_with("GET /\n"));
    // It names another host than `Host` does.
    assert_eq!(ask("http://other.example/a").status, 400);
    assert_eq!(ask("ftp://blog.example/a").status, 400);
}

#[test]
fn an_old_client_needs_no_host() {
    let stage = Stage::usual();
    let mut client = stage.client();
    client.say("GET / HTTP/1.0\r\n\r\n");
    assert_eq!(client.hear().status, 200);
    assert_eq!(client.closed(), b"");
}

#[test]
fn the_head_alone_is_an_answer_too() {
    let stage = Stage::usual();
    let mut client = stage.client();
    client.say("HEAD /a HTTP/1.1\r\nHost: blog.example\r\n\r\n");
    client.say("GET /b HTTP/1.1\r\nHost: blog.example\r\nConnection: close\r\n\r\n");
    let all = String::from_utf8(client.closed()).unwrap();
    assert_eq!((all.matches("HTTP/1.1 200").count(), all.matches("GET /b").count()), (2, 1));
    assert!(!all.contains("HEAD /a") && all.to_lowercase().contains("content-length: "), "{all}");
}

#[test]
fn requests_in_a_row_are_answered_in_a_row() {
    let stage = Stage::usual();
    let mut client = stage.client();
    client.say((0..20).map(|n| get(&format!("/{n}"))).collect::<String>());
    for n in 0..20 {
        assert!(client.hear().text().starts_with(&format!("GET /{n}\n")));
    }
}

#[test]
fn a_long_answer_comes_whole() {
    let stage = Stage::usual();
    let answer = stage.ask(get("/long"));
    assert_eq!((answer.status, answer.body.len()), (200, LONG));
}

#[test]
fn a_blog_that_hangs_is_not_waited_for_forever() {
    let stage = Stage::with(|figment| figment.merge(("request_timeout", "200 ms")));
    assert_eq!(stage.ask(get("/wait")).status, 504);
}

#[test]
fn http_2_is_understood_without_asking() {
    let stage = Stage::usual();
    let (status, text, _) = stage.runtime.block_on(http2(stage.address, "/a?b"));
    assert_eq!(status, 200);
    assert!(text.starts_with("GET /a?b\n") && text.contains("host: blog.example\n"), "{text}");
}

#[test]
fn what_is_refused_here_promises_the_same_and_is_data_for_who_asks_for_data() {
    let stage = Stage::usual();
    let refused = |headers: &str| {
        stage.ask(format!("TRACE / HTTP/1.1\r\nHost: blog.example\r\n{headers}\r\n"))
    };
    let answer = refused("Accept: text/html, application/json\r\n");
    assert_eq!((answer.status, &answer.body[..]), (405, &b"This is not done here.\n"[..]));
    for name in [
        "content-security-policy",
        "x-content-type-options",
        "x-frame-options",
        "referrer-policy",
        "permissions-policy",
    ] {
        assert!(answer.header(name).is_some(), "{name}: {}", answer.head);
    }
    let answer = refused("Accept: application/json\r\n");
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.body, br#"{"error":"This is not done here."}"#);
}
