use super::post::Version;
use super::{Digest, Error, Post, Result, Token, User, found};
use rusqlite::{Connection, Row, Transaction, named_params};
use serde::Serialize;

/// A link that shows the working copy of one post to whoever has it.
#[derive(Debug, Serialize)]
pub struct Share {
    /// Its number, for the list.
    pub id: i64,
    /// Who made it.
    pub byline: String,
    /// When it was made.
    pub made_at: i64,
    /// When it ends, or ended.
    pub ends_at: i64,
}

impl Share {
    /// How long a link lasts if nobody says otherwise, in days.
    pub const DAYS: i64 = 7;
    /// How long the list remembers a link that has ended, in seconds.
    const REMEMBERED: i64 = 30 * 24 * 60 * 60;

    /// Makes a link that ends at `ends_at` and returns its token.
    pub fn make(
        tx: &Transaction<'_>,
        by: &User,
        post: &Post,
        ends_at: i64,
        now: i64,
    ) -> Result<Token> {
        let token = Token::random();
        let sql = "INSERT INTO shares (token_digest, post_id, byline, made_at, ends_at)
                   VALUES (:digest, :post, :byline, :now, :ends)";
        let values = named_params! {
            ":digest": token.digest(), ":post": post.id, ":byline": by.name, ":now": now, ":ends": ends_at,
        };
        tx.execute(sql, values)?;
        Ok(token)
    }

    /// What the link behind a token shows, while it does.
    pub fn shown(conn: &Connection, digest: &Digest, now: i64) -> Result<(Post, Version)> {
        let sql = "SELECT post_id FROM shares WHERE token_digest = :digest AND ends_at > :now";
        let values = named_params! { ":digest": digest, ":now": now };
        let post = Post::by_id(conn, conn.query_row(sql, values, |row| row.get(0))?)?;
        if post.deleted_at.is_some() {
            return Err(Error::NotFound);
        }
        let version = Version::working_copy(conn, &post)?;
        Ok((post, version))
    }

    /// The links of a post, those that have ended not long ago included, the latest first.
    pub fn of(conn: &Connection, post: &Post) -> Result<Vec<Share>> {
        let sql = "SELECT * FROM shares WHERE post_id = :post ORDER BY ends_at DESC";
        let mut statement = conn.prepare_cached(sql)?;
        let shares = statement.query_map(named_params! { ":post": post.id }, Share::from_row)?;
        Ok(shares.collect::<rusqlite::Result<_>>()?)
    }

    /// Takes a link of a post back.
    pub fn revoke(tx: &Transaction<'_>, post: &Post, id: i64) -> Result<()> {
        let sql = "DELETE FROM shares WHERE id = :id AND post_id = :post";
        found(tx.execute(sql, named_params! { ":id": id, ":post": post.id })?)
    }

    /// Forgets every link that had ended long before `now`; says how many.
    pub fn forget_ended(tx: &Transaction<'_>, now: i64) -> Result<usize> {
        let sql = "DELETE FROM shares WHERE ends_at <= :before";
        Ok(tx.execute(sql, named_params! { ":before": now - Share::REMEMBERED })?)
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Share> {
        Ok(Share {
            id: row.get("id")?,
            byline: row.get("byline")?,
            made_at: row.get("made_at")?,
            ends_at: row.get("ends_at")?,
        })
    }
}
