//! The blog as who runs it sees it: its certificates, and what is written down of its visitors.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod acme;
#[path = "../cli/blog.rs"]
#[expect(dead_code, reason = "tests of the command line need more of it")]
mod blog;
mod https;
mod journal;
mod metrics;
mod pebble;
#[path = "../cli/running.rs"]
#[expect(dead_code, reason = "tests of the command line need more of it")]
mod running;
mod secure;
#[path = "../cli/support.rs"]
#[expect(dead_code, reason = "tests of the command line need more of it")]
mod support;
