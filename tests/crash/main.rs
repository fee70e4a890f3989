//! What was acknowledged is there, whatever happens to the program, the machine or the disk.
//!
//! `MONOGRAPH_ROUNDS` says how often each test tries, `MONOGRAPH_SEED` lets it choose as in an earlier run, and
//! `MONOGRAPH_PROGRAM` names another executable than the one just built. Those with disks of their own need root.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

#[path = "../cli/blog.rs"]
#[expect(dead_code, reason = "these tests need a part of it")]
mod blog;
#[path = "../cli/running.rs"]
#[expect(dead_code, reason = "these tests need a part of it")]
mod running;
#[path = "../cli/support.rs"]
#[expect(dead_code, reason = "these tests need a part of it")]
mod support;

mod chance;
mod cut;
mod disk;
mod faults;
mod full;
mod kill;
mod ledger;
mod power;
mod site;
mod writer;
