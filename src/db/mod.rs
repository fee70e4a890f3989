//! The one file everything is kept in.

mod copy;
mod digest;
mod error;
mod generation;
mod health;
mod look;
mod measure;
mod migrations;
mod open;
mod parachute;
mod part;
#[cfg(test)]
pub mod plan;
mod replace;
mod verify;
mod wal;
mod watch;

pub use copy::{Witness, Writers, copy};
pub use digest::Digests;
pub use error::Error;
pub use health::glance;
pub use look::{behind_links, beside, is_open, look};
pub use measure::Measure;
pub use migrations::{Upgrade, known as known_schema, version as schema, written_by};
pub use open::copy as open_copy;
pub use part::{Part, folder, give_to_owner_of};
pub use replace::{refuse_replacing, replace};
pub use verify::{refuse_unknown, verify};

use chrono::{DateTime, Utc};
use generation::Generation;
use migrations::Before;
use open::Opened;
use r2d2::Pool;
use r2d2_sqlite::SqliteConnectionManager;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;
use wal::Wal;
use watch::Watch;

/// How many connections read at the same time.
pub const READERS: u32 = 4;
/// How many more there are for what is no request, so that no request waits for a connection on a thread of others.
const OTHERS: u32 = 2;

/// A handle on the file: one connection that writes and, while the blog serves, several that read.
#[derive(Clone)]
pub struct Db {
    path: PathBuf,
    readers: Option<Pool<SqliteConnectionManager>>,
    writer: Arc<Mutex<Connection>>,
    generation: Arc<Generation>,
    watch: Option<Arc<Watch>>,
    wal: Arc<Wal>,
    damage: Arc<OnceLock<String>>,
}

impl Db {
    /// Opens the file at `path`, making it or bringing it up to date as needed.
    ///
    /// # Errors
    /// A file that is no database, belongs to another program or comes from a later version is left untouched; so is a
    /// damaged one, but it can be read as far as that goes.
    pub fn open(path: &Path) -> Result<Db, Error> {
        Ok(Db::opened(path, Before::Copy)?.0)
    }

    /// Brings the file at `path` up to date and says what that did; `None` where nothing was to be done.
    ///
    /// # Errors
    /// The file is then as it was before.
    pub fn upgrade(path: &Path) -> Result<Option<Upgrade>, Error> {
        Ok(Db::opened(path, Before::Copy)?.1)
    }

    /// Makes a copy of the file at `source`, which is left as it is, and opens that, brought up to date. The copy is nobody
    /// else's and goes when it is done with.
    pub fn rehearse(source: &Path, copy: &Path) -> Result<(Db, Option<Upgrade>), Error> {
        // A file with nothing in it yet is as good as none.
        if source.metadata().is_ok_and(|metadata| metadata.len() > 0) {
            self::copy(source, copy, Writers::GoOn)?.confirm(copy, &[])?;
        }
        Db::opened(copy, Before::Nothing)
    }

    fn opened(path: &Path, before: Before) -> Result<(Db, Option<Upgrade>), Error> {
        let was_there = path.exists();
        let opened = open::writer(path, before);
        if !was_there && opened.as_ref().is_err_and(Error::is_full) {
            open::clear_away(path);
        }
        let Opened { writer, upgrade, damage } = opened?;
        if let Some(Upgrade { from: from @ 1.., to, kept: Some(kept) }) = &upgrade {
            let (path, kept) = (path.display(), kept.display());
            log::info!(
                "{path} was brought from schema {from} to {to}; {kept} is what it was before"
            );
        }
        let db = Db {
            path: path.to_owned(),
            readers: None,
            watch: None,
            generation: Arc::new(Generation::of(&writer)?),
            writer: Arc::new(Mutex::new(writer)),
            wal: Arc::new(Wal::of(path)),
            damage: Arc::new(damage.map_or_else(OnceLock::new, OnceLock::from)),
        };
        Ok((db, upgrade))
    }

    /// The same handle, with connections of their own for those who read.
    pub fn with_readers(self) -> Result<Db, Error> {
        let manager = SqliteConnectionManager::file(&self.path)
            .with_flags(open::READ_ONLY)
            .with_init(open::tune_reader);
        // Connections live as long as the program: an old one has its statements prepared.
        let readers = Pool::builder()
            .max_size(READERS + OTHERS)
            .min_idle(Some(1))
            .test_on_check_out(false)
            .idle_timeout(None)
            .max_lifetime(None)
            .connection_timeout(Duration::from_secs(5))
            .build(manager)?;
        Ok(Db { readers: Some(readers), ..self })
    }

    /// The same handle, whose [`Db::generation`] sees at once what other programs change.
    pub fn watching(self) -> Result<Db, Error> {
        let watch = Some(Arc::new(Watch::over(&self.path)?));
        Ok(Db { watch, ..self })
    }

