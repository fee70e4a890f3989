//! Clients that take their time.

use crate::http2::take_nothing;
use crate::support::{LONG, Stage, get, until};

#[test]
fn who_says_nothing_is_not_waited_for() {
    let stage = Stage::with(|figment| figment.merge(("silent_timeout", "200 ms")));
    assert_eq!(stage.client().closed(), b"");
}

#[test]
fn a_head_that_does_not_come_is_not_waited_for() {
    let stage = Stage::with(|figment| figment.merge(("header_timeout", "200 ms")));
    let mut client = stage.client();
    client.say("GET / HTTP/1.1\r\nHost: x\r\nX-A: ");
    let answer = client.hear();
    assert_eq!((answer.status, answer.closes()), (408, true));
    assert_eq!(client.closed(), b"");
    assert!(stage.blog.seen().is_empty());
}

#[test]
fn the_head_of_a_later_request_has_the_same_time() {
    let stage = Stage::with(|figment| figment.merge(("header_timeout", "200 ms")));
    let mut client = stage.client();
    client.say(get("/"));
    assert_eq!(client.hear().status, 200);
    client.say("GET / HT");
    assert_eq!(client.hear().status, 408);
}

#[test]
fn a_connection_is_kept_for_the_next_request_only_so_long() {
    let stage = Stage::with(|figment| figment.merge(("idle_timeout", "200 ms")));
    let mut client = stage.client();
    for _ in 0..3 {
        client.say(get("/"));
        assert_eq!(client.hear().status, 200);
    }
    assert_eq!(client.closed(), b"");
}

#[test]
fn a_body_that_pauses_is_not_waited_for() {
    let stage = Stage::with(|figment| figment.merge(("body_timeout", "200 ms")));
    // Before the blog hears of it, and while it reads it.
    for sent in [13, 100_000] {
        let mut client = stage.client();
        client.say("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n");
        client.say(vec![b'a'; sent]);
        let answer = client.hear();
        assert_eq!((answer.status, answer.closes()), (408, true), "{sent}: {}", answer.head);
    }
}

#[test]
fn a_request_as_a_whole_has_its_time_however_steadily_it_comes() {
    let stage = Stage::with(|figment| figment.merge(("request_timeout", "300 ms")));
    let mut client = stage.client();
    client.say("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000000\r\n\r\n");
    while client.say([b'a'; 1000]) {}
    assert!(stage.blog.seen().iter().all(|seen| seen.ends_with("(cut off)")));
}

#[test]
fn who_does_not_take_the_answer_is_left() {
    let stage =
        Stage::with(|figment| figment.merge(("write_timeout", "200 ms")).merge(("connections", 1)));
    let mut client = stage.client();
    client.say(get("/long"));
    until("the only place", || (stage.blog.seen() == ["GET /long"]).then_some(()));
    until("the only place", || (stage.ask(get("/")).status == 200).then_some(()));
    assert!(client.closed().len() < LONG);
}

#[test]
fn who_takes_nothing_of_a_long_answer_gives_way_to_who_would() {
    let stage = Stage::with(|figment| {
        figment
            .merge(("write_timeout", "10 min"))
            .merge(("idle_timeout", "200 ms"))
            .merge(("requests_in_flight", 2))
    });
    let mut clients = [stage.client(), stage.client()];
    for client in &mut clients {
        client.say(get("/long"));
    }
    until("their answers", || (stage.blog.seen().len() == 2).then_some(()));
    let answer = until("a place", || Some(stage.ask(get("/long"))).filter(|a| a.status == 200));
    assert_eq!(answer.body.len(), LONG);
    let taken = clients.map(|mut client| client.closed().len() >= LONG);
    assert_eq!(taken.iter().filter(|all| **all).count(), 1, "one gave way");
}

#[test]
fn one_answer_of_several_that_is_not_taken_is_left() {
    let patience = |figment: rocket::figment::Figment| figment.merge(("write_timeout", "200 ms"));
    for (stage, path) in [
        (Stage::with(patience), "/long"),
        (Stage::with(patience), "/a"),
        (Stage::keeping(patience), "/a"),
    ] {
        let is_broken_off = stage.runtime.block_on(take_nothing(stage.address, path));
        assert!(is_broken_off, "{path}");
    }
}

#[test]
fn the_beginning_of_a_head_behind_what_is_kept_has_its_time() {
    let stage = Stage::keeping(|figment| figment.merge(("header_timeout", "200 ms")));
    stage.ask(get("/"));
    let mut client = stage.client();
    client.say(get("/") + "GET / HT");
    assert_eq!((client.hear().status, client.hear().status), (200, 408));
}

#[test]
fn who_takes_the_answer_slowly_gets_all_of_it() {
    let stage = Stage::with(|figment| {
        figment.merge(("write_timeout", "1 s")).merge(("idle_timeout", "200 ms"))
    });
    let mut client = stage.client();
    client.say(get("/long"));
    assert_eq!(client.hear().body.len(), LONG);
}

#[test]
fn silence_in_http_2_is_not_waited_for_either() {
    let stage = Stage::with(|figment| {
        figment.merge(("header_timeout", "200 ms")).merge(("idle_timeout", "200 ms"))
    });
    let mut client = stage.client();
    client.say("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    client.say([0, 0, 0, 4, 0, 0, 0, 0, 0]);
    client.closed();
}
