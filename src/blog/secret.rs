use super::{Result, Token};
use crate::db::Db;
use rusqlite::{Connection, OptionalExtension, Transaction, named_params};

/// The key that private cookies are encrypted with: 64 bytes, made at first use and kept from then on.
pub fn cookie_key(db: &Db) -> Result<Vec<u8>> {
    match db.read(|conn| secret(conn, "cookie_key"))? {
        Some(key) => Ok(key),
        None => db.write(make_cookie_key),
    }
}

fn make_cookie_key(tx: &Transaction<'_>) -> Result<Vec<u8>> {
    // Asked again inside the transaction: another process may just have made it.
    if let Some(key) = secret(tx, "cookie_key")? {
        return Ok(key);
    }
    let key = [Token::random().digest(), Token::random().digest()].concat();
    keep_secret(tx, "cookie_key", &key)?;
    Ok(key)
}

/// What the program keeps to itself under `name`.
pub fn secret(conn: &Connection, name: &str) -> Result<Option<Vec<u8>>> {
    let sql = "SELECT value FROM secrets WHERE name = :name";
    Ok(conn.query_row(sql, named_params! { ":name": name }, |row| row.get("value")).optional()?)
}

/// Keeps `value` under `name`, instead of what was there.
pub fn keep_secret(tx: &Transaction<'_>, name: &str, value: &[u8]) -> Result<()> {
    let sql = "INSERT INTO secrets (name, value) VALUES (:name, :value)
               ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    tx.execute(sql, named_params! { ":name": name, ":value": value })?;
    Ok(())
}
