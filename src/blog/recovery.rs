use super::{Digest, Result, Token, User};
use rusqlite::{Connection, Transaction, named_params};

/// A link that lets somebody who lost their password set a new one, once.
pub struct Recovery;

impl Recovery {
    /// How long a link lasts, in seconds.
    pub const LASTS: i64 = 30 * 60;

    /// Makes a link for `user`; any earlier one is void.
    pub fn make(tx: &Transaction<'_>, user: &User, now: i64) -> Result<Token> {
        Recovery::void(tx, user)?;
        let token = Token::random();
        let sql = "INSERT INTO recoveries (token_digest, user_id, ends_at) VALUES (:digest, :user, :ends)";
        let values = named_params! { ":digest": token.digest(), ":user": user.id, ":ends": now + Recovery::LASTS };
        tx.execute(sql, values)?;
        Ok(token)
    }

    /// Whose password the link sets, if it still does.
    pub fn user(conn: &Connection, digest: &Digest, now: i64) -> Result<User> {
        let sql = "SELECT users.* FROM recoveries JOIN users ON users.id = user_id
                   WHERE token_digest = :digest AND ends_at > :now";
        Ok(conn.query_row(sql, named_params! { ":digest": digest, ":now": now }, User::from_row)?)
    }

    /// Sets the password, ends all sessions and uses the link up.
    pub fn complete(tx: &Transaction<'_>, digest: &Digest, hash: &str, now: i64) -> Result<()> {
        let user = Recovery::user(tx, digest, now)?;
        Recovery::void(tx, &user)?;
        user.set_password(tx, hash)
    }

    /// Makes every link of `user` useless.
    pub fn void(tx: &Transaction<'_>, user: &User) -> Result<()> {
        tx.execute(
            "DELETE FROM recoveries WHERE user_id = :user",
            named_params! { ":user": user.id },
        )?;
        Ok(())
    }

    /// Forgets every link that had run out by `now`; says how many.
    pub fn forget_ended(tx: &Transaction<'_>, now: i64) -> Result<usize> {
        Ok(tx.execute(
            "DELETE FROM recoveries WHERE ends_at <= :now",
            named_params! { ":now": now },
        )?)
    }
}
