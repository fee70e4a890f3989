use crate::db;
use rusqlite::{Connection, named_params};
use std::path::Path;

/// Where keys and the digests of keys are kept.
pub const TABLES: [&str; 5] = ["invites", "recoveries", "secrets", "sessions", "shares"];

/// Takes out of the copy at `path` whatever lets somebody in, or once did: who finds it cannot sign in with it, and who
/// goes back to it does not bring back what was ended since. The program makes its secrets anew. SQLite writes zeros over
/// what was there.
pub fn leave_out(path: &Path) -> Result<(), db::Error> {
    let mut conn = db::open_copy(path)?;
    empty(&mut conn).map_err(|error| db::Error::unwritten(path, &error))
}

fn empty(conn: &mut Connection) -> rusqlite::Result<()> {
    let tx = conn.transaction()?;
    // An early schema has not all of them.
    let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = :table)";
    for table in TABLES {
        if tx.query_row(sql, named_params! { ":table": table }, |row| row.get(0))? {
            tx.execute(&format!("DELETE FROM {table}"), [])?;
        }
    }
    tx.commit()
}
