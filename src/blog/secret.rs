use super::{Result, Token};
use rusqlite::{OptionalExtension, Transaction, named_params};

/// The key that private cookies are encrypted with: 64 bytes, made at first use and kept from then on.
pub fn cookie_key(tx: &Transaction<'_>) -> Result<Vec<u8>> {
    let sql = "SELECT value FROM secrets WHERE name = 'cookie_key'";
    if let Some(key) = tx.query_row(sql, [], |row| row.get("value")).optional()? {
        return Ok(key);
    }
    let key = [Token::random().digest(), Token::random().digest()].concat();
    let sql = "INSERT INTO secrets (name, value) VALUES ('cookie_key', :key)";
    tx.execute(sql, named_params! { ":key": key })?;
    Ok(key)
}
