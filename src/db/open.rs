use super::migrations::{self, Before, Upgrade};
use super::verify::broken_if_corrupt;
use super::{Error, health};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::fs::OpenOptions;
use std::io;
use std::path::Path;
use std::time::Duration;

/// "Mono", in the header of every file that is ours: https://www.sqlite.org/pragma.html#pragma_application_id
pub const APPLICATION_ID: i32 = 0x4d6f_6e6f;

/// How long a connection waits for its turn.
pub const PATIENCE: Duration = Duration::from_secs(5);
/// How those are opened that only read.
pub const READ_ONLY: OpenFlags =
    OpenFlags::SQLITE_OPEN_READ_ONLY.union(OpenFlags::SQLITE_OPEN_NO_MUTEX);

/// The connection that writes, and what was found when it was opened.
pub struct Opened {
    /// The connection. It cannot write to a file that is damaged.
    pub writer: Connection,
    /// What bringing the file up to date has done, if it had to be.
    pub upgrade: Option<Upgrade>,
    /// What is wrong with the file, if a look at it shows that.
    pub damage: Option<String>,
}

/// Opens the connection that writes, after a look at the file that changes nothing.
pub fn writer(path: &Path, before: Before) -> Result<Opened, Error> {
    let unopened =
        |cause: &dyn ToString| Error::Unopened { path: path.to_owned(), cause: cause.to_string() };
    create_private(path).map_err(|error| unopened(&error))?;
    let mut conn = read_write(path).map_err(|error| unopened(&error))?;
    refuse_foreign(&conn, path).map_err(|error| broken_if_corrupt(error, path))?;
    migrations::refuse_later(&conn, path)?;

    tune(&mut conn)?;
    if let Some(damage) = health::glance(&conn)? {
        freeze(&conn)?;
        return match migrations::version(&conn)? == migrations::known() {
            true => Ok(Opened { writer: conn, upgrade: None, damage: Some(damage) }),
            false => Err(Error::broken(path, &damage)),
        };
    }
    // Without FULL a power cut may take posts that were already acknowledged.
    conn.pragma_update(None, "synchronous", synchronous())?;
    conn.execute_batch("PRAGMA journal_mode = WAL; PRAGMA journal_size_limit = 67108864;")
        .map_err(|error| match Error::from(error) {
            error if error.is_full() => error,
            error => unopened(&error),
        })?;
    let upgrade = migrations::run(&mut conn, path, before)?;
    Ok(Opened { writer: conn, upgrade, damage: None })
}

/// Makes sure that `conn` changes nothing from now on, not even by moving the write-ahead log into the file at its end.
pub fn freeze(conn: &Connection) -> rusqlite::Result<()> {
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    conn.execute_batch("PRAGMA query_only = ON; PRAGMA wal_autocheckpoint = 0;")
}

/// Takes a file away that found no room when it was made, with what lies beside it.
pub fn clear_away(path: &Path) {
    for end in ["", "-wal", "-shm"] {
        // What cannot be taken away is as empty as it is.
        let _ = std::fs::remove_file(super::beside(path, end));
    }
}

/// A test of power cuts has to lose posts when it is told to, or it would not notice those that are lost; what is
/// released cannot be told so.
fn synchronous() -> String {
    match std::env::var("MONOGRAPH_SYNCHRONOUS") {
        Ok(asked) if cfg!(debug_assertions) => asked,
        _ => "FULL".to_owned(),
    }
}

/// Opens a copy that nobody else knows of, to change it. It needs no log; should that go wrong, it is thrown away.
pub fn copy(path: &Path) -> Result<Connection, Error> {
    let mut conn = read_write(path)?;
    tune(&mut conn)?;
    conn.execute_batch(
        "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA secure_delete = ON;",
    )?;
    Ok(conn)
}

fn read_write(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(path, flags)
}

/// What every connection needs.
pub fn tune(conn: &mut Connection) -> rusqlite::Result<()> {
    conn.busy_timeout(PATIENCE)?;
    conn.set_prepared_statement_cache_capacity(64);
    // Without it every new value of a `LIMIT` prepares the statement again, which takes longer than to run it.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    conn.execute_batch(
        "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;",
    )
}

/// What those need that only read, of which there are several. The system keeps the pages of the file in memory already;
/// to keep those that everybody needs a second time is enough.
pub fn tune_reader(conn: &mut Connection) -> rusqlite::Result<()> {
    tune(conn)?;
    conn.execute_batch("PRAGMA cache_size = -512")
}

/// Makes an empty file that only its owner may read, unless there is one.
fn create_private(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

/// An empty file becomes ours; a file with anything in it must be ours already.
pub fn refuse_foreign(conn: &Connection, path: &Path) -> Result<(), Error> {
    let header =
        "SELECT application_id, (SELECT count(*) FROM sqlite_schema) FROM pragma_application_id";
    let found =
        conn.query_row(header, [], |row| Ok((row.get::<_, i32>(0)?, row.get::<_, i64>(1)?)));
    match found {
        Ok((APPLICATION_ID, _) | (0, 0)) => Ok(()),
        Err(error) if error.sqlite_error_code() != Some(ErrorCode::NotADatabase) => {
            Err(error.into())
        }
        _ => Err(Error::Foreign(path.to_owned())),
    }
}
