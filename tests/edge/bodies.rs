//! What clients send.

use crate::support::Stage;

fn post(stage: &Stage, head: &str, body: &[u8]) -> String {
    let mut client = stage.client();
    client.say(format!("POST / HTTP/1.1\r\nHost: blog.example\r\n{head}\r\n"));
    client.say(body);
    client.hear().text()
}

#[test]
fn a_body_arrives_whole_however_long_it_is() {
    let stage = Stage::usual();
    for length in [0, 1, 13, 16_384, 16_385, 1_000_000, 50_000_000] {
        let text = post(&stage, &format!("Content-Length: {length}\r\n"), &vec![b'a'; length]);
        assert!(text.ends_with(&format!("\n{length} bytes")), "{length}: {text}");
    }
}

#[test]
fn a_body_in_chunks_arrives_whole_and_ends_the_connection() {
    let stage = Stage::usual();
    for chunks in [1, 300] {
        let mut client = stage.client();
        client.say("POST / HTTP/1.1\r\nHost: blog.example\r\nTransfer-Encoding: chunked\r\n\r\n");
        for _ in 0..chunks {
            client.say(format!("400;a=b\r\n{}\r\n", "a".repeat(1024)));
        }
        client.say("0\r\nTrailer: 1\r\n\r\n");
        let answer = client.hear();
        assert!(answer.text().ends_with(&format!("\n{} bytes", chunks * 1024)), "{answer:?}");
        assert!(answer.closes() && !answer.text().contains("railer"));
        assert_eq!(client.closed(), b"");
    }
}

#[test]
fn who_asks_before_sending_is_told_to_go_on() {
    let stage = Stage::usual();
    let mut client = stage.client();
    client.say(
        "POST / HTTP/1.1\r\nHost: blog.example\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n",
    );
    assert_eq!(client.hear().status, 100);
    client.say("hello");
    let text = client.hear().text();
    assert!(text.ends_with("\n5 bytes") && !text.contains("expect"), "{text}");
}

#[test]
fn the_blog_hears_nothing_of_a_form_that_does_not_come() {
    let stage = Stage::with(|figment| figment.merge(("requests_in_flight", 1)));
    let mut slow: Vec<_> = (0..20).map(|_| stage.client()).collect();
    for client in &mut slow {
        client.say("POST /form HTTP/1.1\r\nHost: blog.example\r\nContent-Length: 500\r\n\r\nabc");
    }
    assert!(post(&stage, "Content-Length: 3\r\n", b"abc").ends_with("\n3 bytes"));
    assert_eq!(stage.blog.seen(), ["POST /"]);
}

#[test]
fn so_many_bodies_are_awaited_and_the_slowest_gives_way() {
    let stage = Stage::with(|figment| figment.merge(("bodies_in_flight", 1)));
    let mut slow = stage.client();
    slow.say("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
    assert_eq!(slow.hear().status, 100);
    assert!(post(&stage, "Content-Length: 3\r\n", b"abc").ends_with("\n3 bytes"));
    let refused = slow.hear();
    assert_eq!((refused.status, refused.closes()), (503, true));
    assert!(refused.header("retry-after").is_some());
}
