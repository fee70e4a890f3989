//! HTTPS with a certificate of the operator's.

use crate::running::Ran;
use crate::secure::{Line, Site, certify, certify_as, free_port};
use crate::support::{Folder, PASSWORD, until};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, SystemTime};

#[test]
fn pages_and_cookies_go_over_a_line_that_nobody_else_can_listen_to() {
    let folder = Folder::with_owner();
    let root = certify(&folder);
    let site = Site::certified(&folder);
    let mut line = site.connect(&root).unwrap();
    let (head, body) = line.ask("/healthz", None);
    assert_eq!((line.spoken().as_str(), body.as_str()), ("http/1.1", "ok"));
    assert!(head.contains("\r\nstrict-transport-security: max-age=31536000\r\n"), "{head}");

    let form = format!("username=Ada&password={}", PASSWORD.replace(' ', "+"));
    let (head, _) = line.ask("/auth/login", Some(&form));
    let cookie = head.lines().find(|line| line.starts_with("set-cookie: __host-session="));
    assert!(cookie.is_some_and(|cookie| cookie.contains("; secure")), "{head}");
}

#[test]
fn who_can_speak_http_2_does() {
    let folder = Folder::with_owner();
    let root = certify(&folder);
    let site = Site::certified(&folder);
    let line = Line::to(site.port, "localhost", &root, &["http/1.1", "h2"]).unwrap();
    assert_eq!(line.spoken(), "h2");
}

