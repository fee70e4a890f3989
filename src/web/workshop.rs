use crate::blog::media::Incoming;
use crate::files::{self, Error};
use rocket::tokio::sync::{Semaphore, SemaphorePermit};
use rocket::tokio::task::spawn_blocking;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// Files made ready to be kept, away from the threads that serve pages and one at a time, so that many need no more
/// memory than one.
pub struct Workshop {
    folder: PathBuf,
    gate: Semaphore,
}

impl Workshop {
    /// A workshop whose files lie on the disk of the database, which has the room; the usual place for them may be memory.
    pub fn beside(database: &Path) -> Workshop {
        let folder = database.parent().filter(|folder| !folder.as_os_str().is_empty());
        Workshop { folder: folder.unwrap_or(Path::new(".")).to_owned(), gate: Semaphore::new(1) }
    }

    /// A new file without a name: it is gone when it is closed, whatever happens.
    pub fn blank(&self) -> io::Result<File> {
        tempfile::tempfile_in(&self.folder)
    }

    /// The turn of whoever works here, until it is dropped.
    pub async fn turn(&self) -> SemaphorePermit<'_> {
        self.gate.acquire().await.expect("the semaphore is never closed")
    }

    /// See [`files::prepare`].
    pub async fn prepare(&self, name: String, file: File) -> Result<Incoming, Error> {
        let _turn = self.turn().await;
        let folder = self.folder.clone();
        let work = move || {
            let prepared = files::prepare(file, &folder)?;
            Incoming::new(&name, prepared).map_err(Error::Io)
        };
        spawn_blocking(work).await.unwrap_or_else(|error| {
            log::error!("a decoder gave up: {error}");
            Err(Error::Damaged)
        })
    }
}
