use super::{Digest, Result, Role, Token, Word, found};
use rusqlite::{Connection, Row, Transaction, named_params};
use serde::Serialize;

/// A link that lets one person make an account with a role.
#[derive(Debug, Serialize)]
pub struct Invite {
    /// Its number, for the list.
    pub id: i64,
    /// The role of whoever accepts.
    pub role: Role,
    /// When it was made.
    pub created_at: i64,
    /// When it ends.
    pub ends_at: i64,
}

impl Invite {
    /// Makes an invitation that ends at `ends_at` and returns the token for its link.
    pub fn make(tx: &Transaction<'_>, role: Role, ends_at: i64, now: i64) -> Result<Token> {
        let token = Token::random();
        let sql = "INSERT INTO invites (token_digest, role, created_at, ends_at) VALUES (:digest, :role, :now, :ends)";
        let values = named_params! {
            ":digest": token.digest(), ":role": role.word(), ":now": now, ":ends": ends_at,
        };
        tx.execute(sql, values)?;
        Ok(token)
    }

    /// The invitation behind a token, if it can still be accepted.
    pub fn open(conn: &Connection, digest: &Digest, now: i64) -> Result<Invite> {
        let sql = "SELECT * FROM invites WHERE token_digest = :digest AND ends_at > :now";
        Ok(conn.query_row(
            sql,
            named_params! { ":digest": digest, ":now": now },
            Invite::from_row,
        )?)
    }

    /// Every invitation that can still be accepted, the latest first.
    pub fn all(conn: &Connection, now: i64) -> Result<Vec<Invite>> {
        let mut statement =
            conn.prepare("SELECT * FROM invites WHERE ends_at > :now ORDER BY id DESC")?;
        let found = statement.query_map(named_params! { ":now": now }, Invite::from_row)?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }

    /// Takes an invitation back.
    pub fn withdraw(tx: &Transaction<'_>, id: i64) -> Result<()> {
        found(tx.execute("DELETE FROM invites WHERE id = :id", named_params! { ":id": id })?)
    }

    /// Forgets every invitation that had run out by `now`; says how many.
    pub fn forget_ended(tx: &Transaction<'_>, now: i64) -> Result<usize> {
        Ok(tx.execute("DELETE FROM invites WHERE ends_at <= :now", named_params! { ":now": now })?)
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Invite> {
        Ok(Invite {
            id: row.get("id")?,
            role: Role::from_column(row, "role")?,
            created_at: row.get("created_at")?,
            ends_at: row.get("ends_at")?,
        })
    }
}
