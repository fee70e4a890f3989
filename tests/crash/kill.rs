//! The program is killed.

use crate::blog::Visitor;
use crate::chance::{chance, rounds};
use crate::ledger::Ledger;
use crate::running::Running;
use crate::site::{Site, is_whole};
use crate::writer::Writer;
use fastrand::Rng;
use rusqlite::Connection;
use std::ops::Range;
use std::sync::Mutex;
use std::thread::{self, sleep};
use std::time::Duration;

/// How many write at the same time.
const WRITERS: usize = 4;

/// So many rounds have one blog; later ones would do nothing but compare what was written in the earlier ones.
const ROUNDS_OF_A_BLOG: usize = 20;

#[test]
fn a_killed_blog_has_all_that_it_acknowledged_and_its_backups_too() {
    let (mut rng, mut starts, rounds) = (chance("kill"), Vec::new(), rounds(3));
    let mut acknowledged = 0;
    for first in (0..rounds).step_by(ROUNDS_OF_A_BLOG) {
        let last = rounds.min(first + ROUNDS_OF_A_BLOG);
        acknowledged += killed_again_and_again(first..last, &mut rng, &mut starts);
    }
    starts.sort();
    eprintln!(
        "kill: {rounds} rounds, {acknowledged} changes acknowledged, none lost; a start took {:?} (median), {:?} (longest)",
        starts[starts.len() / 2],
        starts[starts.len() - 1]
    );
    assert!(acknowledged >= rounds, "nobody wrote anything");
}

/// Kills one blog once in each of the `rounds`, and says how many changes it had acknowledged.
fn killed_again_and_again(
    rounds: Range<usize>,
    rng: &mut Rng,
    starts: &mut Vec<Duration>,
) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::at(folder.path());
    site.settle();
    let ledgers: Vec<_> = (0..WRITERS).map(|_| Mutex::new(Ledger::default())).collect();
    for round in rounds {
        let (mut blog, took) = site.serve();
        starts.push(took);
        let ada = blog.ada();
        thread::scope(|scope| {
            for (number, ledger) in ledgers.iter().enumerate() {
                let mut writer = writer(round, number, &ada, rng);
                scope.spawn(move || writer.write_on(ledger));
            }
            let backup = scope.spawn(|| backup(&site, &ledgers));
            sleep(Duration::from_millis(rng.u64(100..900)));
            blog.kill();
            backup.join().unwrap();
        });
        let (blog, took) = site.serve();
        starts.push(took);
        let conn = site.database();
        for ledger in &ledgers {
            let lost = ledger.lock().unwrap().compare(&conn, &blog);
            assert!(lost.0.is_empty(), "round {round}: {:#?}", lost.0);
        }
        is_whole(&conn);
    }
    ledgers.iter().map(|ledger| ledger.lock().unwrap().acknowledged).sum()
}

fn writer(round: usize, number: usize, ada: &Visitor, rng: &mut Rng) -> Writer {
    Writer::new(round * WRITERS + number, ada.clone(), rng.fork())
}

/// Makes a backup beside the writers and restores it elsewhere: it has all that was acknowledged before.
fn backup(site: &Site, ledgers: &[Mutex<Ledger>]) {
    let before: Vec<_> = ledgers.iter().map(|ledger| ledger.lock().unwrap().so_far()).collect();
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copy.db");
    site.run(&["backup", copy.to_str().unwrap()]).done();
    let restored = folder.path().join("restored.db");
    let database = ["--database", restored.to_str().unwrap()];
    site.run(&["restore", copy.to_str().unwrap(), database[0], database[1]]).done();
    let conn = Connection::open(restored).unwrap();
    is_whole(&conn);
    for ledger in before {
        let lost = ledger.is_in(&conn);
        assert!(lost.0.is_empty(), "not in the backup: {:#?}", lost.0);
    }
}

#[test]
fn a_blog_that_is_killed_while_it_starts_for_the_first_time_starts_the_next_time() {
    let mut rng = chance("first start");
    for round in 0..rounds(10) {
        let folder = tempfile::tempdir().unwrap();
        let site = Site::at(folder.path());
        let mut first = Running::start(site.command(&["serve", "--port", "0"]));
        sleep(Duration::from_millis(rng.u64(..150)));
        first.kill();
        let (blog, _) = site.serve();
        assert_eq!(blog.visitor().get("/posts").status, 200, "round {round}");
        blog.stop().done_serving();
        site.is_whole();
    }
}
