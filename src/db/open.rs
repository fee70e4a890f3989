use super::Error;
use super::migrations::{self, Before, Upgrade};
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::fs::OpenOptions;
use std::io;
use std::path::Path;
use std::time::Duration;

/// "Mono", in the header of every file that is ours: https://www.sqlite.org/pragma.html#pragma_application_id
pub const APPLICATION_ID: i32 = 0x4d6f_6e6f;

/// Opens the connection that writes, after a look at the file that changes nothing; says so where that brought the file up
/// to date.
pub fn writer(path: &Path, before: Before) -> Result<(Connection, Option<Upgrade>), Error> {
    let unopened =
        |cause: &dyn ToString| Error::Unopened { path: path.to_owned(), cause: cause.to_string() };
    create_private(path).map_err(|error| unopened(&error))?;
    let mut conn = read_write(path).map_err(|error| unopened(&error))?;
    refuse_foreign(&conn, path)?;
    migrations::refuse_later(&conn, path)?;

    tune(&mut conn)?;
    // Without FULL a power cut may take posts that were already acknowledged.
    conn.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864;",
    )
    .map_err(|error| unopened(&error))?;
    let upgrade = migrations::run(&mut conn, path, before)?;
    Ok((conn, upgrade))
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
    conn.busy_timeout(Duration::from_secs(5))?;
    conn.set_prepared_statement_cache_capacity(64);
    conn.execute_batch(
        "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;",
    )
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
