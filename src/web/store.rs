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

    /// See [`Db::write`].
    pub async fn write<T, E: From<db::Error>>(
        &self,
        change: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let _turn = self.writer.acquire().await.expect("the semaphore is never closed");
        block_in_place(|| self.db.write(change))
    }

    /// The database itself, for what is not a request.
    pub fn db(&self) -> &Db {
        &self.db
    }
}
