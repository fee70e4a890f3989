//! Where it listens.

use crate::support::{Client, Stage, get};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixStream;
use std::path::Path;

fn ask_through(path: &Path) -> String {
    let mut client = Client::through(UnixStream::connect(path).unwrap());
    client.say(get("/"));
    client.hear().text()
}

#[test]
fn a_socket_in_the_file_system_is_as_good_as_an_address() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("socket");
    let listen = format!("unix:{}", path.display());
    let mut stage = Stage::with(|figment| figment.merge(("listen", listen)));
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o660);
    let text = ask_through(&path);
    // Whoever comes through it has no address, least of all that of this machine.
    assert!(text.contains(" http direct -\n"), "{text}");
    assert_eq!(stage.ask(get("/")).status, 200);
    stage.end();
    assert!(!path.exists());
}

#[test]
fn a_socket_that_nobody_listens_at_any_more_gives_way() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("socket");
    drop(std::os::unix::net::UnixListener::bind(&path).unwrap());
    assert!(path.exists());
    let listen = format!("unix:{}", path.display());
    let _stage = Stage::with(|figment| figment.merge(("listen", listen)));
    assert!(ask_through(&path).starts_with("GET /\n"));
}

#[test]
fn a_proxy_behind_the_socket_can_be_trusted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("socket");
    let listen = format!("unix:{}", path.display());
    let _stage =
        Stage::with(|figment| figment.merge(("listen", listen)).merge(("trusted_proxies", "unix")));
    let mut client = Client::through(UnixStream::connect(&path).unwrap());
    client.say("GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 192.0.2.7\r\n\r\n");
    assert!(client.hear().text().contains(" http forwarded 192.0.2.7\n"));
}

#[test]
fn several_addresses_are_listened_at() {
    let other = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let stage = Stage::with(|figment| figment.merge(("listen", [other.to_string()])));
    for address in [stage.address, other] {
        let mut client = Client::of(std::net::TcpStream::connect(address).unwrap());
        client.say(get("/"));
        assert_eq!(client.hear().status, 200);
    }
}
