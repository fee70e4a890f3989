//! Who asks: the network's word, and that of proxies which are trusted.

use crate::support::{Answer, Stage};
use monograph::edge::Pass;
use rocket::figment::Figment;

fn asked(stage: &Stage, headers: &str) -> Answer {
    stage.ask(format!("GET / HTTP/1.1\r\nHost: blog.example\r\n{headers}\r\n"))
}

/// What the blog was told of the client: scheme, whether somebody passed the request on, and address.
fn told(stage: &Stage, headers: &str) -> String {
    let text = asked(stage, headers).text();
    let name = format!("{}: ", Pass::HEADER);
    let told = text.lines().find_map(|line| line.strip_prefix(&name)).unwrap();
    told.split_once(' ').unwrap().1.to_owned()
}

fn trusting(proxies: &'static str) -> impl Fn(Figment) -> Figment {
    move |figment| figment.merge(("trusted_proxies", proxies))
}

#[test]
fn without_a_trusted_proxy_nobody_can_say_who_they_are() {
    let stage = Stage::usual();
    assert_eq!(told(&stage, ""), "http direct 127.0.0.1");
    for forged in [
        "X-Forwarded-For: 192.0.2.7\r\nX-Forwarded-Proto: https\r\n",
        "Forwarded: for=192.0.2.7;proto=https\r\n",
        "X-Real-IP: 192.0.2.7\r\n",
    ] {
        assert_eq!(told(&stage, forged), "http forwarded 127.0.0.1", "{forged}");
    }
}

#[test]
fn a_pass_of_ones_own_is_none() {
    let stage = Stage::usual();
    let text = asked(&stage, "X-Monograph-Edge: mine https direct 192.0.2.7\r\n").text();
    assert_eq!(text.matches("x-monograph-edge").count(), 1);
    assert!(!text.contains("mine") && !text.contains("192.0.2.7"), "{text}");
}

#[test]
fn a_trusted_proxy_says_who_asks_and_how() {
    let stage = Stage::with(trusting("127.0.0.1"));
    for (headers, client) in [
        ("", "http direct 127.0.0.1"),
        ("X-Forwarded-For: 192.0.2.7\r\n", "http forwarded 192.0.2.7"),
        ("X-Forwarded-For: 192.0.2.7\r\nX-Forwarded-Proto: https\r\n", "https forwarded 192.0.2.7"),
        ("Forwarded: for=192.0.2.7;proto=https\r\n", "https forwarded 192.0.2.7"),
        ("Forwarded: For=\"[2001:db8::7]:4711\"\r\n", "http forwarded 2001:db8::7"),
        ("Forwarded: for=unknown\r\n", "http forwarded 127.0.0.1"),
        ("X-Forwarded-Proto: https\r\n", "https forwarded 127.0.0.1"),
        // Without `ip_header` it is not asked for, and a proxy may pass it on unread.
        ("X-Real-IP: 192.0.2.7\r\n", "http forwarded 127.0.0.1"),
    ] {
        assert_eq!(told(&stage, headers), client, "{headers}");
    }
}

#[test]
fn of_several_addresses_the_last_counts_that_no_trusted_proxy_has() {
    let stage = Stage::with(trusting("127.0.0.1, 10.0.0.0/8"));
    for (headers, client) in [
        (
            "Forwarded: for=203.0.113.9;host=evil.example\r\nX-Forwarded-For: 192.0.2.7\r\n",
            "http forwarded 192.0.2.7",
        ),
        ("X-Forwarded-For: 203.0.113.9, 192.0.2.7, 10.0.0.1\r\n", "http forwarded 192.0.2.7"),
        (
            "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-For: 192.0.2.7\r\n",
            "http forwarded 192.0.2.7",
        ),
        (
            "Forwarded: for=203.0.113.9;proto=http, for=192.0.2.7;proto=https, for=10.0.0.1;proto=http\r\n",
            "https forwarded 192.0.2.7",
        ),
        ("X-Forwarded-For: 10.0.0.2, 10.0.0.1\r\n", "http forwarded 10.0.0.2"),
        ("X-Forwarded-For: \u{ff}, 192.0.2.7\r\n", "http forwarded 192.0.2.7"),
        ("Forwarded: for=\u{ff}, for=192.0.2.7\r\n", "http forwarded 192.0.2.7"),
        ("X-Forwarded-For: 203.0.113.9, nonsense\r\n", "http forwarded 127.0.0.1"),
    ] {
        assert_eq!(told(&stage, headers), client, "{headers}");
    }
}

#[test]
fn a_header_of_ones_own_choice_is_believed_from_this_machine() {
    let stage = Stage::with(|figment| figment.merge(("ip_header", "X-Real-IP")));
    assert_eq!(told(&stage, "X-Real-IP: 192.0.2.7\r\n"), "http forwarded 192.0.2.7");
    assert_eq!(told(&stage, "X-Forwarded-For: 203.0.113.9\r\n"), "http forwarded 127.0.0.1");
    let elsewhere = Stage::with(|figment| {
        figment.merge(("ip_header", "X-Real-IP")).merge(("trusted_proxies", "192.0.2.1"))
    });
    assert_eq!(told(&elsewhere, "X-Real-IP: 192.0.2.7\r\n"), "http forwarded 127.0.0.1");
}

#[test]
fn a_trusted_proxy_says_which_host_was_asked_for() {
    let named = |stage: &Stage, headers| {
        let text = asked(stage, headers).text();
        text.lines().find_map(|line| line.strip_prefix("host: ")).unwrap().to_owned()
    };
    let headers = "X-Forwarded-Host: other.example\r\n";
    assert_eq!(named(&Stage::usual(), headers), "blog.example");
    let trusting = Stage::with(trusting("127.0.0.1"));
    assert_eq!(named(&trusting, headers), "other.example");
    assert_eq!(named(&trusting, "Forwarded: host=third.example\r\n"), "third.example");
    // What could not be a host is none.
    let answer = asked(&trusting, "X-Forwarded-Host: a\"b/c\r\n");
    assert_eq!(answer.status, 400);
}

#[test]
fn a_client_makes_only_so_many_requests_of_the_blog() {
    let stage = Stage::with(|figment| {
        let figment = figment.merge(("requests_per_second", 1)).merge(("request_burst", 3));
        figment.merge(("trusted_proxies", "127.0.0.1"))
    });
    let status = |address: &str| asked(&stage, &format!("X-Forwarded-For: {address}\r\n")).status;
    let first: Vec<u16> = (0..6).map(|_| status("192.0.2.7")).collect();
    assert_eq!((&first[..3], first.contains(&429)), (&[200, 200, 200][..], true), "{first:?}");
    let answer = asked(&stage, "X-Forwarded-For: 192.0.2.7\r\n");
    if answer.status == 429 {
        let wait: u64 = answer.header("retry-after").unwrap().parse().unwrap();
        assert!((1..=4).contains(&wait) && answer.closes(), "{}", answer.head);
    }
    // Somebody else, and the neighbours of one network as one.
    assert_eq!(status("192.0.2.8"), 200);
    let network: Vec<u16> = (1..=6).map(|n| status(&format!("2001:db8::{n}"))).collect();
    assert!(network.contains(&429), "{network:?}");
    // Programs on this machine as often as they like.
    assert!((0..20).all(|_| asked(&stage, "").status == 200));
}
