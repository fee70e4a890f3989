use super::related;
use crate::db::{Db, Error};
use crate::text::{plain_text, search::indexed};
use rusqlite::{Connection, OptionalExtension, Transaction, named_params};

/// Of what nobody finds by its words, nothing is kept.
const TEXT: &str = "SELECT title, html,
      coalesce((SELECT group_concat(name, ' ') FROM post_tags JOIN tags ON tags.id = tag_id WHERE post_id = posts.id), '') AS tags
    FROM posts WHERE id = :id AND visibility = 'public' AND deleted_at IS NULL AND published_at IS NOT NULL";

/// Lets the index follow what has changed, at most `most` posts of it. Says how many that were.
pub fn catch_up(tx: &Transaction<'_>, most: usize) -> Result<usize, Error> {
    let pending = pending(tx, most)?;
    for post in &pending {
        forget(tx, *post)?;
        take_in(tx, *post)?;
        let sql = "DELETE FROM search_pending WHERE post_id = :post";
        tx.prepare_cached(sql)?.execute(named_params! { ":post": post })?;
    }
    Ok(pending.len())
}

/// Lets the index follow all that has changed, a little at a time beside all other work.
pub fn catch_up_with_all(db: &Db) -> Result<usize, Error> {
    let mut count = 0;
    loop {
        match db.write(|tx| catch_up(tx, 20))? {
            0 => return Ok(count),
            some => count += some,
        }
    }
}

fn pending(conn: &Connection, most: usize) -> Result<Vec<i64>, Error> {
    let sql = "SELECT post_id FROM search_pending LIMIT :most";
    let mut statement = conn.prepare_cached(sql)?;
    let posts = statement.query_map(named_params! { ":most": most as i64 }, |row| row.get(0))?;
    Ok(posts.collect::<rusqlite::Result<_>>()?)
}

fn forget(tx: &Transaction<'_>, post: i64) -> Result<(), Error> {
    for sql in [
        "DELETE FROM search WHERE rowid = :post",
        "DELETE FROM related WHERE post_id = :post",
        "DELETE FROM related WHERE other_id = :post",
    ] {
        tx.prepare_cached(sql)?.execute(named_params! { ":post": post })?;
    }
    Ok(())
}

fn take_in(tx: &Transaction<'_>, post: i64) -> Result<(), Error> {
    let found = tx.prepare_cached(TEXT)?.query_row(named_params! { ":id": post }, |row| {
        Ok((
            row.get::<_, String>("title")?,
            row.get::<_, String>("tags")?,
            row.get::<_, String>("html")?,
        ))
    });
    let Some((title, tags, html)) = found.optional()? else { return Ok(()) };
    let (title, text) = (indexed(&title), indexed(&plain_text(&html)));
    let sql = "INSERT INTO search (rowid, title, tags, text) VALUES (:post, :title, :tags, :text)";
    let values =
        named_params! { ":post": post, ":title": title, ":tags": indexed(&tags), ":text": text };
    tx.prepare_cached(sql)?.execute(values)?;
    related::note(tx, post, &format!("{title} {text}"))
}
