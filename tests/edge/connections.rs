//! How many there may be.

use crate::support::{Client, Stage, get};

#[test]
fn when_all_are_taken_the_oldest_idle_one_gives_way() {
    let stage = Stage::with(|figment| figment.merge(("connections", 4)));
    let mut clients: Vec<Client> = (0..4).map(|_| stage.client()).collect();
    for client in &mut clients {
        client.say(get("/"));
        assert_eq!(client.hear().status, 200);
    }
    // The first is the youngest now.
    clients[0].say(get("/"));
    assert_eq!(clients[0].hear().status, 200);
    assert_eq!(stage.ask(get("/")).status, 200);
    assert_eq!(clients[1].closed(), b"");
    clients[0].say(get("/"));
    assert_eq!(clients[0].hear().status, 200);
}

#[test]
fn a_request_under_way_does_not_give_way() {
    let stage = Stage::with(|figment| figment.merge(("connections", 1)));
    let mut busy = stage.client();
    busy.say(get("/wait"));
    stage.runtime.block_on(stage.blog.waits.notified());
    let mut next = stage.client();
    let refused = next.hear();
    assert_eq!((refused.status, refused.header("retry-after")), (503, Some("5")));
    stage.blog.go.notify_waiters();
    assert_eq!(busy.hear().status, 200);
    assert_eq!(stage.ask(get("/")).status, 200);
}

#[test]
fn readers_get_in_however_many_only_hold_on() {
    let stage = Stage::with(|figment| figment.merge(("connections", 50)));
    let mut holding = Vec::new();
    for n in 0..500 {
        let mut client = stage.client();
        if n % 2 == 0 {
            client.say("GET / HTTP/1.1\r\nX-A: ");
        }
        holding.push(client);
        if n % 10 == 0 {
            assert_eq!(stage.ask(get("/")).status, 200);
        }
    }
}

#[test]
fn programs_on_this_machine_have_as_many_as_they_like() {
    let stage = Stage::with(|figment| figment.merge(("connections_per_client", 1)));
    let clients: Vec<Client> = (0..5).map(|_| stage.client()).collect();
    for mut client in clients {
        client.say(get("/"));
        assert_eq!(client.hear().status, 200);
    }
}
