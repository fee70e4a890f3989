//! HTTPS with certificates that come by themselves.

use crate::pebble::Pebble;
use crate::secure::{Line, Site, free_port};
use crate::support::{Folder, until};
use std::process::Command;
use tokio_rustls::rustls::pki_types::CertificateDer;

const NAME: &str = "blog.example";
const YEAR: u64 = 365 * 24 * 60 * 60;

fn command(folder: &Folder, port: u16, pebble: &Pebble) -> Command {
    let (port, url) = (port.to_string(), format!("https://{NAME}"));
    let args = ["serve", "--port", &port, "--base-url", &url, "--acme", "ada@blog.example"];
    let mut command = folder.command(&args);
    command.envs(pebble.settings());
    command
}

fn connect(port: u16, root: &CertificateDer<'static>) -> Option<Line> {
    Line::to(port, NAME, root, &["http/1.1"]).ok()
}

#[test]
fn with_one_setting_there_is_a_certificate_and_it_outlives_a_restart() {
    let port = free_port();
    let Some(mut pebble) = Pebble::start(port, YEAR) else { return };
    let (folder, root) = (Folder::with_owner(), pebble.root());
    let site = Site::start(command(&folder, port, &pebble), port);
    let mut line = until("a certificate", || connect(port, &root));
    assert_eq!(line.ask("/healthz", None).1, "ok");
    let first = line.certificate();
    drop(line);
    let log = site.stop().done_serving().err;
    assert!(!log.contains(" ERROR "), "{log}");
    assert_eq!(folder.names(), ["monograph.db"]);

    // The authority need not be there.
    pebble.end();
    let site = Site::start(command(&folder, port, &pebble), port);
    assert_eq!(connect(port, &root).unwrap().certificate(), first);
    let log = site.stop().done_serving().err;
    assert!(!log.contains(" ERROR "), "{log}");
}

#[test]
fn a_certificate_is_renewed_in_time_and_nobody_is_cut_off() {
    let port = free_port();
    let Some(pebble) = Pebble::start(port, 6) else { return };
    let (folder, root) = (Folder::with_owner(), pebble.root());
    let site = Site::start(command(&folder, port, &pebble), port);
    let mut line = until("a certificate", || connect(port, &root));
    until("another certificate", || {
        connect(port, &root).filter(|other| other.certificate() != line.certificate())
    });
    assert_eq!(line.ask("/healthz", None).1, "ok");
    site.stop().done_serving();
    // One account, one certificate: the second took the place of the first.
    let kept = folder.ask("SELECT count(*) FROM secrets WHERE name LIKE '%localhost%'");
    assert_eq!(kept, ["2"]);
}

#[test]
fn an_authority_that_finds_no_proof_is_quoted_in_one_line_and_the_blog_runs_on() {
    let port = free_port();
    let Some(pebble) = Pebble::start(free_port(), YEAR) else { return };
    let folder = Folder::with_owner();
    let site = Site::start(command(&folder, port, &pebble), port);
    until("the complaint", || site.log().contains(" ERROR ").then_some(()));
    assert!(connect(port, &pebble.root()).is_none());
    let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0);
    let agent: ureq::Agent = config.build().into();
    let answer = agent.get(format!("http://127.0.0.1:{port}/posts")).call().unwrap();
    assert_eq!(answer.headers()["location"], "https://blog.example/posts");
    let log = site.stop().done_serving().err;
    let complaints: Vec<_> = log.lines().filter(|line| line.contains(" ERROR ")).collect();
    let [complaint] = complaints[..] else { panic!("{log}") };
    for part in [NAME, "Failed to connect to 127.0.0.1", "trying again"] {
        assert!(complaint.contains(part), "{complaint}");
    }
}
