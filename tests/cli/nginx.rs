//! A real proxy in front.

use crate::running::Running;
use crate::support::until;
use std::fs;
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use tempfile::TempDir;

/// An nginx in front of a blog.
pub struct Nginx {
    /// Where it is.
    pub url: String,
    _running: Running,
    _folder: TempDir,
}

impl Nginx {
    /// One that passes everything on to `blog`, with these lines; none, with a word on it, where there is no nginx.
    pub fn before(blog: &str, lines: &str) -> Option<Nginx> {
        let folder = tempfile::tempdir().unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let at = folder.path().display();
        let config = format!(
            "daemon off; pid {at}/pid; error_log stderr; events {{}}
             http {{
               access_log off; client_body_temp_path {at}/body; proxy_temp_path {at}/proxy;
               fastcgi_temp_path {at}/fastcgi; uwsgi_temp_path {at}/uwsgi; scgi_temp_path {at}/scgi;
               proxy_cache_path {at}/cache keys_zone=kept:1m;
               server {{
                 listen 127.0.0.1:{port};
                 location / {{ proxy_pass {blog}; {lines} }}
               }}
             }}"
        );
        fs::write(folder.path().join("nginx.conf"), config).unwrap();
        let mut command = Command::new("nginx");
        command.arg("-c").arg(folder.path().join("nginx.conf")).arg("-p").arg(folder.path());
        if Command::new("nginx").arg("-v").output().is_err() {
            eprintln!("skipped: there is no nginx");
            return None;
        }
        let mut running = Running::start(command);
        until("nginx", || {
            assert!(!running.has_ended(), "{}", running.err.so_far());
            TcpStream::connect(("127.0.0.1", port)).ok()
        });
        Some(Nginx { url: format!("http://127.0.0.1:{port}"), _running: running, _folder: folder })
    }
}