#[test]
fn who_comes_in_the_clear_is_led_to_https_and_told_nothing_else() {
    let folder = Folder::with_owner();
    certify(&folder);
    let site = Site::certified(&folder);
    let ask = |request: &str| {
        let mut stream = TcpStream::connect(("127.0.0.1", site.port)).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer.to_lowercase()
    };
    let answer =
        ask("GET /posts?page=2 HTTP/1.1\r\nHost: blog.example\r\nConnection: close\r\n\r\n");
    assert!(answer.starts_with("http/1.1 308 "), "{answer}");
    assert!(answer.contains("\r\nlocation: https://blog.example/posts?page=2\r\n"), "{answer}");
    assert!(answer.ends_with("\r\n\r\n") && !answer.contains("set-cookie"), "{answer}");
    for (host, found) in [("localhost:80", "localhost"), ("localhost:8000", "localhost:8000")] {
        let answer = ask(&format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"));
        assert!(answer.contains(&format!("\r\nlocation: https://{found}/\r\n")), "{answer}");
    }
    let answer = ask("GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n");
    assert!(answer.starts_with("http/1.1 400 "), "{answer}");
}

#[test]
fn another_certificate_is_shown_to_who_comes_next_and_nobody_is_cut_off() {
    let folder = Folder::with_owner();
    let first = certify(&folder);
    let site = Site::certified(&folder);
    let mut line = site.connect(&first).unwrap();
    assert_eq!(line.ask("/healthz", None).1, "ok");

    let second = certify(&folder);
    site.hang_up();
    until("the second", || site.connect(&second).ok());
    assert!(site.connect(&first).is_err());
    assert_eq!(line.ask("/healthz", None).1, "ok");

    // Without a word, too.
    let third = certify(&folder);
    until("the third", || site.connect(&third).ok());
    assert_eq!(line.ask("/healthz", None).1, "ok");
}

#[test]
fn who_has_no_files_to_look_at_goes_on_when_told_to() {
    let folder = Folder::with_owner();
    let port = free_port();
    let site = Site::start(folder.command(&["serve", "--port", &port.to_string()]), port);
    let ask = || ureq::get(format!("http://127.0.0.1:{port}/healthz")).call().unwrap().status();
    assert_eq!(ask(), 200);
    site.hang_up();
    assert_eq!(ask(), 200);
    site.stop().done_serving();
}

#[test]
fn what_cannot_be_used_is_said_once_and_the_one_before_stays() {
    let folder = Folder::with_owner();
    let root = certify(&folder);
    let site = Site::certified(&folder);
    folder.write("cert.pem", "no certificate");
    until("the complaint", || site.log().contains("cannot be used").then_some(()));
    assert_eq!(site.connect(&root).unwrap().ask("/healthz", None).1, "ok");
    let log = site.stop().done_serving().err;
    let complaints: Vec<_> = log.lines().filter(|line| line.contains(" ERROR ")).collect();
    let [complaint] = complaints[..] else { panic!("{log}") };
    assert!(complaint.contains("cert.pem") && complaint.contains("stays in use"), "{complaint}");
}

#[test]
fn a_certificate_that_cannot_be_used_is_named_at_the_start_and_nothing_is_made() {
    let folder = Folder::empty();
    let start = |certificate: &str, key: &str| {
        let args = ["serve", "--port", "0", "--tls-certificate", certificate, "--tls-key", key];
        folder.run(&args).failed()
    };
    assert!(start("cert.pem", "key.pem").contains("cert.pem cannot be read"));
    certify(&folder);
    std::fs::rename(folder.path("key.pem"), folder.path("other.pem")).unwrap();
    certify(&folder);
    let line = start("cert.pem", "other.pem");
    assert!(line.contains("the key is not the one of the certificate"), "{line}");
    assert!(start("key.pem", "key.pem").contains("no certificate in it"));
    assert!(start("cert.pem", "cert.pem").contains("no private key in it"));
    assert_eq!(folder.names(), ["cert.pem", "key.pem", "other.pem"]);
}

#[test]
fn who_does_not_shake_hands_is_not_waited_for() {
    let folder = Folder::with_owner();
    certify(&folder);
    let mut command = folder.command(&["serve", "--tls-certificate", "cert.pem"]);
    let port = free_port();
    command.env("ROCKET_TLS_KEY", "key.pem").env("ROCKET_PORT", port.to_string());
    command.env("ROCKET_SILENT_TIMEOUT", "200 ms");
    let site = Site::start(command, port);
    for said in [&b""[..], b"\x16\x03\x01"] {
        let mut stream = TcpStream::connect(("127.0.0.1", site.port)).unwrap();
        stream.write_all(said).unwrap();
        let mut rest = Vec::new();
        // Closed, one way or another.
        let _ = stream.read_to_end(&mut rest);
    }
}

#[test]
fn the_doctor_says_how_long_the_certificate_lasts_and_what_is_wrong_with_it() {
    let folder = Folder::with_owner();
    let told = |key: &str| {
        let mut command = folder.command(&["doctor"]);
        command.envs([("ROCKET_TLS_CERTIFICATE", "cert.pem"), ("ROCKET_TLS_KEY", key)]);
        let found = Ran::of(command, "").out;
        found.lines().find(|line| line.contains("cert.pem")).unwrap().to_owned()
    };
    certify(&folder);
    assert_eq!(told("key.pem"), "ok      The certificate cert.pem is good until 1 January 2999.");
    std::fs::rename(folder.path("key.pem"), folder.path("other.pem")).unwrap();
    certify_as(&folder, |params| params.not_after = rcgen::date_time_ymd(2020, 2, 1));
    assert!(told("key.pem").starts_with("problem The certificate cert.pem has ended"));
    assert!(told("other.pem").ends_with("the key is not the one of the certificate."));
    let tomorrow = SystemTime::now() + Duration::from_secs(24 * 60 * 60);
    certify_as(&folder, |params| params.not_after = tomorrow.into());
    let soon = told("key.pem");
    assert!(soon.starts_with("problem The certificate cert.pem ends on "), "{soon}");
}

#[test]
fn who_takes_nothing_of_a_page_is_left() {
    let folder = Folder::with_owner();
    let text = "Reeds and herons. ".repeat(1500);
    folder.write("posts/post.md", &format!("---\ntitle: Post\ndate: 2020-01-01\n---\n{text}"));
    folder.run(&["import", "markdown", "posts"]).done();
    let root = certify(&folder);
    let port = free_port();
    let number = port.to_string();
    let args =
        ["serve", "--port", &number, "--tls-certificate", "cert.pem", "--tls-key", "key.pem"];
    let mut command = folder.command(&args);
    command.env("ROCKET_WRITE_TIMEOUT", "300 ms");
    let site = Site::start(command, port);
    assert!(site.connect(&root).unwrap().ask("/posts/post", None).1.contains("herons"));
    let request = "GET /posts/post HTTP/1.1\r\nHost: localhost\r\n\r\n";
    assert!(site.connect(&root).unwrap().is_cut_off(request));
    site.stop().done_serving();
}
