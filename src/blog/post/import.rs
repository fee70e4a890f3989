use super::address::add_redirect;
use super::keep::Entry;
use super::{Draft, Manuscript, Post, SELECT};
use crate::blog::{Comment, Digest, Media, Result, User};
use crate::text::Slug;
use crate::text::markdown::{Outline, Rendered};
use rusqlite::{Connection, OptionalExtension, Transaction, named_params};
use uuid::Uuid;

/// Where an imported post comes from.
pub struct Origin<'a> {
    /// The same for the same post of the same source, however often it is imported.
    pub source: &'a str,
    /// Of the source's text, to see whether it has changed since.
    pub digest: Digest,
    /// The author's name as the source has it, where that is no account of ours.
    pub byline: Option<&'a str>,
    /// When the source last changed it.
    pub updated_at: Option<i64>,
    /// Addresses it had there.
    pub aliases: &'a [String],
    /// What readers wrote below it there.
    pub comments: &'a [Comment],
    /// Front matter nobody understood, as a JSON object.
    pub front_matter: &'a str,
}

/// The text of a post from elsewhere.
pub enum Arrival {
    /// It was out there, and is here.
    Out(Box<Draft>),
    /// It was none of the readers' business.
    Draft(Box<Manuscript>),
}

/// A post from elsewhere, as it is here.
pub struct Imported {
    /// Of the source's text as it came in.
    pub digest: Digest,
    /// The text that authors go on with.
    pub content: String,
    /// Whether that is the one that came in, and nobody has saved another since.
    pub is_untouched: bool,
}

const IMPORTED: &str = "SELECT source_digest, versions.content,
      version = 1 AND NOT EXISTS (SELECT 1 FROM versions WHERE post_id = posts.id AND number > 1) AS is_untouched
    FROM posts JOIN versions ON versions.post_id = posts.id AND number = version
    WHERE source = :source AND deleted_at IS NULL";

impl Imported {
    /// What was imported from `source`, unless it is in the trash.
    pub fn of(conn: &Connection, source: &str) -> Result<Option<Imported>> {
        let found =
            conn.prepare_cached(IMPORTED)?.query_row(named_params! { ":source": source }, |row| {
                Ok(Imported {
                    digest: row.get("source_digest")?,
                    content: row.get("content")?,
                    is_untouched: row.get("is_untouched")?,
                })
            });
        Ok(found.optional()?)
    }
}

impl Post {
    /// Takes in a post from elsewhere. A wish for an address that is taken gets a number at its end: the old address
    /// leads here anyway, but for those that lead to another post already, which are given back.
    pub fn import(
        tx: &Transaction<'_>,
        by: Option<&User>,
        arrival: &Arrival,
        origin: &Origin<'_>,
        now: i64,
    ) -> Result<Vec<String>> {
        let post = Post::insert(tx, by, &Uuid::new_v4(), now)?;
        match arrival {
            Arrival::Out(draft) => {
                let slug = draft.slug.clone().or_else(|| Slug::from_text(&draft.manuscript.title));
                let slug = Post::free_slug(
                    tx,
                    draft.manuscript.kind,
                    slug.unwrap_or_default(),
                    Some(post.id),
                )?;
                post.come_out(tx, by, draft, &slug, now)?;
            }
            Arrival::Draft(manuscript) => {
                post.add_version(tx, by, &Entry::FIRST, manuscript, now)?;
                Media::note_uses(tx, post.id, &[&manuscript.content])?;
                post.follow(tx, manuscript, now)?;
            }
        }
        let sql = "UPDATE posts SET byline = :byline, source = :source, source_digest = :digest,
                     front_matter = :front_matter, updated_at = coalesce(:updated, published_at, :now),
                     revised_at = iif(:updated > published_at, :updated, NULL)
                   WHERE id = :id";
        tx.prepare_cached(sql)?.execute(named_params! {
            ":id": post.id, ":byline": origin.byline, ":source": origin.source, ":digest": origin.digest,
            ":front_matter": origin.front_matter, ":updated": origin.updated_at, ":now": now,
        })?;
        origin.comments.iter().try_for_each(|comment| comment.keep(tx, post.id))?;
        let mut taken = Vec::new();
        for path in origin.aliases {
            if !add_redirect(tx, post.id, path)? {
                taken.push(path.clone());
            }
        }
        Ok(taken)
    }

    /// Puts a text in the place of the one with which an untouched post came in: nobody has saved a new version.
    pub fn renew(
        tx: &Transaction<'_>,
        source: &str,
        content: &str,
        rendered: &Rendered,
        outline: &Outline,
    ) -> Result<()> {
        let sql = format!("{SELECT} WHERE source = :source");
        let values = named_params! { ":source": source };
        let post = tx.prepare_cached(&sql)?.query_row(values, Post::from_row)?;
        let values = named_params! { ":post": post.id, ":content": content };
        let sql = "UPDATE versions SET content = :content WHERE post_id = :post AND number = 1";
        tx.prepare_cached(sql)?.execute(values)?;
        Media::note_uses(tx, post.id, &[content])?;
        if post.live_version.is_none() {
            return Ok(());
        }
        let sql = "UPDATE posts SET content = :content WHERE id = :post";
        tx.prepare_cached(sql)?.execute(values)?;
        post.draw(tx, rendered, outline)
    }

    /// The digest of the text that was imported from `source`, if any was.
    pub fn imported(conn: &Connection, source: &str) -> Result<Option<Digest>> {
        let sql = "SELECT source_digest FROM posts WHERE source = :source";
        let values = named_params! { ":source": source };
        Ok(conn.prepare_cached(sql)?.query_row(values, |row| row.get(0)).optional()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plan::{assert_searched, in_new_database};

    #[test]
    fn what_was_imported_is_looked_up_in_an_index() {
        in_new_database(|conn| assert_searched(conn, IMPORTED));
    }
}
