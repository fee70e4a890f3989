use super::version::Version;
use super::{Aside, Post};
use crate::blog::{Error, Result, found};
use rusqlite::{Connection, Transaction, named_params};

/// Two texts that were made from the same one.
pub struct Conflict {
    /// The text that stands beside the working copy.
    pub mine: Version,
    /// The working copy.
    pub theirs: Version,
    /// What both were made from, if it is still known.
    pub base: Option<Version>,
}

impl Conflict {
    /// The conflict about the text that was put aside under `number`.
    pub fn about(conn: &Connection, post: &Post, number: i64) -> Result<Conflict> {
        let mine = Version::at(conn, post, number)?;
        if mine.aside.is_none() {
            return Err(Error::NotFound);
        }
        let base = match Version::at(conn, post, mine.base) {
            Err(Error::NotFound) => None,
            found => Some(found?),
        };
        Ok(Conflict { mine, theirs: Version::working_copy(conn, post)?, base })
    }
}

impl Post {
    /// Says that somebody has looked at the text that was put aside under `number`; it stays in the history.
    pub fn settle(&self, tx: &Transaction<'_>, number: i64) -> Result<()> {
        let sql = "UPDATE versions SET aside = 'settled'
                   WHERE post_id = :post AND number = :number AND aside IS NOT NULL";
        found(tx.execute(sql, named_params! { ":post": self.id, ":number": number })?)
    }

    /// The numbers of the texts that wait beside the working copy.
    pub fn open_asides(&self, conn: &Connection) -> Result<Vec<i64>> {
        let sql =
            "SELECT number FROM versions WHERE post_id = :post AND aside = 'open' ORDER BY number";
        let mut statement = conn.prepare_cached(sql)?;
        let numbers = statement.query_map(named_params! { ":post": self.id }, |row| row.get(0))?;
        Ok(numbers.collect::<rusqlite::Result<_>>()?)
    }
}

impl Version {
    /// Whether it stands beside the working copy and waits for somebody to look at it.
    pub fn is_open(&self) -> bool {
        self.aside == Some(Aside::Open)
    }
}
