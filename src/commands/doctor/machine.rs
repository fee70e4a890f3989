//! The machine: its disk and its clock.

use super::finding::Finding;
use crate::settings::Settings;
use crate::text::size_in_words;
use chrono::DateTime;
use std::path::Path;

/// What the log, a backup and an upload may need at least.
const LITTLE: u64 = 100_000_000;
/// Before this version of the program there was no reason to run it.
const RELEASED: i64 = 1_790_000_000;
const YEAR: i64 = 365 * 24 * 60 * 60;

/// Looks at the folder of the database, and at the clock.
pub fn look(settings: &Settings, now: i64) -> Vec<Finding> {
    let folder = settings.database.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let size = settings.database.metadata().map_or(0, |file| file.len());
    let mut findings = vec![writable(folder)];
    findings.extend(room(folder, size));
    findings.push(clock(now));
    findings
}

/// SQLite makes files beside the database, and so do uploads and backups.
fn writable(folder: &Path) -> Finding {
    match tempfile::tempfile_in(folder) {
        Ok(_) => Finding::ok(format!("The folder {} can be written to.", folder.display())),
        Err(error) => Finding::problem(format!(
            "The folder {} cannot be written to ({error}): run this as the user who runs the blog, or give them the folder \
             with `chown`.",
            folder.display()
        )),
    }
}

#[cfg(unix)]
fn room(folder: &Path, size: u64) -> Option<Finding> {
    let disk = rustix::fs::statvfs(folder).ok()?;
    let free = disk.f_bavail.saturating_mul(disk.f_frsize);
    let words = size_in_words(free);
    Some(match free {
        ..LITTLE => Finding::problem(format!(
            "The disk has only {words} left; saving fails when it is full. Make room on it."
        )),
        _ if free < size.saturating_mul(2) => Finding::note(format!(
            "The disk has {words} left, and the database has {}: soon there is no room for a backup beside it.",
            size_in_words(size)
        )),
        _ => Finding::ok(format!("The disk has {words} left.")),
    })
}

#[cfg(not(unix))]
fn room(_: &Path, _: u64) -> Option<Finding> {
    None
}

fn clock(now: i64) -> Finding {
    let shown = DateTime::from_timestamp(now, 0).unwrap_or_default().format("%-d %B %Y, %H:%M UTC");
    match (RELEASED..RELEASED + 30 * YEAR).contains(&now) {
        true => Finding::ok(format!("The clock says {shown}.")),
        false => Finding::problem(format!(
            "The clock says {shown}: posts come out and sessions end at the wrong time. Set it, as with \
             `timedatectl set-ntp true`."
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::doctor::finding::Level;

    #[test]
    fn a_clock_of_another_age_is_a_problem() {
        assert_eq!(clock(0).level, Level::Problem);
        assert_eq!(clock(RELEASED + YEAR).level, Level::Ok);
        assert_eq!(clock(RELEASED + 50 * YEAR).level, Level::Problem);
    }
}
