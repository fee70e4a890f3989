//! The power is cut.

use crate::chance::{chance, rounds};
use crate::disk::Disk;
use crate::ledger::Ledger;
use crate::site::Site;
use crate::writer::Writer;
use std::sync::Mutex;
use std::thread::{self, sleep};
use std::time::Duration;

/// How many write at the same time.
const WRITERS: usize = 4;

#[test]
fn a_power_cut_takes_nothing_that_was_acknowledged() {
    let Some(disk) = Disk::with_power() else { return };
    let (lost, acknowledged) = cut_and_compare(&disk, Site::at(&disk.at()), rounds(2));
    assert_eq!((lost, acknowledged > 0), (0, true));
}

/// The control: a harness that does not notice what is lost proves nothing.
#[test]
fn without_a_sync_before_the_answer_a_power_cut_takes_what_was_acknowledged() {
    if !cfg!(debug_assertions) {
        eprintln!("skipped: what is released cannot be told to sync less");
        return;
    }
    let Some(disk) = Disk::with_power() else { return };
    let site = Site::at(&disk.at()).with_synchronous("NORMAL");
    // It shows soon.
    let (lost, _) = cut_and_compare(&disk, site, rounds(10).div_ceil(5));
    assert!(lost > 0, "nothing is lost even without syncing: this shows nothing");
}

/// How much of what was acknowledged is lost, and how much there was.
fn cut_and_compare(disk: &Disk, site: Site, rounds: usize) -> (usize, usize) {
    let mut rng = chance("power");
    site.settle();
    // The account itself must be there after a cut.
    rustix::fs::sync();
    let ledgers: Vec<_> = (0..WRITERS).map(|_| Mutex::new(Ledger::default())).collect();
    let mut lost = 0;
    for round in 0..rounds {
        let (mut blog, _) = site.serve();
        let ada = blog.ada();
        thread::scope(|scope| {
            for (number, ledger) in ledgers.iter().enumerate() {
                let mut writer = Writer::new(round * WRITERS + number, ada.clone(), rng.fork());
                scope.spawn(move || writer.write_until_refused(ledger));
            }
            sleep(Duration::from_millis(rng.u64(100..900)));
            disk.cut();
            blog.kill();
        });
        drop(blog);
        disk.restart();
        let (blog, _) = site.serve();
        let conn = site.database();
        for ledger in &ledgers {
            lost += ledger.lock().unwrap().compare(&conn, &blog).0.len();
        }
        drop(conn);
        site.is_whole();
    }
    let acknowledged = ledgers.iter().map(|ledger| ledger.lock().unwrap().acknowledged).sum();
    eprintln!("power: {rounds} cuts, {acknowledged} changes acknowledged, {lost} of them lost");
    (lost, acknowledged)
}
