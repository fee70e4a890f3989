//! The blog as a whole: everything that is kept of it, on its way out and back in.
//!
//! What is made of the rest is not among it, for it is made again; nor is what opens doors, such as passwords.

mod files;
mod head;
mod history;
mod posts;

pub use files::StoredFile;
pub use head::{Account, Head, Label};
pub use history::{Past, Save, Text};
pub use posts::Writing;

use super::Result;
use rusqlite::{Connection, OptionalExtension, named_params};

const IS_EMPTY: &str =
    "SELECT NOT EXISTS (SELECT 1 FROM posts) AND NOT EXISTS (SELECT 1 FROM media)
    AND NOT EXISTS (SELECT 1 FROM tags) AND NOT EXISTS (SELECT 1 FROM series)
    AND NOT EXISTS (SELECT 1 FROM removed)";

/// Whether nothing has been written here yet. Accounts and settings do not count.
pub fn is_empty(conn: &Connection) -> Result<bool> {
    Ok(conn.query_row(IS_EMPTY, [], |row| row.get(0))?)
}

/// Whether this post is here.
pub fn holds(conn: &Connection, post: &Writing) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM posts WHERE uuid = :uuid)";
    let values = named_params! { ":uuid": post.uuid.to_string() };
    Ok(conn.prepare_cached(sql)?.query_row(values, |row| row.get(0))?)
}

/// How many posts and pages there are.
pub fn count(conn: &Connection) -> Result<usize> {
    let count: i64 = conn.query_row("SELECT count(*) FROM posts", [], |row| row.get(0))?;
    Ok(usize::try_from(count).unwrap_or_default())
}

/// The number of the account with this name, if it is here.
fn user_id(conn: &Connection, name: Option<&String>) -> Result<Option<i64>> {
    let Some(name) = name else { return Ok(None) };
    let sql = "SELECT id FROM users WHERE name = :name";
    let id = conn.prepare_cached(sql)?.query_row(named_params! { ":name": name }, |row| row.get(0));
    match id.optional()? {
        Some(id) => Ok(Some(id)),
        // It was here already, in another spelling.
        None => Ok(super::User::named(conn, name).map(|user| Some(user.id)).unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use crate::db::plan::in_new_database;
    use std::collections::BTreeSet;

    /// What becomes of every table on the way out.
    const TABLES: &[(&str, &str)] = &[
        (
            "settings",
            "goes as `Head::settings`, but for what is drawn or said of this installation",
        ),
        ("secrets", "stays: opens doors"),
        ("users", "goes as `Account`, without the password"),
        ("sessions", "stays: opens doors"),
        ("invites", "stays: opens doors"),
        ("recoveries", "stays: opens doors"),
        ("shares", "stays: opens doors"),
        ("posts", "goes as `Writing`; what is drawn of it is drawn again"),
        ("redirects", "goes as `Writing::addresses`"),
        ("removed", "goes as `Head::removed`"),
        ("tags", "goes as `Label`"),
        ("tag_redirects", "goes as `Label::formerly`"),
        ("post_tags", "goes as `Writing::tags`"),
        ("series", "goes as `Label`"),
        ("series_redirects", "goes as `Label::formerly`"),
        ("versions", "goes as `Text`"),
        ("steps", "goes as `Save`"),
        ("media", "goes as `StoredFile`"),
        ("media_sources", "goes as `Head::sources`"),
        ("comments", "goes as `Comment`"),
        ("media_chunks", "goes as the bytes of a `StoredFile`"),
        ("post_media", "stays: noted again"),
        ("post_links", "stays: noted again"),
        ("search", "stays: made again"),
        ("search_pending", "stays: made again"),
        ("related", "stays: made again"),
        ("covers", "stays: drawn again"),
        ("generation", "stays: counts what changes in this file"),
        ("checkups", "stays: opens doors"),
    ];

    #[test]
    fn of_every_table_it_is_said_what_becomes_of_it() {
        in_new_database(|conn| {
            let sql = "SELECT name FROM pragma_table_list
                       WHERE schema = 'main' AND type IN ('table', 'virtual') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";
            let mut statement = conn.prepare(sql).unwrap();
            let names = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
            let found: BTreeSet<_> = names.map(Result::unwrap).collect();
            let known = TABLES.iter().map(|(name, _)| (*name).to_owned()).collect();
            assert_eq!(found, known);
        });
    }
}
