//! Fetches files from elsewhere on behalf of an owner, and from nowhere inside.

use super::intake::{Unbrought, copy};
use std::fs::File;
use std::io::{self, Read};
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::time::{Duration, Instant};
use ureq::Agent;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};

/// The longest that a file may take.
const LONGEST: Duration = Duration::from_secs(120);
/// The longest that a server may be silent before it answers.
const SILENCE: Duration = Duration::from_secs(10);
/// The slowest that a file may come, in bytes a second, after [`SILENCE`].
const SLOWEST: u64 = 4_000;
/// How often a server may point elsewhere.
const REDIRECTS: u32 = 5;
/// After so many times without an answer nobody asks any more.
const PATIENCE: u32 = 10;

/// Asks other hosts for files.
pub struct Fetcher {
    agent: Agent,
    most: u64,
    /// How many did not answer, one after the other.
    silent: u32,
}

impl Fetcher {
    /// Fetches files of at most `most` bytes from hosts on the public Internet.
    pub fn new(most: u64) -> Fetcher {
        Fetcher::calling(is_public, most)
    }

    fn calling(may_call: fn(&SocketAddr) -> bool, most: u64) -> Fetcher {
        let config = Config::builder()
            .timeout_global(Some(LONGEST))
            .timeout_resolve(Some(SILENCE))
            .timeout_connect(Some(SILENCE))
            .timeout_recv_response(Some(SILENCE))
            .max_redirects(REDIRECTS)
            // A proxy would look up the host by itself.
            .proxy(None)
            .user_agent(concat!("Monograph/", env!("CARGO_PKG_VERSION")))
            .build();
        let guard = Guard { lookup: DefaultResolver::default(), may_call };
        Fetcher {
            agent: Agent::with_parts(config, DefaultConnector::default(), guard),
            most,
            silent: 0,
        }
    }

    /// Writes what is at `url` to a file.
    ///
    /// # Errors
    /// A sentence on why it did not come.
    pub fn fetch(&mut self, url: &str, to: &mut File) -> Result<(), Unbrought> {
        if self.silent >= PATIENCE {
            return Err(format!("{PATIENCE} files in a row had no answer, so nobody asked for it"));
        }
        let done = self.get(url, to);
        let is_silent = matches!(
            done,
            Err(ureq::Error::Timeout(_) | ureq::Error::Io(_) | ureq::Error::HostNotFound)
        );
        self.silent = if is_silent { self.silent + 1 } else { 0 };
        done.map_err(|error| reason(&error)).flatten()
    }

    fn get(&self, url: &str, to: &mut File) -> Result<Result<(), Unbrought>, ureq::Error> {
        let mut answer = self.agent.get(url).call()?;
        let length = answer.body().content_length();
        if length.is_some_and(|length| length > self.most) {
            return Ok(Err(format!("it is larger than {} MB", self.most / 1_000_000)));
        }
        let body = answer.body_mut().as_reader();
        Ok(copy(&mut Paced { from: body, read: 0, since: Instant::now() }, to, self.most))
    }
}

fn reason(error: &ureq::Error) -> Unbrought {
    match error {
        ureq::Error::StatusCode(404 | 410) => "it is not there any more".to_owned(),
        ureq::Error::StatusCode(code) => format!("its host answers with status {code}"),
        ureq::Error::Timeout(_) => "its host takes too long to answer".to_owned(),
        ureq::Error::TooManyRedirects => "its host points elsewhere again and again".to_owned(),
        // What is inside and what does not answer are told the same.
        _ => "its host cannot be reached".to_owned(),
    }
}

/// Gives up on who sends too slowly.
struct Paced<R> {
    from: R,
    read: u64,
    since: Instant,
}

impl<R: Read> Read for Paced<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(buffer)?;
        self.read += read as u64;
        let spent = self.since.elapsed();
        match spent > SILENCE && self.read < SLOWEST * spent.as_secs() {
            true => Err(io::Error::other("it comes too slowly")),
            false => Ok(read),
        }
    }
}

/// Looks hosts up and lets only those be called that may be. It is asked again for every redirect, and what it answers
/// is what is called: a name that leads elsewhere a moment later makes no difference.
#[derive(Debug)]
struct Guard {
    lookup: DefaultResolver,
    may_call: fn(&SocketAddr) -> bool,
}

impl Resolver for Guard {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.lookup.resolve(uri, config, timeout)?;
        match found.iter().all(self.may_call) {
            true => Ok(found),
            false => Err(ureq::Error::HostNotFound),
        }
    }
}

/// Whether an address is one of the public Internet (IANA's registries of special addresses), at a port of the web.
fn is_public(address: &SocketAddr) -> bool {
    matches!(address.port(), 80 | 443) && is_public_ip(address.ip())
}

fn is_public_ip(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => {
            let [a, b, c, _] = ip.octets();
            !(ip.is_private()
                || ip.is_loopback()
                || ip.is_link_local()
                || ip.is_broadcast()
                || ip.is_documentation()
                || ip.is_multicast()
                || a == 0
                || a >= 240
                || (a == 100 && (64..128).contains(&b))
                || (a, b, c) == (192, 0, 0)
                || (a, b, c) == (192, 88, 99)
                || (a == 198 && (b == 18 || b == 19)))
        }
        IpAddr::V6(ip) => match hidden(ip) {
            Some(ip) => is_public_ip(ip),
            // Only 2000::/3 is given out, and of it not what is for documents or made of IPv4 in other ways.
            None => {
                let [a, b, ..] = ip.segments();
                (a & 0xE000) == 0x2000
                    && !(a == 0x2001 && (b < 0x200 || b == 0xDB8))
                    && a != 0x2002
                    && (a & 0xFFF0) != 0x3FF0
            }
        },
    }
}

/// The IPv4 address that an IPv6 address stands for.
fn hidden(ip: Ipv6Addr) -> Option<IpAddr> {
    let [a, b, c, d, e, f, g, h] = ip.segments();
    let last = || {
        let [one, two, three, four] = [(g >> 8) as u8, g as u8, (h >> 8) as u8, h as u8];
        IpAddr::from([one, two, three, four])
    };
    match [a, b, c, d, e, f] {
        [0, 0, 0, 0, 0, 0xFFFF] | [0x64, 0xFF9B, 0, 0, 0, 0] => Some(last()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Seek, Write};
    use std::net::{TcpListener, TcpStream};
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
            fetcher.silent = 0;
            assert_eq!(
                fetched(&mut fetcher, &url).unwrap_err(),
                "its host cannot be reached",
                "{url}"
            );
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
    fn after_many_without_an_answer_nobody_is_asked() {
        let mut fetcher = Fetcher::new(1000);
        for _ in 0..PATIENCE {
            fetched(&mut fetcher, "http://127.0.0.1/").unwrap_err();
        }
        assert!(fetched(&mut fetcher, "http://127.0.0.1/").unwrap_err().contains("in a row"));
    }

    #[test]
    fn only_the_public_internet_is_public() {
        for inside in [
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
        ] {
            assert!(!is_public_ip(inside.parse().unwrap()), "{inside}");
        }
        for public in [
            "1.1.1.1",
            "172.32.0.1",
            "100.128.0.1",
            "2606:4700::1",
            "::ffff:1.1.1.1",
            "64:ff9b::101:101",
            "2a00::1",
        ] {
            assert!(is_public_ip(public.parse().unwrap()), "{public}");
        }
        assert!(!is_public(&"1.1.1.1:22".parse().unwrap()));
        assert!(is_public(&"1.1.1.1:443".parse().unwrap()));
    }
}
