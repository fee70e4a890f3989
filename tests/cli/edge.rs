//! The program on the network: what a service manager and a proxy see of it.

use crate::blog::Blog;
use crate::support::{Folder, until};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::fd::OwnedFd;
use std::os::unix::net::{UnixDatagram, UnixStream};
use std::process::{Command, Stdio};

fn terminate(pid: u32) {
    assert!(Command::new("kill").args(["-TERM", &pid.to_string()]).status().unwrap().success());
}

/// The answer to a request for `/healthz`, after which the connection is closed.
fn health(mut stream: impl Read + Write, headers: &str) -> String {
    let request = format!("GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{headers}\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn a_connection_that_only_waits_does_not_keep_it_from_ending() {
    let folder = Folder::with_owner();
    // Neither the edge nor Rocket ends it by a time of its own before this test does.
    folder.write(
        "Rocket.toml",
        "[default]\nidle_timeout = \"1 h\"\ndrain = \"1 h\"\nshutdown = { grace = 3600 }\n",
    );
    let blog = folder.serve();
    let mut visitor = blog.visitor();
    assert_eq!(visitor.get("/posts").status, 200);
    blog.stop().done_serving();
    drop(visitor);
}

#[test]
fn asked_to_stop_while_it_starts_it_comes_to_a_good_end() {
    let folder = Folder::empty();
    let mut command = folder.command(&["serve", "--port", "0"]);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    until("the database", || folder.path("monograph.db").exists().then_some(()));
    terminate(child.id());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(folder.names(), ["monograph.db"]);
}

#[test]
fn a_service_manager_is_told_when_it_answers() {
    let folder = Folder::with_owner();
    let socket = UnixDatagram::bind(folder.path("notify")).unwrap();
    let mut command = folder.command(&["serve", "--port", "0"]);
    command.env("NOTIFY_SOCKET", folder.path("notify"));
    let _blog = Blog::start(command);
    let mut told = [0; 64];
    let length = socket.recv(&mut told).unwrap();
    assert_eq!(&told[..length], b"READY=1");
}

#[test]
fn a_service_manager_may_do_the_listening() {
    let folder = Folder::with_owner();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let script = "exec 3<&0; export LISTEN_PID=$$ LISTEN_FDS=1; exec \"$0\" serve --port 1";
    let mut child = Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_monograph")])
        .current_dir(folder.path("."))
        .stdin(OwnedFd::from(listener))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // Nobody is refused meanwhile: whoever comes too early waits.
    assert!(health(TcpStream::connect(address).unwrap(), "").starts_with("HTTP/1.1 200"));
    terminate(child.id());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_proxy_that_is_trusted_brings_https() {
    let folder = Folder::with_owner();
    let mut command = folder.command(&["serve", "--port", "0"]);
    command.env("ROCKET_LISTEN", "unix:socket").env("ROCKET_TRUSTED_PROXIES", "unix");
    let blog = Blog::start(command);
    let through = |headers: &str| {
        let stream = UnixStream::connect(folder.path("socket")).unwrap();
        health(stream, headers).to_ascii_lowercase()
    };
    assert!(through("X-Forwarded-Proto: https\r\n").contains("strict-transport-security"));
    assert!(!through("").contains("strict-transport-security"));
    let direct = TcpStream::connect(blog.url.strip_prefix("http://").unwrap()).unwrap();
    let direct = health(direct, "X-Forwarded-Proto: https\r\n").to_ascii_lowercase();
    assert!(!direct.contains("strict-transport-security"), "{direct}");
    blog.stop().done_serving();
    assert_eq!(folder.names(), ["monograph.db"]);
}

#[test]
fn a_socket_is_not_this_machine_to_whoever_makes_the_first_account() {
    let folder = Folder::empty();
    let mut command = folder.command(&["serve", "--port", "0"]);
    command.env("ROCKET_LISTEN", "unix:socket");
    let blog = Blog::start(command);
    let mut stream = UnixStream::connect(folder.path("socket")).unwrap();
    let request = "GET /users/register HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 403"), "{answer}");
    assert_eq!(blog.visitor().get("/users/register").status, 200);
}

#[test]
fn of_a_stranger_no_long_form_is_taken_into_memory() {
    let folder = Folder::with_owner();
    let blog = folder.serve();
    let host = blog.url.strip_prefix("http://").unwrap();
    for (path, length) in [
        ("/auth/login", "Content-Length: 8000000"),
        ("/auth/login", "Transfer-Encoding: chunked"),
        ("/users/register", "Content-Length: 8000000"),
        ("/auth/recover", "Content-Length: 8000000"),
    ] {
        let mut stream = TcpStream::connect(host).unwrap();
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\n{length}\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).unwrap();
        // As much of it as the blog waits for before it looks: it answers without the rest.
        let chunk = format!("5000\r\n{}\r\n", "a".repeat(0x5000));
        stream.write_all(chunk.as_bytes()).unwrap();
        let mut status = String::new();
        BufReader::new(stream).read_line(&mut status).unwrap();
        assert!(status.starts_with("HTTP/1.1 413"), "{path}, {length}: {status}");
    }
}

#[test]
fn a_long_body_that_nobody_wants_is_answered_all_the_same() {
    let folder = Folder::with_owner();
    let blog = folder.serve();
    let host = blog.url.strip_prefix("http://").unwrap();
    for (path, length, status) in [
        ("/auth/login", 1_000_000, "413"),
        ("/posts", 9_000_000, "303"),
        ("/nowhere", 9_000_000, "404"),
    ] {
        for _ in 0..10 {
            let mut stream = TcpStream::connect(host).unwrap();
            let head = format!(
                "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: {length}\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n"
            );
            stream.write_all(head.as_bytes()).unwrap();
            // The blog may have hung up before all of it is sent.
            let _ = stream.write_all(&vec![b'a'; length]);
            let mut line = String::new();
            BufReader::new(stream).read_line(&mut line).unwrap();
            assert_eq!(line.split(' ').nth(1), Some(status), "{path}: {line}");
        }
    }
}
