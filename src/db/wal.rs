//! The write-ahead log, and how long it may grow.

use rusqlite::Connection;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// How long the log may be before it is started over, in bytes.
const LONG: u64 = 16 * 1024 * 1024;
/// How long a writer waits for readers then, and how many times. SQLite waits for a place in its table of readers to be
/// free: later ones may take the same place in turn and hold it for ever, though they are not in the way. Each try looks
/// anew at who is.
const PATIENCE: Duration = Duration::from_millis(50);
const TRIES: usize = 10;

/// The log beside the file. SQLite starts it over by itself in a moment when nobody reads; where readers overlap all the
/// time that moment does not come, and the log would grow for ever.
pub struct Wal {
    path: PathBuf,
    /// The length at which something is done about it.
    long: AtomicU64,
}

impl Wal {
    /// The log of `database`.
    pub fn of(database: &Path) -> Wal {
        Wal { path: super::beside(database, "-wal"), long: AtomicU64::new(LONG) }
    }

    /// Starts the log over if it is long. Readers that begin meanwhile need it no more; one that goes on for long, as a
    /// backup does, is waited for only briefly and again when as much has been written once more.
    pub fn shorten(&self, writer: &Connection) -> rusqlite::Result<()> {
        let length = fs::metadata(&self.path).map_or(0, |log| log.len());
        if length < self.long.load(Ordering::Relaxed) {
            return Ok(());
        }
        self.long.store(length + LONG, Ordering::Relaxed);
        writer.busy_timeout(PATIENCE)?;
        let started_over = start_over(writer);
        writer.busy_timeout(super::open::PATIENCE)?;
        if started_over? {
            self.long.store(LONG, Ordering::Relaxed);
        }
        Ok(())
    }
}

/// Whether the readers let it.
fn start_over(writer: &Connection) -> rusqlite::Result<bool> {
    for _ in 0..TRIES {
        if !writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get("busy"))? {
            return Ok(true);
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::{Db, Error};
    use std::sync::Barrier;
    use std::sync::atomic::AtomicBool;
    use std::thread;

    /// How long a read takes at least.
    const READ: Duration = Duration::from_millis(20);

    /// Two who read by turns, each for longer than a change takes, so that at every moment one of them is in the middle of it.
    struct Readers {
        meet: Barrier,
        are_to_end: AtomicBool,
        end: AtomicBool,
    }

    impl Readers {
        fn read(&self, conn: &Connection, place: usize) -> Result<(), Error> {
            conn.execute_batch("BEGIN; SELECT count(*) FROM ballast")?;
            for turn in 0.. {
                if place == 0 {
                    self.end.store(self.are_to_end.load(Ordering::SeqCst), Ordering::SeqCst);
                }
                self.meet.wait();
                let is_end = self.end.load(Ordering::SeqCst);
                thread::sleep(READ);
                if turn % 2 == place {
                    conn.execute_batch("COMMIT; BEGIN; SELECT count(*) FROM ballast")?;
                }
                self.meet.wait();
                if is_end {
                    break;
                }
            }
            Ok(conn.execute_batch("COMMIT")?)
        }
    }

    #[test]
    fn the_log_stays_short_while_somebody_reads_at_every_moment() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("monograph.db");
        let db = Db::open(&path).unwrap().with_readers().unwrap();
        let write = |sql: &str| db.write(|tx| Ok::<_, Error>(tx.execute_batch(sql)?)).unwrap();
        write("CREATE TABLE ballast (bytes BLOB) STRICT");
        let readers =
            Readers { meet: Barrier::new(2), are_to_end: false.into(), end: false.into() };
        let longest = thread::scope(|scope| {
            for place in 0..2 {
                let (db, readers) = (&db, &readers);
                scope.spawn(move || db.read(|conn| readers.read(conn, place)).unwrap());
            }
            let lengths = (0..150).map(|_| {
                write("INSERT INTO ballast VALUES (randomblob(1048576))");
                fs::metadata(folder.path().join("monograph.db-wal")).unwrap().len()
            });
            let longest = lengths.max().unwrap();
            readers.are_to_end.store(true, Ordering::SeqCst);
            longest
        });
        assert!(longest < 3 * LONG, "{longest}");
    }
}
