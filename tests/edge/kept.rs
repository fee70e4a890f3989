//! What is kept is sent with less ado than what is not, and nobody can tell by anything but the time.

use crate::differential::IN_ORDER;
use crate::framing::{HIDDEN, REFUSED};
use crate::support::{Stage, get, until};

/// How `bytes` are answered, and what comes behind them.
fn statuses(stage: &Stage, bytes: &str) -> Vec<u16> {
    let mut client = stage.client();
    client.say(bytes);
    client.say(HIDDEN.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
    std::iter::from_fn(|| client.hear_if_any()).map(|answer| answer.status).collect()
}

#[test]
fn a_site_that_is_kept_refuses_what_another_refuses() {
    let (kept, other) = (Stage::keeping(|figment| figment), Stage::usual());
    let paths = ["/", "/a", "/b?c"];
    let ask_for_all = || paths.iter().for_each(|path| assert_eq!(kept.ask(get(path)).status, 200));
    ask_for_all();
    kept.blog.forget();
    ask_for_all();
    assert_eq!(kept.blog.seen(), [] as [String; 0]);
    let refused = REFUSED.iter().map(|(request, _)| *request);
    for request in refused.chain(IN_ORDER) {
        assert_eq!(statuses(&kept, request), statuses(&other, request), "{request:?}");
    }
}

#[test]
fn limits_of_what_a_request_may_be_hold_for_what_is_kept() {
    let limits = |figment: rocket::figment::Figment| {
        figment
            .merge(("header_limit", "8 KiB"))
            .merge(("header_count", 20))
            .merge(("target_limit", 50))
    };
    let stage = Stage::keeping(limits);
    let path = format!("/{}", "a".repeat(60));
    for (request, status) in [
        (get("/"), 200),
        (get("/").replace("\r\n\r\n", &format!("\r\nX: {}\r\n\r\n", "a".repeat(9000))), 431),
        (get("/").replace("\r\n\r\n", &format!("{}\r\n\r\n", "\r\nX: y".repeat(20))), 431),
        (get(&path), 414),
    ] {
        assert_eq!((stage.ask(&request).status, stage.ask(&request).status), (status, status));
    }
}

#[test]
fn http_2_does_not_begin_behind_another_request() {
    let preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    for stage in [Stage::keeping(|figment| figment), Stage::usual()] {
        stage.ask(get("/"));
        let mut client = stage.client();
        client.say(get("/") + preface);
        assert_eq!(client.hear().status, 200);
        assert_eq!(client.closed(), b"");
    }
}

#[test]
fn two_lengths_are_refused_behind_what_is_kept() {
    let stage = Stage::keeping(|figment| figment);
    stage.ask(get("/"));
    stage.blog.forget();
    let mut client = stage.client();
    let both =
        "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\nX: ";
    client.say(get("/") + both);
    assert_eq!(client.hear().status, 200);
    client.say("POST /a HTTP/1.1\r\nA: b\r\n\r\n0\r\n\r\n");
    assert_eq!(client.hear().status, 400);
    assert_eq!(stage.blog.seen(), [] as [String; 0]);
}

#[test]
fn who_does_not_take_what_is_kept_is_left() {
    let stage = Stage::keeping(|figment| figment.merge(("write_timeout", "200 ms")));
    let part = "/".to_owned() + &"a".repeat(4000);
    stage.ask(get(&part));
    let mut client = stage.client();
    // Far more than the system holds for somebody who takes nothing.
    let many = get(&part).repeat(5000);
    until("the end", || (!client.say(&many)).then_some(()));
    assert_eq!(stage.ask(get(&part)).status, 200);
}
