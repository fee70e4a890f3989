use super::{Digest, Result, Token};
use rusqlite::{Connection, Transaction, named_params};

/// A look at the way to the blog, through whatever stands in front. Whoever holds its token is told what arrives of them.
pub struct Checkup;

impl Checkup {
    /// How long one lasts at most, in seconds.
    const LASTS: i64 = 10 * 60;

    /// Begins one; any earlier one is over.
    pub fn begin(tx: &Transaction<'_>, now: i64) -> Result<Token> {
        Checkup::end(tx)?;
        let token = Token::random();
        let sql = "INSERT INTO checkups (token_digest, ends_at) VALUES (:digest, :ends)";
        let values = named_params! { ":digest": token.digest(), ":ends": now + Checkup::LASTS };
        tx.execute(sql, values)?;
        Ok(token)
    }

    /// Whether this is the token of the one that is under way.
    pub fn is_under_way(conn: &Connection, digest: &Digest, now: i64) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM checkups WHERE token_digest = :digest AND ends_at > :now)";
        let values = named_params! { ":digest": digest, ":now": now };
        Ok(conn.query_row(sql, values, |row| row.get(0))?)
    }

    /// Ends it.
    pub fn end(tx: &Transaction<'_>) -> Result<()> {
        tx.execute("DELETE FROM checkups", [])?;
        Ok(())
    }
}
