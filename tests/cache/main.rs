//! Pages that are kept for everybody, as readers of the program itself reach them: fast, and never the wrong ones.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

#[path = "../cli/blog.rs"]
#[expect(dead_code, reason = "tests of the command line need more of it")]
mod blog;
mod change;
mod clock;
mod conditions;
mod parts;
mod poison;
mod quick;
mod reader;
#[path = "../cli/running.rs"]
#[expect(dead_code, reason = "tests of the command line need more of it")]
mod running;
mod secrets;
mod served;
mod sharing;
#[path = "../cli/support.rs"]
#[expect(dead_code, reason = "tests of the command line need more of it")]
mod support;
