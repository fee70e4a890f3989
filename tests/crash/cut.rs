//! Commands are killed in the middle of their work.

use crate::chance::{chance, rounds};
use crate::running::Running;
use crate::site::Site;
use crate::support::{ask, load_fixture};
use fastrand::Rng;
use std::fs;
use std::thread::sleep;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Runs a command and kills it at any moment of the time that it usually takes.
fn cut(site: &Site, args: &[&str], took: Duration, rng: &mut Rng) {
    let mut running = Running::start(site.command(args));
    sleep(took.mul_f64(rng.f64()));
    running.kill();
    site.is_whole();
}

fn timed(site: &Site, args: &[&str]) -> Duration {
    let begun = Instant::now();
    site.run(args).done();
    begun.elapsed()
}

/// All posts and files, as far as they have nothing to do with the moment at which they came.
fn content(site: &Site) -> Vec<String> {
    let path = site.path("monograph.db");
    let posts = "SELECT slug, title, content, html, published_at FROM posts ORDER BY slug";
    let files = "SELECT name, digest FROM media ORDER BY name";
    [ask(&path, posts), ask(&path, files)].concat()
}

#[test]
fn an_import_that_is_killed_is_ended_by_the_next_one() {
    let mut rng = chance("import");
    let posts = tempfile::tempdir().unwrap();
    for n in 0..350 {
        let folder = posts.path().join(format!("post-{n:03}"));
        fs::create_dir(&folder).unwrap();
        let text = "Reeds and herons. ".repeat(rng.usize(1..200));
        let text =
            format!("---\ntitle: Post {n}\ndate: 2020-01-01\n---\n{text}\n\n[noise](noise.bin)");
        fs::write(folder.join("index.md"), text).unwrap();
        fs::write(folder.join("noise.bin"), [n as u8, (n / 256) as u8].repeat(500)).unwrap();
    }
    let import = ["import", "markdown", posts.path().to_str().unwrap()];
    let begin = || -> (TempDir, Site) {
        let folder = tempfile::tempdir().unwrap();
        let site = Site::at(folder.path());
        site.settle();
        (folder, site)
    };
    let (_folder, whole) = begin();
    let took = timed(&whole, &import);
    let mut halves = 0;
    for round in 0..rounds(3) {
        let (_folder, site) = begin();
        cut(&site, &import, took, &mut rng);
        let there = ask(&site.path("monograph.db"), "SELECT slug FROM posts").len();
        assert!(
            there.is_multiple_of(100) || there == 350,
            "round {round}: {there} posts, not whole batches"
        );
        halves += usize::from((1..350).contains(&there));
        site.run(&import).done();
        assert_eq!(content(&site), content(&whole), "round {round}");
    }
    eprintln!("import: {halves} of {} cut in the middle", rounds(3));
}

#[test]
fn an_upgrade_that_is_killed_has_happened_or_not() {
    let mut rng = chance("upgrade");
    let begin = || -> (TempDir, Site) {
        let folder = tempfile::tempdir().unwrap();
        let site = Site::at(folder.path());
        load_fixture(&site.path("monograph.db"), "schema-0001.sql");
        (folder, site)
    };
    let version = |site: &Site| ask(&site.path("monograph.db"), "PRAGMA user_version").remove(0);
    let (_folder, upgraded) = begin();
    let old = version(&upgraded);
    let took = timed(&upgraded, &["upgrade"]);
    let new = version(&upgraded);
    assert_ne!(old, new);
    let mut done = 0;
    for round in 0..rounds(3) {
        let (_folder, site) = begin();
        cut(&site, &["upgrade"], took, &mut rng);
        let found = version(&site);
        assert!([&old, &new].contains(&&found), "round {round}: {found}");
        done += usize::from(found == new);
        site.run(&["upgrade"]).done();
        assert_eq!(content(&site), content(&upgraded), "round {round}");
        site.run(&["check"]).done();
    }
    eprintln!("upgrade: {done} of {} had happened", rounds(3));
}
