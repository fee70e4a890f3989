//! Pebble, the certificate authority for tests by the makers of Let's Encrypt, where it is installed.

use crate::running::Running;
use crate::secure::{Line, certify, free_port};
use crate::support::{Folder, until};
use serde_json::json;
use std::env;
use std::io::{Write, stderr};
use std::path::PathBuf;
use std::process::Command;
use std::thread;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject;

/// An authority that looks for proofs at one port of this machine, whatever the name.
pub struct Pebble {
    folder: Folder,
    root: CertificateDer<'static>,
    port: u16,
    management: u16,
    authority: Running,
    _names: Running,
}

impl Pebble {
    /// Starts one whose certificates are valid for `seconds`, or says why there is none.
    pub fn start(proofs_at: u16, seconds: u64) -> Option<Pebble> {
        let found = find("pebble").zip(find("pebble-challtestsrv"));
        let Some((authority, names)) = found else {
            skip("pebble and pebble-challtestsrv are not in the search path");
            return None;
        };
        let folder = Folder::empty();
        let root = certify(&folder);
        let [port, management, dns] = [free_port(), free_port(), free_port()];
        let config = json!({ "pebble": {
            "listenAddress": format!("127.0.0.1:{port}"),
            "managementListenAddress": format!("127.0.0.1:{management}"),
            "certificate": "cert.pem", "privateKey": "key.pem",
            "httpPort": free_port(), "tlsPort": proofs_at, "certificateValidityPeriod": seconds,
        }});
        folder.write("pebble.json", &config.to_string());
        let dns = format!("127.0.0.1:{dns}");
        let mut command = Command::new(names);
        command.args(["-defaultIPv4", "127.0.0.1", "-defaultIPv6", "", "-dns01", &dns]);
        command.args(["-http01", "", "-https01", "", "-tlsalpn01", ""]);
        command.args(["-management", &format!("127.0.0.1:{}", free_port())]);
        let names = Running::start(command);
        let mut command = Command::new(authority);
        command.args(["-config", "pebble.json", "-dnsserver", &dns]).current_dir(folder.path("."));
        let authority = Running::start({
            command.env("PEBBLE_VA_NOSLEEP", "1");
            command
        });
        let pebble = Pebble { folder, root, port, management, authority, _names: names };
        until("Pebble", || pebble.line(pebble.port));
        Some(pebble)
    }

    /// What the blog has to be told of it.
    pub fn settings(&self) -> [(&'static str, String); 2] {
        let root = self.folder.path("cert.pem").to_str().unwrap().to_owned();
        let directory = format!("https://localhost:{}/dir", self.port);
        [("ROCKET_ACME_DIRECTORY", directory), ("ROCKET_ACME_ROOT", root)]
    }

    /// Ends it.
    pub fn end(&mut self) {
        self.authority.kill();
    }

    /// What vouches for its certificates.
    pub fn root(&self) -> CertificateDer<'static> {
        let mut line = until("the management", || self.line(self.management));
        let (_, pem) = line.ask("/roots/0", None);
        CertificateDer::from_pem_slice(pem.as_bytes()).unwrap()
    }

    fn line(&self, port: u16) -> Option<Line> {
        Line::to(port, "localhost", &self.root, &["http/1.1"]).ok()
    }
}

/// Says on the terminal, past what the test harness catches, that a test did not run.
fn skip(why: &str) {
    assert!(env::var("CI").as_deref() != Ok("true"), "{why}, and here the tests must run");
    let name = thread::current().name().unwrap_or_default().to_owned();
    let _ = writeln!(stderr(), "skipped {name}: {why}");
}

fn find(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}
