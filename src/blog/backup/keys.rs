use crate::blog::Result;
use crate::db;
use rusqlite::{Connection, named_params};
use std::path::Path;

/// Where keys and the digests of keys are kept.
pub const TABLES: [&str; 5] = ["invites", "recoveries", "secrets", "sessions", "shares"];

/// Takes out of the copy at `path` whatever lets somebody in, or once did: who finds it cannot sign in with it, and who
/// goes back to it does not bring back what was ended since. SQLite writes zeros over what was there.
pub fn leave_out(path: &Path) -> Result<()> {
    let mut conn = db::open_copy(path)?;
    let tx = conn.transaction().map_err(db::Error::from)?;
    for table in ["invites", "recoveries", "sessions", "shares"] {
        // An early schema has not all of them.
        if is_there(&tx, table)? {
            tx.execute(&format!("DELETE FROM {table}"), [])?;
        }
    }
    tx.execute("DELETE FROM secrets WHERE name = 'cookie_key'", [])?;
    tx.commit().map_err(|error| db::Error::unwritten(path, &error))?;
    Ok(())
}

fn is_there(conn: &Connection, table: &str) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = :table)";
    Ok(conn.query_row(sql, named_params! { ":table": table }, |row| row.get(0))?)
}
