use super::{Problem, Recovery, Result, Role, Session, UserName, Word, found, taken};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};
use serde::Serialize;

/// Somebody with an account. To hold a `User` is to know who is asking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct User {
    pub(super) id: i64,
    /// The name as they typed it.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// When the account was made.
    pub created_at: i64,
}

impl User {
    /// Makes an account. A name that is taken, in whatever spelling, is a problem with the name.
    pub fn add(
        tx: &Transaction<'_>,
        name: &UserName,
        hash: &str,
        role: Role,
        now: i64,
    ) -> Result<User> {
        let sql = "INSERT INTO users (name, name_key, password_hash, role, created_at)
                   VALUES (:name, :key, :hash, :role, :now) RETURNING *";
        let values = named_params! {
            ":name": name.shown(), ":key": name.key(), ":hash": hash, ":role": role.word(), ":now": now,
        };
        let problem = || Problem::new("username", "This name is taken. Please choose another.");
        tx.query_row(sql, values, User::from_row).map_err(|error| taken(error, problem()))
    }

    /// Whether there is any account yet.
    pub fn any(conn: &Connection) -> Result<bool> {
        Ok(conn
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM users)")?
            .query_row([], |row| row.get(0))?)
    }

    /// Everybody, in the order they came.
    pub fn all(conn: &Connection) -> Result<Vec<User>> {
        let mut statement = conn.prepare("SELECT * FROM users ORDER BY id")?;
        let users = statement.query_map([], User::from_row)?;
        Ok(users.collect::<rusqlite::Result<_>>()?)
    }

    /// The account that goes by `name` in any spelling.
    pub fn named(conn: &Connection, name: &str) -> Result<User> {
        let name = UserName::parse(name).map_err(|_| super::Error::NotFound)?;
        let sql = "SELECT * FROM users WHERE name_key = :key";
        Ok(conn.query_row(sql, named_params! { ":key": name.key() }, User::from_row)?)
    }

    pub(super) fn with_password_hash(
        conn: &Connection,
        name: &str,
    ) -> Result<Option<(User, String)>> {
        let Ok(name) = UserName::parse(name) else { return Ok(None) };
        let sql = "SELECT * FROM users WHERE name_key = :key";
        let found = conn.query_row(sql, named_params! { ":key": name.key() }, |row| {
            Ok((User::from_row(row)?, row.get("password_hash")?))
        });
        Ok(found.optional()?)
    }

    /// The owner who has been here longest, if there is one.
    pub fn first_owner(conn: &Connection) -> Result<Option<User>> {
        let sql = "SELECT * FROM users WHERE role = 'owner' ORDER BY id LIMIT 1";
        Ok(conn.query_row(sql, [], User::from_row).optional()?)
    }

    /// Gives the account another password, which ends all its sessions and voids links to set one.
    pub fn set_password(&self, tx: &Transaction<'_>, hash: &str) -> Result<()> {
        let sql = "UPDATE users SET password_hash = :hash WHERE id = :id";
        found(tx.execute(sql, named_params! { ":hash": hash, ":id": self.id })?)?;
        Recovery::void(tx, self)?;
        Session::end_all(tx, self)
    }

    /// Gives the account another role and ends its sessions. The last owner stays one.
    pub fn set_role(&self, tx: &Transaction<'_>, role: Role) -> Result<()> {
        if role != Role::Owner {
            self.refuse_last_owner(tx)?;
        }
        let sql = "UPDATE users SET role = :role WHERE id = :id";
        found(tx.execute(sql, named_params! { ":role": role.word(), ":id": self.id })?)?;
        Session::end_all(tx, self)
    }

    /// Takes the account away; its posts stay, signed with its name. The last owner stays.
    pub fn remove(&self, tx: &Transaction<'_>) -> Result<()> {
        self.refuse_last_owner(tx)?;
        let sql = "UPDATE posts SET byline = :name WHERE author_id = :id AND byline IS NULL";
        tx.execute(sql, named_params! { ":name": self.name, ":id": self.id })?;
        let sql = "DELETE FROM users WHERE id = :id";
        found(tx.execute(sql, named_params! { ":id": self.id })?)
    }

    /// Whether they may change everybody's posts.
    pub fn edits_all(&self) -> bool {
        matches!(self.role, Role::Owner | Role::Editor)
    }

    fn refuse_last_owner(&self, tx: &Transaction<'_>) -> Result<()> {
        let sql = "SELECT role <> 'owner' OR EXISTS (SELECT 1 FROM users WHERE role = 'owner' AND id <> :id)
                   FROM users WHERE id = :id";
        let message =
            || format!("{} is the last owner. Make somebody else an owner first.", self.name);
        match tx.query_row(sql, named_params! { ":id": self.id }, |row| row.get(0))? {
            true => Ok(()),
            false => Err(Problem::new("role", message()).into()),
        }
    }

    pub(super) fn from_row(row: &Row<'_>) -> rusqlite::Result<User> {
        Ok(User {
            id: row.get("id")?,
            name: row.get("name")?,
            role: Role::from_column(row, "role")?,
            created_at: row.get("created_at")?,
        })
    }
}
