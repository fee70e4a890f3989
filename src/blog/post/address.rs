use super::{Post, Result, SELECT};
use crate::blog::{Error, Problem, User};
use crate::text::Slug;
use rusqlite::{Connection, OptionalExtension, Transaction, named_params};

/// What is found at an address.
#[expect(clippy::large_enum_variant, reason = "one of it lives a moment, for a page")]
pub enum At {
    /// A post.
    Here(Post),
    /// The post that lived here lives at this slug now.
    Moved(String),
}

const IS_FREE: &str =
    "SELECT NOT EXISTS (SELECT 1 FROM posts WHERE slug = :slug AND id IS NOT :own)
    AND NOT EXISTS (SELECT 1 FROM redirects WHERE path = :path AND post_id IS NOT :own)";

const WAS_REMOVED: &str = "SELECT 1 FROM removed WHERE path = :path";

fn here_sql() -> String {
    format!("{SELECT} WHERE slug = :slug")
}

fn elsewhere_sql() -> String {
    format!("{SELECT} JOIN redirects ON post_id = posts.id WHERE path = :path")
}

impl Post {
    /// What `reader` finds at `slug`.
    pub fn at(conn: &Connection, slug: &Slug, reader: Option<&User>, now: i64) -> Result<At> {
        let values = named_params! { ":slug": slug.as_str() };
        let post =
            conn.prepare_cached(&here_sql())?.query_row(values, Post::from_row).optional()?;
        match post {
            Some(post) => Ok(At::Here(post.shown_to(reader, now)?.with_tags(conn)?)),
            None => elsewhere(conn, &old_path(slug), reader, now).map(At::Moved),
        }
    }

    /// The address `wish`, or the nearest free one. An address that led to a post once is not free.
    pub(super) fn free_slug(tx: &Transaction<'_>, wish: Slug, own: Option<i64>) -> Result<Slug> {
        let (mut slug, mut n) = (wish.clone(), 1);
        while !is_free(tx, &slug, own)? {
            n += 1;
            slug = wish.numbered(n);
        }
        Ok(slug)
    }

    /// The address `wish` and no other.
    pub(super) fn exact_slug(tx: &Transaction<'_>, wish: &Slug, own: Option<i64>) -> Result<Slug> {
        match is_free(tx, wish, own)? {
            true => Ok(wish.clone()),
            false => Err(Problem::new(
                "slug",
                "Another post has this address. Please choose a different one.",
            )
            .into()),
        }
    }

    /// Gives the post the address `slug`. The old one leads here from now on, if readers ever knew it; the new one leads
    /// to nothing but itself.
    pub(super) fn move_to(&self, tx: &Transaction<'_>, slug: &str) -> Result<()> {
        if slug == self.slug {
            return Ok(());
        }
        let values = named_params! { ":path": format!("posts/{slug}") };
        for table in ["redirects", "removed"] {
            tx.prepare_cached(&format!("DELETE FROM {table} WHERE path = :path"))?
                .execute(values)?;
        }
        let sql = "UPDATE posts SET slug = :slug WHERE id = :id";
        tx.prepare_cached(sql)?.execute(named_params! { ":slug": slug, ":id": self.id })?;
        match self.live_version {
            Some(_) => add_redirect(tx, self.id, &format!("posts/{}", self.slug)),
            None => Ok(()),
        }
    }
}

/// Where the post lives that had `path` before: an old slug, or an address in the program it was imported from.
pub fn elsewhere(conn: &Connection, path: &str, reader: Option<&User>, now: i64) -> Result<String> {
    let values = named_params! { ":path": path };
    let post =
        conn.prepare_cached(&elsewhere_sql())?.query_row(values, Post::from_row).optional()?;
    match post {
        Some(post) => post.shown_to(reader, now).map(|post| post.slug),
        None if conn.prepare_cached(WAS_REMOVED)?.exists(values)? => Err(Error::Gone),
        None => Err(Error::NotFound),
    }
}

/// Lets `path` lead to a post, unless it leads to another already.
pub(super) fn add_redirect(tx: &Transaction<'_>, post: i64, path: &str) -> Result<()> {
    let sql =
        "INSERT INTO redirects (path, post_id) VALUES (:path, :post) ON CONFLICT (path) DO NOTHING";
    tx.execute(sql, named_params! { ":path": path, ":post": post })?;
    Ok(())
}

/// Addresses under `/posts/` that are pages of their own.
pub const RESERVED: [&str; 1] = ["new"];

fn is_free(tx: &Transaction<'_>, slug: &Slug, own: Option<i64>) -> Result<bool> {
    if RESERVED.contains(&slug.as_str()) {
        return Ok(false);
    }
    let values = named_params! { ":slug": slug.as_str(), ":path": old_path(slug), ":own": own };
    Ok(tx.prepare_cached(IS_FREE)?.query_row(values, |row| row.get(0))?)
}

fn old_path(slug: &Slug) -> String {
    format!("posts/{}", slug.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plan::{assert_searched, in_new_database};

    #[test]
    fn an_address_is_looked_up_in_an_index() {
        in_new_database(|conn| {
            assert_searched(conn, &here_sql());
            assert_searched(conn, &elsewhere_sql());
            assert_searched(conn, IS_FREE);
            assert_searched(conn, WAS_REMOVED);
        });
    }
}
