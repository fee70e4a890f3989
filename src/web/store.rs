use super::now;
use crate::blog::{Post, search};
use crate::db::{self, Db};
use rocket::tokio::sync::Semaphore;
use rocket::tokio::task::block_in_place;
use rusqlite::{Connection, Transaction};

/// The database as handlers see it: they wait for their turn without holding a thread.
pub struct Store {
    db: Db,
    readers: Semaphore,
    writer: Semaphore,
}

/// The most posts that are taken into the index with a change. More change with a tag that many have.
const AT_ONCE: usize = 10;

impl Store {
    /// A store on `db`.
    pub fn new(db: Db) -> Store {
        let readers = Semaphore::new(db::READERS as usize);
        Store { db, readers, writer: Semaphore::new(1) }
    }

    /// See [`Db::read`].
    pub async fn read<T, E: From<db::Error>>(
        &self,
        look: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        let _turn = self.readers.acquire().await.expect("the semaphore is never closed");
        block_in_place(|| self.db.read(look))
    }

    /// The same for some rows that are found by a key or in an index, as every page needs them: to hand the thread's
    /// other work over would take longer than the look.
    pub async fn glance<T, E: From<db::Error>>(
        &self,
        look: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        let _turn = self.readers.acquire().await.expect("the semaphore is never closed");
        self.db.read(look)
    }

    /// See [`Db::write`]. What readers find by its words follows with the change; should that fail, a job makes up for it,
    /// and the change counts all the same.
    pub async fn write<T, E: From<db::Error>>(
        &self,
        change: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let _turn = self.writer.acquire().await.expect("the semaphore is never closed");
        let before = self.db.generation(now());
        let done = block_in_place(|| self.db.write(|tx| searchable(tx, change)));
        if self.db.generation(now()) != before {
            self.look_ahead();
        }
        done
    }

    /// What was changed may be what appears next; should this fail, a job makes up for it.
    fn look_ahead(&self) {
        if let Err(error) = block_in_place(|| Post::look_ahead(&self.db, now())) {
            log::error!("when the next post appears is not known yet: {error}");
        }
    }

    /// The database itself, for what is not a request.
    pub fn db(&self) -> &Db {
        &self.db
    }
}

fn searchable<T, E>(
    tx: &Transaction<'_>,
    change: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
) -> Result<T, E> {
    let done = change(tx)?;
    if let Err(error) = search::catch_up(tx, AT_ONCE) {
        log::error!("the search does not know what has changed yet: {error}");
    }
    Ok(done)
}
