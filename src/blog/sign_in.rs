use super::{Client, Error, Hasher, Result, Session, User};
use rusqlite::{Connection, OptionalExtension, Transaction, named_params};

/// Somebody who says a name and is about to prove it.
pub struct Knock {
    known: Option<(User, String)>,
    /// A hash that takes as long as a real one, for a name that nobody has.
    stand_in: Option<String>,
    /// Whether the account has a session that began at this address.
    pub is_familiar: bool,
}

/// An account whose password has just been found right.
pub struct Proven {
    /// Whose it is.
    pub user: User,
    hash: String,
    better_hash: Option<String>,
}

impl Knock {
    /// Looks up who has `name`.
    pub fn find(conn: &Connection, name: &str, client: &Client, now: i64) -> Result<Knock> {
        // Who has come in an archive and has no password yet is as unknown as anybody.
        let known = User::with_password_hash(conn, name)?.filter(|(_, hash)| !hash.is_empty());
        let is_familiar = match &known {
            Some((user, _)) => Session::is_familiar(conn, user, client, now)?,
            None => false,
        };
        let sql = "SELECT password_hash FROM users ORDER BY id LIMIT 1";
        let stand_in = conn.query_row(sql, [], |row| row.get(0)).optional()?;
        Ok(Knock { known, stand_in, is_familiar })
    }

    /// Checks the password; slow. An unknown name takes as long as a wrong password. A hash of another cost than
    /// today's is made anew.
    pub fn prove(
        self,
        password: &str,
        hasher: &Hasher,
    ) -> Result<Option<Proven>, bcrypt::BcryptError> {
        let Some((user, hash)) = self.known else {
            hasher.waste(password, self.stand_in.as_deref());
            return Ok(None);
        };
        if !hasher.verify(password, &hash) {
            return Ok(None);
        }
        let better_hash = hasher.renew(password, &hash)?;
        Ok(Some(Proven { user, hash, better_hash }))
    }
}

impl Proven {
    /// Makes sure that the password is still the one that was checked, and keeps its better hash.
    ///
    /// # Errors
    /// [`Error::Conflict`] when the password was changed while it was being checked.
    pub fn confirm(&self, tx: &Transaction<'_>) -> Result<()> {
        let sql =
            "UPDATE users SET password_hash = :better WHERE id = :id AND password_hash = :hash";
        let better = self.better_hash.as_ref().unwrap_or(&self.hash);
        let values = named_params! { ":better": better, ":id": self.user.id, ":hash": self.hash };
        match tx.execute(sql, values)? {
            0 => Err(Error::Conflict),
            _ => Ok(()),
        }
    }
}
