use super::{Error, folder, open};
use percent_encoding::{NON_ALPHANUMERIC, percent_encode};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

/// What lies beside a database.
enum Beside {
    /// A log and its index: somebody has it open, or had until they were killed.
    LogAndIndex,
    /// A log whose index did not come along.
    Log,
    /// No log: it is closed, and all of it is in the one file.
    Nothing,
}

/// Opens the file at `path` only to look at it: nothing is changed, brought up to date or left beside it.
///
/// # Errors
/// [`Error::Missing`] and [`Error::Unread`]; what the file holds is not looked at yet.
pub fn look(path: &Path) -> Result<Connection, Error> {
    if !path.exists() {
        return Err(Error::Missing(path.to_owned()));
    }
    let unread = |error: rusqlite::Error| Error::unread(path, &error);
    let mut conn = connect(&behind_links(path)).map_err(unread)?;
    // Whoever only looks does not move the log into the file.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).map_err(unread)?;
    open::tune(&mut conn).map_err(unread)?;
    Ok(conn)
}

fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    match Beside::of(path) {
        Beside::LogAndIndex => Connection::open_with_flags(path, flags),
        Beside::Log => with_index_in_memory(path, flags),
        // Without this SQLite makes a log and an index even to read: https://www.sqlite.org/wal.html#readonly
        Beside::Nothing => {
            let address =
                format!("file:{}?immutable=1", percent_encode(bytes(path), NON_ALPHANUMERIC));
            Connection::open_with_flags(address, flags | OpenFlags::SQLITE_OPEN_URI)
        }
    }
}

/// Nobody else can have such a file open; so locks are not needed, and the index can be in memory.
#[cfg(unix)]
fn with_index_in_memory(path: &Path, flags: OpenFlags) -> rusqlite::Result<Connection> {
    let conn = Connection::open_with_flags_and_vfs(path, flags, c"unix-none")?;
    conn.execute_batch("PRAGMA locking_mode = EXCLUSIVE")?;
    Ok(conn)
}

#[cfg(not(unix))]
fn with_index_in_memory(path: &Path, flags: OpenFlags) -> rusqlite::Result<Connection> {
    Connection::open_with_flags(path, flags)
}

impl Beside {
    fn of(path: &Path) -> Beside {
        match (beside(path, "-wal").exists(), beside(path, "-shm").exists()) {
            (true, true) => Beside::LogAndIndex,
            (true, false) => Beside::Log,
            // An index alone is left over from somebody who was killed.
            (false, _) => Beside::Nothing,
        }
    }
}

/// Whether somebody has the database at `path` open, or had until they were killed.
pub fn is_open(path: &Path) -> bool {
    matches!(Beside::of(&behind_links(path)), Beside::LogAndIndex)
}

/// Whether there is a log beside the database at `path`, whosoever it is.
pub fn has_log(path: &Path) -> bool {
    !matches!(Beside::of(&behind_links(path)), Beside::Nothing)
}

/// What an index has at least: <https://www.sqlite.org/walformat.html#wal_index_file_structure>.
const INDEX: u64 = 32 * 1024;

/// Removes the log and the index that somebody began who then found no room for them.
pub fn remove_begun(path: &Path) {
    let (log, index) = (beside(path, "-wal"), beside(path, "-shm"));
    let is_shorter = |path: &Path, than| fs::metadata(path).is_ok_and(|file| file.len() < than);
    if is_shorter(&index, INDEX) && (is_shorter(&log, 1) || !log.exists()) {
        let _ = fs::remove_file(index);
        let _ = fs::remove_file(log);
    }
}

/// The file itself where `path` is a link to it: there SQLite keeps the log, and there the blog is.
pub fn behind_links(path: &Path) -> PathBuf {
    match fs::read_link(path) {
        // Where the link leads there may be nothing yet.
        Ok(next) => fs::canonicalize(path).unwrap_or_else(|_| folder(path).join(next)),
        Err(_) => path.to_owned(),
    }
}

/// The place whose name is that of `path` and then `end`.
pub fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(end);
    name.into()
}

/// A path as SQLite takes it.
#[cfg(unix)]
pub fn bytes(path: &Path) -> &[u8] {
    std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str())
}

/// A path as SQLite takes it.
#[cfg(not(unix))]
pub fn bytes(path: &Path) -> &[u8] {
    path.to_str().unwrap_or_default().as_bytes()
}
