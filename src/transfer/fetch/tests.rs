use super::public::{is_public, is_public_ip};
use super::*;
use std::io::{Seek, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// A host on this machine, and how many have called it.
fn host(answer: fn(&str, &mut TcpStream) -> io::Result<()>) -> (SocketAddr, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let calls = Arc::new(AtomicUsize::new(0));
    let counted = calls.clone();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            counted.fetch_add(1, Ordering::SeqCst);
            let mut head = [0; 4096];
            let length = stream.read(&mut head).unwrap_or_default();
            let head = String::from_utf8_lossy(&head[..length]).into_owned();
            let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
            let _ = answer(&path, &mut stream);
        }
    });
    (address, calls)
}

fn answer(path: &str, stream: &mut TcpStream) -> io::Result<()> {
    match path {
        "/file" => stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nwords"),
        "/moved" => stream.write_all(b"HTTP/1.1 302 Found\r\nLocation: /file\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
        "/round" => stream.write_all(b"HTTP/1.1 302 Found\r\nLocation: /round\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
        "/file-scheme" => stream.write_all(b"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
        "/endless" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")?;
            loop {
                stream.write_all(&[b'x'; 10_000])?;
            }
        }
        "/inside" => stream.write_all(b"HTTP/1.1 302 Found\r\nLocation: http://[::1]:1/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
        _ => stream.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
    }
}

fn fetched(fetcher: &mut Fetcher, url: &str) -> Result<String, String> {
    let mut file = tempfile::tempfile().unwrap();
    fetcher.fetch(url, &mut file)?;
    file.rewind().unwrap();
    Ok(io::read_to_string(file).unwrap())
}

#[test]
fn a_file_is_fetched_also_where_its_host_points_elsewhere() {
    let (address, _) = host(answer);
    let mut fetcher = Fetcher::calling(|_| true, 1000);
    for path in ["file", "moved"] {
        let url = format!("http://{address}/{path}");
        assert_eq!(fetched(&mut fetcher, &url), Ok("words".to_owned()));
    }
}

#[test]
fn what_is_too_large_missing_or_leads_in_circles_is_not() {
    let (address, calls) = host(answer);
    let mut fetcher = Fetcher::calling(|_| true, 1000);
    for (path, reason) in [
        ("none", "not there any more"),
        ("endless", "larger than"),
        ("round", "again and again"),
        // Whatever it is called, it is asked of the same host.
        ("file-scheme", "not there any more"),
    ] {
        let refusal = fetched(&mut fetcher, &format!("http://{address}/{path}")).unwrap_err();
        assert!(refusal.contains(reason), "{path}: {refusal}");
    }
    assert!(calls.load(Ordering::SeqCst) < 12);
}

#[test]
fn nothing_inside_is_ever_called() {
    let (address, calls) = host(answer);
    let port = address.port();
    let mut fetcher = Fetcher::new(1000);
    for url in [
        format!("http://127.0.0.1:{port}/file"),
        format!("http://localhost:{port}/file"),
        format!("http://2130706433:{port}/file"),
        format!("http://0x7f.1:{port}/file"),
        format!("http://0177.0.0.1:{port}/file"),
        format!("http://[::ffff:127.0.0.1]:{port}/file"),
        format!("http://[::1]:{port}/file"),
        format!("http://0.0.0.0:{port}/file"),
        "file:///etc/passwd".to_owned(),
        "gopher://127.0.0.1/".to_owned(),
        "nonsense".to_owned(),
    ] {
        assert_eq!(fetched(&mut fetcher, &url).unwrap_err(), "its host cannot be reached", "{url}");
    }
    assert_eq!(calls.load(Ordering::SeqCst), 0);
}

#[test]
fn a_redirect_leads_inside_no_more_than_a_link() {
    let (address, _) = host(answer);
    let mut fetcher = Fetcher::calling(|address| address.is_ipv4(), 1000);
    let refusal = fetched(&mut fetcher, &format!("http://{address}/inside")).unwrap_err();
    assert_eq!(refusal, "its host cannot be reached");
}

#[test]
fn a_host_that_never_answers_is_not_asked_any_more_and_others_are() {
    let (address, _) = host(answer);
    let mut fetcher = Fetcher::calling(|address| address.ip() == Ipv4Addr::LOCALHOST, 1000);
    for _ in 0..PATIENCE {
        fetched(&mut fetcher, "http://127.0.0.2/").unwrap_err();
    }
    assert!(fetched(&mut fetcher, "http://127.0.0.2/x").unwrap_err().contains("in a row"));
    assert_eq!(fetched(&mut fetcher, &format!("http://{address}/file")), Ok("words".to_owned()));
}

#[test]
fn where_many_hosts_never_answer_no_others_are_asked() {
    let mut fetcher = Fetcher::new(1000);
    for n in 0..SILENT_HOSTS {
        fetched(&mut fetcher, &format!("http://127.0.1.{n}/")).unwrap_err();
    }
    assert!(fetched(&mut fetcher, "http://127.0.2.1/").unwrap_err().contains("other hosts"));
}

/// Addresses of this machine, of its neighbours, and of nobody.
const INSIDE: [&str; 34] = [
    "127.0.0.1",
    "127.255.0.1",
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.9.9",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "fe80::1",
    "fc00::1",
    "fd12::1",
    "ff02::1",
    "2001:db8::1",
    "2001::1",
    "2002:7f00:1::",
    "3fff::1",
    "4000::1",
    "100::1",
];

const PUBLIC: [&str; 7] = [
    "1.1.1.1",
    "172.32.0.1",
    "100.128.0.1",
    "2606:4700::1",
    "::ffff:1.1.1.1",
    "64:ff9b::101:101",
    "2a00::1",
];

#[test]
fn only_the_public_internet_is_public() {
    for inside in INSIDE {
        assert!(!is_public_ip(inside.parse().unwrap()), "{inside}");
    }
    for public in PUBLIC {
        assert!(is_public_ip(public.parse().unwrap()), "{public}");
    }
    assert!(!is_public(&"1.1.1.1:22".parse().unwrap()));
    assert!(is_public(&"1.1.1.1:443".parse().unwrap()));
}
