//! What other programs do to the file, seen in the moment it matters.

use super::{Error, generation, open};
use rusqlite::Connection;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// A connection that is there to look at one number.
pub struct Watch {
    conn: Mutex<Connection>,
    zero: Instant,
    /// When somebody last looked, in milliseconds since `zero`.
    looked: AtomicU64,
}

/// A look costs some microseconds, and thousands may ask within the same second.
const PAUSE: u64 = 5;

impl Watch {
    /// Of the file at `path`.
    pub fn over(path: &Path) -> Result<Watch, Error> {
        let mut conn = Connection::open_with_flags(path, open::READ_ONLY)?;
        open::tune_reader(&mut conn)?;
        // Who asks waits for nobody.
        conn.busy_timeout(Duration::ZERO)?;
        Ok(Watch { conn: Mutex::new(conn), zero: Instant::now(), looked: AtomicU64::new(0) })
    }

    /// How often what readers may see has changed; nothing if somebody has just looked.
    pub fn look(&self) -> Option<u64> {
        let now = self.zero.elapsed().as_millis() as u64;
        let looked = self.looked.load(Ordering::Acquire);
        let is_mine = now >= looked + PAUSE
            && self
                .looked
                .compare_exchange(looked, now, Ordering::AcqRel, Ordering::Acquire)
                .is_ok();
        let conn = is_mine.then(|| self.conn.try_lock().ok()).flatten()?;
        generation::changes(&conn).ok()
    }
}
