use super::address::add_redirect;
use super::{Draft, Post};
use crate::blog::{Digest, Error, Media, Result, Tag, User, Word, found};
use crate::text::Slug;
use rusqlite::{OptionalExtension, Transaction, named_params};
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
    /// Front matter nobody understood, as a JSON object.
    pub front_matter: &'a str,
}

impl Post {
    /// How long a deleted post stays in the trash, in seconds.
    pub const TRASH: i64 = 30 * 24 * 60 * 60;

    /// Takes in a new post and returns its name. Nobody but a user can ask for this.
    pub fn create(tx: &Transaction<'_>, by: &User, draft: &Draft, now: i64) -> Result<Uuid> {
        insert(tx, Some(by), draft, None, now).map(|(_, uuid)| uuid)
    }

    /// Takes in a post from elsewhere.
    pub fn import(
        tx: &Transaction<'_>,
        by: Option<&User>,
        draft: &Draft,
        origin: &Origin<'_>,
        now: i64,
    ) -> Result<()> {
        let (id, _) = insert(tx, by, draft, Some(origin), now)?;
        origin.aliases.iter().try_for_each(|path| add_redirect(tx, id, path))
    }

    /// The digest of the text that was imported from `source`, if any was.
    pub fn imported(tx: &Transaction<'_>, source: &str) -> Result<Option<Digest>> {
        let sql = "SELECT source_digest FROM posts WHERE source = :source";
        Ok(tx.query_row(sql, named_params! { ":source": source }, |row| row.get(0)).optional()?)
    }

    /// Saves a new text of a post and returns its slug; one in the trash has to come back first ([`Error::Gone`]). `base` is the version it was made from; another one since then is a conflict.
    pub fn update(
        tx: &Transaction<'_>,
        by: &User,
        uuid: &Uuid,
        base: Option<i64>,
        draft: &Draft,
        now: i64,
    ) -> Result<String> {
        let post = Post::for_edit(tx, by, uuid, now)?;
        if post.deleted_at.is_some() {
            return Err(Error::Gone);
        }
        if base.is_some_and(|base| base != post.version) {
            return Err(Error::Conflict);
        }
        let slug = match &draft.slug {
            Some(wish) => Post::exact_slug(tx, wish, Some(post.id))?.as_str().to_owned(),
            None => post.slug.clone(),
        };
        let sql = "UPDATE posts SET slug = :slug, title = :title, visibility = :visibility, published_at = :published,
                     planned_at = :planned,
                     updated_at = :now, version = version + 1, summary = :summary, excerpt = :excerpt,
                     content = :content, html = :html
                   WHERE id = :id";
        let values = named_params! {
            ":id": post.id, ":slug": slug, ":title": draft.title, ":visibility": draft.visibility.word(),
            ":published": draft.release.published_at(post.published_at, now),
            ":planned": draft.release.planned_at(), ":now": now,
            ":summary": draft.summary, ":excerpt": draft.rendered.excerpt, ":content": draft.content,
            ":html": draft.rendered.html,
        };
        tx.execute(sql, values)?;
        if let Some(wish) = draft.slug.as_ref().filter(|wish| wish.as_str() != post.slug) {
            Post::moved(tx, post.id, &post.slug, wish)?;
        }
        Tag::set(tx, post.id, &draft.tags)?;
        Media::note_uses(tx, post.id, &[&draft.content, &draft.summary])?;
        Ok(slug)
    }

    /// Moves a post to the trash.
    pub fn delete(tx: &Transaction<'_>, by: &User, uuid: &Uuid, now: i64) -> Result<()> {
        let post = Post::for_edit(tx, by, uuid, now)?;
        let sql = "UPDATE posts SET deleted_at = :now WHERE id = :id AND deleted_at IS NULL";
        found(tx.execute(sql, named_params! { ":now": now, ":id": post.id })?)
    }

    /// Brings a post back from the trash.
    pub fn restore(tx: &Transaction<'_>, by: &User, uuid: &Uuid, now: i64) -> Result<()> {
        let post = Post::for_edit(tx, by, uuid, now)?;
        let sql = "UPDATE posts SET deleted_at = NULL WHERE id = :id AND deleted_at IS NOT NULL";
        found(tx.execute(sql, named_params! { ":id": post.id })?)
    }

    /// Removes for good what has been in the trash too long by `now`; says how many.
    pub fn empty_trash(tx: &Transaction<'_>, now: i64) -> Result<usize> {
        let sql = "DELETE FROM posts WHERE deleted_at IS NOT NULL AND deleted_at <= :before";
        Ok(tx.execute(sql, named_params! { ":before": now - Post::TRASH })?)
    }
}

fn insert(
    tx: &Transaction<'_>,
    by: Option<&User>,
    draft: &Draft,
    origin: Option<&Origin<'_>>,
    now: i64,
) -> Result<(i64, Uuid)> {
    let uuid = Uuid::new_v4();
    let slug = match (&draft.slug, origin) {
        // Of an imported post the old address leads to it anyway, so a number at the end does no harm.
        (Some(wish), None) => Post::exact_slug(tx, wish, None)?,
        (wish, _) => Post::free_slug(
            tx,
            wish.clone().or_else(|| Slug::from_text(&draft.title)).unwrap_or_default(),
            None,
        )?,
    };
    let published = draft.release.published_at(None, now);
    let sql = "INSERT INTO posts (uuid, slug, title, author_id, byline, visibility, published_at,
                 planned_at, created_at, updated_at,
                 summary, excerpt, source, source_digest, front_matter, content, html)
               VALUES (:uuid, :slug, :title, :author, :byline, :visibility, :published, :planned, :now, :updated,
                 :summary, :excerpt, :source, :digest, :front_matter, :content, :html)";
    let values = named_params! {
        ":uuid": uuid.to_string(), ":slug": slug.as_str(), ":title": draft.title, ":author": by.map(|user| user.id),
        ":byline": origin.and_then(|origin| origin.byline), ":visibility": draft.visibility.word(),
        ":published": published, ":planned": draft.release.planned_at(), ":now": now,
        ":updated": origin.and_then(|origin| origin.updated_at.or(published)).unwrap_or(now),
        ":summary": draft.summary, ":excerpt": draft.rendered.excerpt,
        ":source": origin.map(|origin| origin.source), ":digest": origin.map(|origin| origin.digest),
        ":front_matter": origin.map_or("{}", |origin| origin.front_matter),
        ":content": draft.content, ":html": draft.rendered.html,
    };
    tx.execute(sql, values)?;
    let id = tx.last_insert_rowid();
    Tag::set(tx, id, &draft.tags)?;
    Media::note_uses(tx, id, &[&draft.content, &draft.summary])?;
    Ok((id, uuid))
}
