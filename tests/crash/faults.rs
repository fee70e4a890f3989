//! A single write or sync fails.

use crate::blog::Blog;
use crate::chance::{chance, rounds};
use crate::ledger::Ledger;
use crate::site::Site;
use crate::support::PASSWORD;
use crate::writer::Writer;
use std::fs;
use std::process::Command;
use std::sync::Mutex;

/// What fails, and how.
const FAULTS: [&str; 4] = [
    "pwrite64:error=ENOSPC",
    "pwrite64:error=EIO",
    "fsync,fdatasync:error=EIO",
    "fsync,fdatasync:error=ENOSPC",
];
/// By then no thread of the program makes so many calls of a kind.
const LAST: usize = 150;

#[test]
fn a_write_that_fails_is_never_acknowledged_and_breaks_nothing() {
    if Command::new("strace").arg("-V").output().is_err() {
        eprintln!("skipped: there is no strace");
        return;
    }
    let mut rng = chance("faults");
    for fault in FAULTS {
        // All of them, one after the other, or some.
        let all = rounds(10) >= 100;
        let which: Vec<usize> = match all {
            true => (1..=LAST).collect(),
            false => (0..rounds(10) / 5).map(|_| rng.usize(1..20)).collect(),
        };
        let mut struck = 0;
        for nth in which {
            match strike(fault, nth, fastrand::Rng::with_seed(rng.u64(..))) {
                true => struck += 1,
                false if all => break,
                false => {}
            }
        }
        eprintln!("faults: {fault} struck {struck} times, nothing acknowledged is lost");
    }
}

/// Lets the `nth` call of each thread fail; whether there were so many.
fn strike(fault: &str, nth: usize, rng: fastrand::Rng) -> bool {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::at(folder.path());
    let ledger = Mutex::new(Ledger::default());
    let started = Blog::try_start(traced(&site, &format!("inject={fault}:when={nth}")));
    match started {
        Err(ran) => {
            let line = ran.failed();
            assert!(
                line.contains("full") || line.contains("disk I/O error"),
                "{fault} {nth}: {line}"
            );
        }
        Ok(mut blog) => {
            write(&blog, rng, &ledger);
            blog.kill();
        }
    }
    let (blog, _) = site.serve();
    let lost = ledger.lock().unwrap().compare(&site.database(), &blog);
    assert!(lost.0.is_empty(), "{fault} {nth}: {:#?}", lost.0);
    site.is_whole();
    fs::read_to_string(site.path("trace")).unwrap().contains("(INJECTED)")
}

/// The program under strace, which stands aside (`-D`) and ends with it.
fn traced(site: &Site, inject: &str) -> Command {
    let plain = site.command(&["serve", "--port", "0"]);
    let mut command = Command::new("strace");
    command.args(["-D", "-f", "-qq", "-o"]).arg(site.path("trace"));
    command.args(["-e", "trace=pwrite64,fsync,fdatasync", "-e", inject, "--"]);
    command.arg(plain.get_program()).args(plain.get_args());
    command.current_dir(site.path(".")).env("ROCKET_BCRYPT_COST", "4");
    command
}

/// Somebody comes, makes an account and writes, and tries again where it fails.
fn write(blog: &Blog, rng: fastrand::Rng, ledger: &Mutex<Ledger>) {
    let form = [("username", "Ada"), ("password", PASSWORD)];
    let mut visitor = blog.visitor();
    for _ in 0..3 {
        let status = visitor.post("/users/register", &form).status;
        assert!([303, 403, 409].contains(&status) || status >= 500, "{status}");
        let status = visitor.post("/auth/login", &form).status;
        assert!([303, 401].contains(&status) || status >= 500, "{status}");
    }
    let mut writer = Writer::new(0, visitor, rng);
    for _ in 0..12 {
        let status = writer.act(ledger).unwrap();
        // Whom it let in nowhere so far it sends to sign in.
        assert!(status <= 401 || status >= 500, "{status}");
    }
}
