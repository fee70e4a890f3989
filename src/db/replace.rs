use super::look::beside;
use super::open::APPLICATION_ID;
use super::part::{Part, sync_folder};
use super::{Error, stamped};
use chrono::{DateTime, Utc};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::fs;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What lies beside a database whose log is not in it.
const LOG: [&str; 2] = ["-wal", "-shm"];

/// Puts `part` in the place of the database at `path`. What was there is kept beside it, with its log in it, under the name
/// that is given back.
///
/// # Errors
/// [`Error::InUse`] while another program has the database open. Then, and whenever it fails, all is as before.
pub fn replace(path: &Path, part: Part, now: DateTime<Utc>) -> Result<Option<PathBuf>, Error> {
    if !path.exists() {
        remove_log(path)?;
        part.take_name(path)?;
        return Ok(None);
    }
    refuse_in_use(path)?;
    let _alone = fold_log(path)?;
    let kept = stamped(path, "replaced", now);
    let put = keep(path, &kept).map_err(|error| Error::unwritten(path, &error));
    if let Err(error) = put.and_then(|()| part.take_name(path)) {
        put_back(path, &kept).map_err(|_| Error::NotPutBack {
            path: path.to_owned(),
            kept,
            cause: error.cause(),
        })?;
        return Err(error);
    }
    Ok(Some(kept))
}

/// Gives the database at `path` the name `kept`, with its log.
fn keep(path: &Path, kept: &Path) -> io::Result<()> {
    // Two names for one file, and then the one name for another: at no moment is there no database.
    fs::hard_link(path, kept).or_else(|_| fs::rename(path, kept))?;
    LOG.iter().try_for_each(|end| rename_if_there(&beside(path, end), &beside(kept, end)))?;
    sync_folder(path)
}

/// Makes all as it was before [`keep`], as far as that came, whatever is at `path` by now.
fn put_back(path: &Path, kept: &Path) -> io::Result<()> {
    LOG.iter().try_for_each(|end| rename_if_there(&beside(kept, end), &beside(path, end)))?;
    rename_if_there(kept, path)?;
    // Where both are names of the same file that did nothing (rename(2)).
    remove_if_there(kept)
}

/// SQLite holds a lock on a file for as long as it is open, but says so only of files that it can read, and this one may be
/// damaged. The lock is of all of the file, and let go at once.
#[cfg(unix)]
fn refuse_in_use(path: &Path) -> Result<(), Error> {
    use rustix::fs::{FlockOperation, fcntl_lock};
    let file = fs::File::options().read(true).write(true).open(path);
    let file = file.map_err(|error| Error::unwritten(path, &error))?;
    match fcntl_lock(&file, FlockOperation::NonBlockingLockExclusive) {
        Err(rustix::io::Errno::AGAIN | rustix::io::Errno::ACCESS) => {
            Err(Error::InUse(path.to_owned()))
        }
        // Where a file system knows no locks there is nothing to be learnt.
        _ => Ok(()),
    }
}

#[cfg(not(unix))]
fn refuse_in_use(_path: &Path) -> Result<(), Error> {
    Ok(())
}

/// Moves the log into the file, if that can be; what is damaged is left as it is. The connection holds a lock that keeps
/// everybody else out.
fn fold_log(path: &Path) -> Result<Option<Connection>, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    conn.busy_timeout(Duration::ZERO)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    let sql =
        "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE; COMMIT;";
    match conn.execute_batch(sql).map_err(Error::from) {
        // Of the index nothing is needed any more.
        Ok(()) => remove(&beside(path, "-shm")).map(|()| Some(conn)),
        Err(error) if error.is_busy() => Err(Error::InUse(path.to_owned())),
        Err(_) => Ok(None),
    }
}

/// A log without its database would be taken for that of the new one.
fn remove_log(path: &Path) -> Result<(), Error> {
    ["-wal", "-shm", "-journal"].iter().try_for_each(|end| remove(&beside(path, end)))
}

fn remove(path: &Path) -> Result<(), Error> {
    remove_if_there(path).map_err(|error| Error::unwritten(path, &error))
}

fn remove_if_there(path: &Path) -> io::Result<()> {
    unless_missing(fs::remove_file(path))
}

fn rename_if_there(from: &Path, to: &Path) -> io::Result<()> {
    unless_missing(fs::rename(from, to))
}

fn unless_missing(done: io::Result<()>) -> io::Result<()> {
    match done {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Refuses to write a copy of `database` to `target` where that is something else than an earlier copy.
pub fn refuse_replacing(target: &Path, database: &Path) -> Result<(), Error> {
    if !target.exists() {
        return Ok(());
    }
    let taken = |hint| Err(Error::Taken(target.to_owned(), hint));
    if fs::canonicalize(target).ok() == fs::canonicalize(database).ok() {
        return taken("It is the database itself; choose another name");
    }
    match is_copy(target) {
        Ok(true) => Ok(()),
        _ => taken("It is no backup; choose another name"),
    }
}

/// An empty file, or one of ours that nobody has served from: those are written to with a log.
/// See <https://www.sqlite.org/fileformat2.html#the_database_header>.
fn is_copy(path: &Path) -> io::Result<bool> {
    let mut file = fs::File::open(path)?;
    if file.metadata()?.len() == 0 {
        return Ok(true);
    }
    let mut header = [0; 100];
    file.read_exact(&mut header)?;
    Ok(header.starts_with(b"SQLite format 3\0")
        && header[18] == 1
        && header[68..72] == APPLICATION_ID.to_be_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with a database and its log, and the names of both.
    fn folder() -> (tempfile::TempDir, PathBuf, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let (path, kept) = (folder.path().join("blog.db"), folder.path().join("kept.db"));
        fs::write(&path, "the old one").unwrap();
        fs::write(beside(&path, "-wal"), "its log").unwrap();
        (folder, path, kept)
    }

    fn assert_is_as_before(folder: &tempfile::TempDir, path: &Path) {
        assert_eq!(fs::read_to_string(path).unwrap(), "the old one");
        assert_eq!(fs::read_to_string(beside(path, "-wal")).unwrap(), "its log");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn a_database_that_another_was_to_replace_is_put_back_wherever_it_stopped() {
        let (folder, path, kept) = folder();
        keep(&path, &kept).unwrap();
        put_back(&path, &kept).unwrap();
        assert_is_as_before(&folder, &path);
        // The other one has the name already.
        keep(&path, &kept).unwrap();
        fs::remove_file(&path).unwrap();
        fs::write(&path, "the new one").unwrap();
        put_back(&path, &kept).unwrap();
        assert_is_as_before(&folder, &path);
        // There was only a rename.
        fs::rename(&path, &kept).unwrap();
        put_back(&path, &kept).unwrap();
        assert_is_as_before(&folder, &path);
        // Not even that.
        put_back(&path, &kept).unwrap();
        assert_is_as_before(&folder, &path);
    }
}