    /// Opens the file at `path` only if it is there.
    pub fn open_existing(path: &Path) -> Result<Db, Error> {
        match path.exists() {
            true => Db::open(path),
            false => Err(Error::Missing(path.to_owned())),
        }
    }

    /// Looks something up.
    pub fn read<T, E: From<Error>>(
        &self,
        look: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        match &self.readers {
            Some(readers) => look(&*readers.get().map_err(Error::from)?),
            None => look(&self.writer()),
        }
    }

    /// Looks at everything as it is at one moment, whatever others change meanwhile.
    pub fn read_at_once<T, E: From<Error>>(
        &self,
        look: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        self.read(|conn| {
            let moment = conn.unchecked_transaction().map_err(Error::from)?;
            look(&moment)
        })
    }

    /// Changes something: all of `change` happens, or none of it.
    pub fn write<T, E: From<Error>>(
        &self,
        change: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut writer = self.writer();
        self.refuse_damaged()?;
        // IMMEDIATE: a transaction that turns from reading to writing halfway can fail at once, without waiting.
        let tx = writer
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(Error::from)?;
        let done = change(&tx)?;
        let changes = generation::changes(&tx).map_err(Error::from)?;
        tx.commit().map_err(Error::from)?;
        // Not before: who asks between would keep what was, as if it were what is.
        self.generation.saw(changes);
        if let Err(error) = self.wal.shorten(&writer) {
            log::warn!("the write-ahead log could not be started over: {error}");
        }
        Ok(done)
    }

    /// What readers see by `now`, as a number: another one whenever it may have changed, be it by another program
    /// since the last [`Db::look_ahead`]. It costs next to nothing to ask.
    pub fn generation(&self, now: i64) -> u64 {
        if let Some(changes) = self.watch.as_ref().and_then(|watch| watch.look()) {
            self.generation.saw(changes);
        }
        self.generation.number(now)
    }

    /// Notices what other programs have changed, and when the file will read differently by itself: `next` says which
    /// time after the one that it is given is the first.
    pub fn look_ahead<E: From<Error>>(
        &self,
        now: i64,
        next: impl FnOnce(&Connection, i64) -> Result<Option<i64>, E>,
    ) -> Result<(), E> {
        self.read(|conn| {
            self.generation.saw(generation::changes(conn).map_err(Error::from)?);
            self.generation.look_ahead(now, |after| next(conn, after))
        })
    }

    /// Moves the write-ahead log into the file, so that a clean end leaves a single file.
    pub fn checkpoint(&self) -> Result<(), Error> {
        let writer = self.writer();
        if self.damage().is_some() {
            return Ok(());
        }
        // Who copies the file while it is in use, as Litestream does, never lets go of the log.
        writer.busy_timeout(Duration::from_millis(500))?;
        writer.execute_batch("PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE);")?;
        Ok(())
    }

    /// What is wrong with the file, if that is known. Nothing is written to it any more then.
    pub fn damage(&self) -> Option<&str> {
        self.damage.get().map(String::as_str)
    }

    /// Fails if the file is known to be damaged.
    pub fn refuse_damaged(&self) -> Result<(), Error> {
        match self.damage() {
            Some(damage) => Err(Error::broken(&self.path, damage)),
            None => Ok(()),
        }
    }

    /// Reads the whole file, beside those who use it.
    ///
    /// # Errors
    /// The file is damaged; see [`Db::damage`].
    pub fn examine(&self) -> Result<(), Error> {
        let conn = Connection::open_with_flags(&self.path, open::READ_ONLY)?;
        if let Some(damage) = health::examine(&conn)? {
            self.give_up(damage);
        }
        self.refuse_damaged()
    }

    /// Stops all writing if `error` is one of a damaged file.
    pub fn note(&self, error: &Error) {
        if error.is_corrupt() && self.damage().is_none() {
            self.give_up(error.cause());
            log::error!("{}", Error::broken(&self.path, &error.cause()));
        }
    }

    fn give_up(&self, damage: String) {
        let writer = self.writer();
        if self.damage.set(damage).is_ok()
            && let Err(error) = open::freeze(&writer)
        {
            log::error!("the database may still be written to: {error}");
        }
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A panic while writing rolled its transaction back, so the connection is still good.
    fn writer(&self) -> MutexGuard<'_, Connection> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A free name beside `path` that says `what` it holds and when it came about: `monograph.db.replaced.2026-11-26T091500Z`.
fn stamped(path: &Path, what: &str, now: DateTime<Utc>) -> PathBuf {
    let end = format!(".{what}.{}", now.format("%Y-%m-%dT%H%M%SZ"));
    let more = (2..).map(|n| beside(path, &format!("{end}-{n}")));
    let mut names = std::iter::once(beside(path, &end)).chain(more);
    names.find(|name| !name.exists()).unwrap_or_else(|| beside(path, &end))
}
