use super::{Kind, Post, Result, SELECT};
use crate::blog::{Error, Problem, Site, User, Word};
use crate::text::Slug;
use rusqlite::{Connection, OptionalExtension, Transaction, named_params};

/// What is found at an address.
#[expect(clippy::large_enum_variant, reason = "one of it lives a moment, for a page")]
pub enum At {
    /// A post.
    Here(Post),
    /// What lived here lives at this path now.
    Moved(String),
}

const IS_FREE: &str =
    "SELECT NOT EXISTS (SELECT 1 FROM posts WHERE slug = :slug AND id IS NOT :own)
    AND NOT EXISTS (SELECT 1 FROM redirects WHERE path IN (:place, :post_place) AND post_id IS NOT :own)";

const WAS_REMOVED: &str = "SELECT 1 FROM removed WHERE path = :path";

fn here_sql() -> String {
    format!("{SELECT} WHERE slug = :slug")
}

fn elsewhere_sql() -> String {
    format!("{SELECT} JOIN redirects ON post_id = posts.id WHERE path = :path")
}

impl Post {
    /// What `reader` finds where a `kind` with this slug would live. A page is found from among the posts, too.
    pub fn at(
        conn: &Connection,
        kind: Kind,
        slug: &Slug,
        reader: Option<&User>,
        now: i64,
    ) -> Result<At> {
        let values = named_params! { ":slug": slug.as_str() };
        let post =
            conn.prepare_cached(&here_sql())?.query_row(values, Post::from_row).optional()?;
        match post {
            Some(post) if post.kind == kind => {
                Ok(At::Here(post.shown_to(reader, now)?.with_tags(conn)?))
            }
            Some(page) if page.kind == Kind::Page => {
                Ok(At::Moved(page.shown_to(reader, now)?.path))
            }
            _ => elsewhere(conn, &kind.place(slug.as_str()), reader, now).map(At::Moved),
        }
    }

    /// The page with this slug, if everybody finds it by `now`: nothing else can be the front door.
    pub fn home(conn: &Connection, slug: &Slug, now: i64) -> Result<Option<Post>> {
        match Post::at(conn, Kind::Page, slug, None, now) {
            Ok(At::Here(page)) if page.is_listed(now) => Ok(Some(page)),
            Ok(_) | Err(Error::NotFound | Error::Gone) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The address `wish`, or the nearest free one. An address that led to a post once is not free.
    pub(super) fn free_slug(
        tx: &Transaction<'_>,
        kind: Kind,
        wish: Slug,
        own: Option<i64>,
    ) -> Result<Slug> {
        let (mut slug, mut n) = (wish.clone(), 1);
        while !is_free(tx, kind, &slug, own)? {
            n += 1;
            slug = wish.numbered(n);
        }
        Ok(slug)
    }

    /// The address `wish` and no other.
    pub(super) fn exact_slug(
        tx: &Transaction<'_>,
        kind: Kind,
        wish: &Slug,
        own: Option<i64>,
    ) -> Result<Slug> {
        let message = match is_free(tx, kind, wish, own)? {
            true => return Ok(wish.clone()),
            false if kind.reserves(wish) => {
                "This address belongs to the blog itself. Please choose a different one."
            }
            false => "Another post has this address. Please choose a different one.",
        };
        Err(Problem::new("slug", message).into())
    }

    /// Gives the post the address that a `kind` with this slug has. The old one leads here from now on, if readers ever
    /// knew it; the new one leads to nothing but itself.
    pub(super) fn move_to(&self, tx: &Transaction<'_>, kind: Kind, slug: &str) -> Result<()> {
        let (old, new) = (self.kind.place(&self.slug), kind.place(slug));
        if old == new {
            return Ok(());
        }
        for table in ["redirects", "removed"] {
            tx.prepare_cached(&format!("DELETE FROM {table} WHERE path = :path"))?
                .execute(named_params! { ":path": new })?;
        }
        let sql = "UPDATE posts SET kind = :kind, slug = :slug WHERE id = :id";
        let values = named_params! { ":kind": kind.word(), ":slug": slug, ":id": self.id };
        tx.prepare_cached(sql)?.execute(values)?;
        if self.kind == Kind::Page {
            Site::follow_home(tx, &self.slug, slug)?;
        }
        match self.live_version {
            Some(_) => add_redirect(tx, self.id, &old).map(drop),
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
        Some(post) => post.shown_to(reader, now).map(|post| post.path),
        None if conn.prepare_cached(WAS_REMOVED)?.exists(values)? => Err(Error::Gone),
        None => Err(Error::NotFound),
    }
}

/// Lets `path` lead to a post, unless it leads to another already. Says whether it leads there.
pub(super) fn add_redirect(tx: &Transaction<'_>, post: i64, path: &str) -> Result<bool> {
    let sql = "INSERT INTO redirects (path, post_id) VALUES (:path, :post)
               ON CONFLICT (path) DO UPDATE SET path = path RETURNING post_id = :post";
    let values = named_params! { ":path": path, ":post": post };
    Ok(tx.prepare_cached(sql)?.query_row(values, |row| row.get(0))?)
}

/// Whether nothing but `own` has the address or had it once.
pub(super) fn is_free(
    conn: &Connection,
    kind: Kind,
    slug: &Slug,
    own: Option<i64>,
) -> Result<bool> {
    if kind.reserves(slug) {
        return Ok(false);
    }
    let slug = slug.as_str();
    // A page is found from among the posts, so it may not stand in the way of one there.
    let values = named_params! {
        ":slug": slug, ":place": kind.place(slug), ":post_place": Kind::Post.place(slug), ":own": own,
    };
    Ok(conn.prepare_cached(IS_FREE)?.query_row(values, |row| row.get(0))?)
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
