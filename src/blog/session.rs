use super::{Digest, Result, Token, User, found};
use crate::text::browser;
use rusqlite::{Connection, Row, Transaction, named_params};
use serde::Serialize;

const DAY: i64 = 24 * 60 * 60;
/// How long a session lasts without use.
const IDLE: i64 = 30 * DAY;
/// How long it lasts at most.
const LONGEST: i64 = 90 * DAY;
/// How often its use is written down.
const HOUR: i64 = 60 * 60;

const RESUME: &str = "SELECT sessions.id AS session_id, started_at, last_used_at, ends_at, user_agent, address, users.*
    FROM sessions JOIN users ON users.id = user_id
    WHERE token_digest = :digest AND ends_at > :now";

/// Somebody's stay, known to us only by the digest of the token that their browser holds.
#[derive(Debug, Clone, Serialize)]
pub struct Session {
    /// Its number, for the list of one's sessions.
    pub id: i64,
    /// When they signed in.
    pub started_at: i64,
    /// When they were last seen, to the hour.
    pub last_used_at: i64,
    /// What a person would call the browser.
    pub browser: String,
    /// The network address they signed in from.
    pub address: String,
    ends_at: i64,
}

/// Who is asking, as far as the network tells.
#[derive(Debug, Clone, Default)]
pub struct Client {
    /// What the browser calls itself.
    pub user_agent: String,
    /// The network address.
    pub address: String,
}

impl Session {
    /// Starts a stay of `user` and returns the token for their browser.
    pub fn start(tx: &Transaction<'_>, user: &User, client: &Client, now: i64) -> Result<Token> {
        let token = Token::random();
        let sql = "INSERT INTO sessions (token_digest, user_id, started_at, last_used_at, ends_at, user_agent, address)
                   VALUES (:digest, :user, :now, :now, :ends, :agent, :address)";
        let agent: String =
            client.user_agent.chars().filter(|c| !c.is_control()).take(300).collect();
        let values = named_params! {
            ":digest": token.digest(), ":user": user.id, ":now": now, ":ends": now + IDLE,
            ":agent": agent, ":address": client.address,
        };
        tx.execute(sql, values)?;
        Ok(token)
    }

    /// Whose stay this is, if it has not ended.
    pub fn resume(conn: &Connection, digest: &Digest, now: i64) -> Result<(Session, User)> {
        let values = named_params! { ":digest": digest, ":now": now };
        let found = conn
            .prepare_cached(RESUME)?
            .query_row(values, |row| Ok((Session::from_row(row)?, User::from_row(row)?)))?;
        Ok(found)
    }

    /// Whether this use of the session is worth writing down.
    pub fn is_stale(&self, now: i64) -> bool {
        now - self.last_used_at >= HOUR
    }

    /// Writes down that the session is in use, which moves its end.
    pub fn touch(&self, tx: &Transaction<'_>, now: i64) -> Result<()> {
        let sql = "UPDATE sessions SET last_used_at = :now, ends_at = min(:now + :idle, started_at + :longest)
                   WHERE id = :id AND ends_at > :now";
        tx.execute(
            sql,
            named_params! { ":now": now, ":idle": IDLE, ":longest": LONGEST, ":id": self.id },
        )?;
        Ok(())
    }

    /// All stays of `user` that have not ended, the latest first.
    pub fn of(conn: &Connection, user: &User, now: i64) -> Result<Vec<Session>> {
        let sql = "SELECT id AS session_id, started_at, last_used_at, ends_at, user_agent, address FROM sessions
                   WHERE user_id = :user AND ends_at > :now ORDER BY last_used_at DESC, id DESC";
        let mut statement = conn.prepare(sql)?;
        let found = statement
            .query_map(named_params! { ":user": user.id, ":now": now }, Session::from_row)?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }

    /// How many stays there are that have not ended.
    pub fn count(conn: &Connection, now: i64) -> Result<u64> {
        let sql = "SELECT count(*) FROM sessions WHERE ends_at > :now";
        let count = conn.query_row(sql, named_params! { ":now": now }, |row| row.get(0));
        Ok(count.map(i64::cast_unsigned)?)
    }

    /// Whether `user` has a stay that began at this address.
    pub fn is_familiar(conn: &Connection, user: &User, client: &Client, now: i64) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM sessions WHERE user_id = :user AND address = :address AND ends_at > :now)";
        let values = named_params! { ":user": user.id, ":address": client.address, ":now": now };
        Ok(conn.query_row(sql, values, |row| row.get(0))?)
    }

    /// Ends this stay.
    pub fn end(&self, tx: &Transaction<'_>) -> Result<()> {
        tx.execute("DELETE FROM sessions WHERE id = :id", named_params! { ":id": self.id })?;
        Ok(())
    }

    /// Ends one of the stays of `user`.
    pub fn end_one(tx: &Transaction<'_>, user: &User, id: i64) -> Result<()> {
        let sql = "DELETE FROM sessions WHERE id = :id AND user_id = :user";
        found(tx.execute(sql, named_params! { ":id": id, ":user": user.id })?)
    }

    /// Ends all stays of `user` but this one.
    pub fn end_others(&self, tx: &Transaction<'_>, user: &User) -> Result<()> {
        let sql = "DELETE FROM sessions WHERE user_id = :user AND id <> :id";
        tx.execute(sql, named_params! { ":user": user.id, ":id": self.id })?;
        Ok(())
    }

    /// Ends all stays of `user`.
    pub fn end_all(tx: &Transaction<'_>, user: &User) -> Result<()> {
        tx.execute(
            "DELETE FROM sessions WHERE user_id = :user",
            named_params! { ":user": user.id },
        )?;
        Ok(())
    }

    /// Forgets every stay that had ended by `now`; says how many.
    pub fn forget_ended(tx: &Transaction<'_>, now: i64) -> Result<usize> {
        Ok(tx
            .execute("DELETE FROM sessions WHERE ends_at <= :now", named_params! { ":now": now })?)
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Session> {
        Ok(Session {
            id: row.get("session_id")?,
            started_at: row.get("started_at")?,
            last_used_at: row.get("last_used_at")?,
            browser: browser(&row.get::<_, String>("user_agent")?),
            address: row.get("address")?,
            ends_at: row.get("ends_at")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plan::{assert_searched, in_new_database};

    #[test]
    fn a_session_is_looked_up_in_an_index() {
        in_new_database(|conn| assert_searched(conn, RESUME));
    }
}
