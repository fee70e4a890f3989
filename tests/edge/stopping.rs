//! The end: whoever has asked gets their answer, and nobody else keeps it.

use crate::http2::http2;
use crate::support::{Stage, get, until};
use std::net::TcpStream;

#[test]
fn a_request_under_way_is_finished_and_nobody_more_gets_in() {
    let mut stage = Stage::usual();
    let mut busy = stage.client();
    busy.say(get("/wait"));
    stage.runtime.block_on(stage.blog.waits.notified());
    stage.ask_to_stop();
    let address = stage.address;
    until("the closed door", || TcpStream::connect(address).is_err().then_some(()));
    stage.blog.go.notify_waiters();
    let answer = busy.hear();
    assert_eq!((answer.status, answer.closes()), (200, true));
    assert_eq!(busy.closed(), b"");
    stage.end();
}

#[test]
fn connections_that_only_wait_keep_nobody() {
    // Longer than a test may take.
    let mut stage =
        Stage::with(|figment| figment.merge(("drain", "1 h")).merge(("idle_timeout", "1 h")));
    let mut idle = stage.client();
    idle.say(get("/"));
    assert_eq!(idle.hear().status, 200);
    let mut silent = stage.client();
    let (_, _, spoken) = stage.runtime.block_on(http2(stage.address, "/"));
    stage.end();
    assert_eq!((idle.closed(), silent.closed()), (vec![], vec![]));
    stage.runtime.block_on(spoken.ended());
}

#[test]
fn a_body_under_way_is_awaited() {
    let mut stage = Stage::usual();
    let mut sending = stage.client();
    sending.say("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
    assert_eq!(sending.hear().status, 100);
    stage.ask_to_stop();
    let address = stage.address;
    until("the closed door", || TcpStream::connect(address).is_err().then_some(()));
    sending.say("hello");
    assert!(sending.hear().text().ends_with("\n5 bytes"));
    stage.end();
}

#[test]
fn a_request_that_does_not_end_is_not_awaited_forever() {
    let mut stage = Stage::with(|figment| figment.merge(("drain", "200 ms")));
    let mut busy = stage.client();
    busy.say(get("/wait"));
    stage.runtime.block_on(stage.blog.waits.notified());
    stage.end();
    assert!(busy.hear_if_any().is_none());
}

#[test]
fn whoever_has_just_connected_is_heard() {
    let mut stage = Stage::usual();
    let mut clients: Vec<_> = (0..50).map(|_| stage.client()).collect();
    for client in &mut clients {
        client.say(get("/"));
    }
    stage.ask_to_stop();
    for client in &mut clients {
        assert_eq!(client.hear().status, 200);
    }
    stage.end();
}
