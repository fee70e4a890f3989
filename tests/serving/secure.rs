//! A blog that speaks HTTPS, and somebody who visits it.

use crate::running::{Ran, Running};
use crate::support::{Folder, until};
use rcgen::{CertificateParams, DnType, KeyPair};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

/// A port that nobody listens on at the moment.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Puts a new certificate for this machine and its key into the folder.
pub fn certify(folder: &Folder) -> CertificateDer<'static> {
    certify_as(folder, |params| params.not_after = rcgen::date_time_ymd(2999, 1, 1))
}

/// The same with something else in it.
pub fn certify_as(
    folder: &Folder,
    adjust: impl FnOnce(&mut CertificateParams),
) -> CertificateDer<'static> {
    let names = ["localhost".to_owned(), "127.0.0.1".to_owned()];
    let mut params = CertificateParams::new(names).unwrap();
    params.distinguished_name.push(DnType::CommonName, "localhost");
    adjust(&mut params);
    let key = KeyPair::generate().unwrap();
    let certificate = params.self_signed(&key).unwrap();
    folder.write("cert.pem", &certificate.pem());
    folder.write("key.pem", &key.serialize_pem());
    certificate.der().clone()
}

/// A blog that speaks HTTPS.
pub struct Site {
    running: Running,
    pub port: u16,
}

impl Site {
    /// Starts it with the certificate in `folder`.
    pub fn certified(folder: &Folder) -> Site {
        let certificate = ["--tls-certificate", "cert.pem", "--tls-key", "key.pem"];
        let port = free_port();
        let number = port.to_string();
        Site::start(
            folder.command(&[&["serve", "--port", &number], &certificate[..]].concat()),
            port,
        )
    }

    /// Starts `command`, which listens at `port`.
    pub fn start(command: Command, port: u16) -> Site {
        let mut running = Running::start(command);
        until("the start", || {
            assert!(!running.has_ended(), "it did not start: {}", running.err.so_far());
            running.out.so_far().contains("Monograph is at ").then_some(())
        });
        Site { running, port }
    }

    /// Tells it to look at its files.
    pub fn hang_up(&self) {
        let pid = self.running.id().to_string();
        assert!(Command::new("kill").args(["-HUP", &pid]).status().unwrap().success());
    }

    /// What it has logged so far.
    pub fn log(&self) -> String {
        self.running.err.so_far()
    }

    /// Stops it.
    pub fn stop(self) -> Ran {
        let pid = self.running.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        self.running.end()
    }

    /// Connects as somebody who asks for `localhost` and trusts `root` alone.
    pub fn connect(&self, root: &CertificateDer<'static>) -> io::Result<Line> {
        Line::to(self.port, "localhost", root, &["http/1.1"])
    }
}

/// A connection that nobody else can listen to.
pub struct Line(BufReader<StreamOwned<ClientConnection, TcpStream>>);

impl Line {
    /// Connects to `name`, which is on this machine.
    pub fn to(
        port: u16,
        name: &str,
        root: &CertificateDer<'static>,
        spoken: &[&str],
    ) -> io::Result<Line> {
        let mut roots = RootCertStore::empty();
        roots.add(root.clone()).map_err(io::Error::other)?;
        let mut config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        config.alpn_protocols = spoken.iter().map(|word| word.as_bytes().to_vec()).collect();
        let name = ServerName::try_from(name.to_owned()).unwrap();
        let mut client = ClientConnection::new(Arc::new(config), name).map_err(io::Error::other)?;
        let mut stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        while client.is_handshaking() {
            client.complete_io(&mut stream)?;
        }
        Ok(Line(BufReader::new(StreamOwned::new(client, stream))))
    }

    /// Asks again and again and takes no answer; whether that was ended by the other side.
    pub fn is_cut_off(&mut self, request: &str) -> bool {
        let stream = self.0.get_mut();
        stream.sock.set_write_timeout(Some(Duration::from_secs(20))).unwrap();
        loop {
            if let Err(error) = stream.write_all(request.as_bytes()) {
                return matches!(
                    error.kind(),
                    io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe
                );
            }
        }
    }

    /// The certificate that is shown.
    pub fn certificate(&self) -> CertificateDer<'static> {
        self.0.get_ref().conn.peer_certificates().unwrap()[0].clone().into_owned()
    }

    /// What is spoken.
    pub fn spoken(&self) -> String {
        String::from_utf8(self.0.get_ref().conn.alpn_protocol().unwrap().to_vec()).unwrap()
    }

    /// Sends a form, or asks for a page where there is none; the head of the answer in small letters, and the rest.
    pub fn ask(&mut self, path: &str, form: Option<&str>) -> (String, String) {
        let method = if form.is_some() { "POST" } else { "GET" };
        let form = form.unwrap_or_default();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\n\r\n{form}",
            form.len()
        );
        self.0.get_mut().write_all(request.as_bytes()).unwrap();
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert!(self.0.read_line(&mut head).unwrap() > 0, "the connection was closed: {head}");
        }
        let head = head.to_lowercase();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
        self.0.read_exact(&mut body).unwrap();
        (head, String::from_utf8(body).unwrap())
    }
}
