use super::Site;
use crate::blog::{Problem, Result};
use rusqlite::{Connection, Transaction, named_params};

const IS_PAGE: &str = "SELECT EXISTS (SELECT 1 FROM posts WHERE slug = :slug AND kind = 'page'
    AND visibility = 'public' AND deleted_at IS NULL AND published_at IS NOT NULL)";

impl Site {
    /// Whether everybody may be led to the page with this slug, now or once it is out.
    pub fn can_be_home(conn: &Connection, slug: &str) -> Result<bool> {
        let values = named_params! { ":slug": slug };
        Ok(conn.prepare_cached(IS_PAGE)?.query_row(values, |row| row.get(0))?)
    }

    pub(super) fn check_home(conn: &Connection, slug: &str) -> Result<()> {
        match slug.is_empty() || Site::can_be_home(conn, slug)? {
            true => Ok(()),
            false => {
                let message = format!(
                    "There is no public page at /{slug}. Leave this empty for the list of posts."
                );
                Err(Problem::new("home", message).into())
            }
        }
    }

    /// Lets the front door go on leading to the page whose slug was `old`.
    pub(in crate::blog) fn follow_home(tx: &Transaction<'_>, old: &str, new: &str) -> Result<()> {
        let sql = "UPDATE settings SET value = :new WHERE key = 'home' AND value = :old";
        tx.execute(sql, named_params! { ":old": old, ":new": new })?;
        Ok(())
    }
}
