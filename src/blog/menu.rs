use super::Result;
use super::post::Kind;
use rusqlite::{Connection, named_params};
use serde::Serialize;

/// The pages that stand in the navigation of every page, in their order.
#[derive(Debug, Default, Serialize)]
#[serde(transparent)]
pub struct Menu(Vec<Entry>);

#[derive(Debug, Serialize)]
struct Entry {
    title: String,
    path: String,
}

const ENTRIES: &str = "SELECT title, slug FROM posts INDEXED BY posts_in_menu
    WHERE kind = 'page' AND menu_position IS NOT NULL AND visibility = 'public' AND deleted_at IS NULL
      AND published_at <= :now
    ORDER BY menu_position, title, slug";

impl Menu {
    /// The menu as everybody sees it by `now`.
    pub fn load(conn: &Connection, now: i64) -> Result<Menu> {
        let mut statement = conn.prepare_cached(ENTRIES)?;
        let entries = statement.query_map(named_params! { ":now": now }, |row| {
            let slug: String = row.get("slug")?;
            Ok(Entry { title: row.get("title")?, path: Kind::Page.path(&slug) })
        })?;
        Ok(Menu(entries.collect::<rusqlite::Result<_>>()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plan::{assert_in_order, in_new_database};

    #[test]
    fn the_menu_is_read_from_an_index_in_its_order() {
        in_new_database(|conn| {
            assert_in_order(conn, ENTRIES);
        });
    }
}
