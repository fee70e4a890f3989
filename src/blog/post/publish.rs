use super::keep::{Basis, Entry, Kept};
use super::redraw::draw;
use super::{Draft, Manuscript, Post, Version};
use crate::blog::{Error, Media, Result, Tag, User, Word, found, taken_by_other};
use crate::text::Slug;
use rusqlite::{Transaction, named_params};
use uuid::Uuid;

impl Post {
    /// Takes in a new draft under a name that nobody has yet. Nobody but a user can ask for this.
    pub fn begin(
        tx: &Transaction<'_>,
        by: &User,
        uuid: &Uuid,
        manuscript: &Manuscript,
        now: i64,
    ) -> Result<()> {
        manuscript.fits()?;
        let manuscript = &manuscript.within_rights(by, &Manuscript::default());
        let post = Post::insert(tx, Some(by), uuid, now)?;
        post.add_version(tx, Some(by), &Entry::FIRST, manuscript, now)?;
        Media::note_uses(tx, post.id, &[&manuscript.content])?;
        post.follow(tx, manuscript, now)
    }

    /// Takes in a new post and puts it before readers, as the draft says.
    pub fn create(
        tx: &Transaction<'_>,
        by: &User,
        uuid: &Uuid,
        draft: &Draft,
        now: i64,
    ) -> Result<()> {
        draft.manuscript.check_rights(by, &Manuscript::default())?;
        let post = Post::insert(tx, Some(by), uuid, now)?;
        let slug = post.slug_for(tx, draft)?;
        post.come_out(tx, Some(by), draft, &slug, now)
    }

    /// Puts a text before readers, as the draft says; not if somebody else saved in the meantime.
    /// A post in the trash has to come back first ([`Error::Gone`]).
    pub fn publish(
        &self,
        tx: &Transaction<'_>,
        by: &User,
        basis: Basis,
        draft: &Draft,
        now: i64,
    ) -> Result<Kept> {
        if self.deleted_at.is_some() {
            return Err(Error::Gone);
        }
        let head = Version::working_copy(tx, self)?;
        if !basis.misses(&head) {
            draft.manuscript.check_rights(by, &head.manuscript)?;
        }
        let manuscript = self.settled(tx, draft, &self.slug_for(tx, draft)?, now)?;
        let kept = self.record(tx, by, basis, &head, &manuscript, now)?;
        if let Kept::Working(number) = kept {
            self.show(tx, number, draft, &manuscript, now)?;
        }
        Ok(kept)
    }

    /// Takes a post away from readers; it is a draft again.
    pub fn withdraw(&self, tx: &Transaction<'_>, now: i64) -> Result<()> {
        let sql = "UPDATE posts SET published_at = NULL, updated_at = :now WHERE id = :id";
        found(tx.execute(sql, named_params! { ":now": now, ":id": self.id })?)
    }

    /// A post without a text; its name is its address until it has another.
    pub(super) fn insert(
        tx: &Transaction<'_>,
        by: Option<&User>,
        uuid: &Uuid,
        now: i64,
    ) -> Result<Post> {
        let sql = "INSERT INTO posts (uuid, slug, title, author_id, visibility, created_at, updated_at, version,
                     summary, excerpt, content, html)
                   VALUES (:uuid, :uuid, '', :author, 'public', :now, :now, 1, '', '', '', '')";
        let author = by.map(|user| user.id);
        let values = named_params! { ":uuid": uuid.to_string(), ":author": author, ":now": now };
        tx.prepare_cached(sql)?.execute(values).map_err(taken_by_other)?;
        Post::by_uuid(tx, uuid)
    }

    /// The first version of a post that [`Post::insert`] made.
    pub(super) fn come_out(
        &self,
        tx: &Transaction<'_>,
        by: Option<&User>,
        draft: &Draft,
        slug: &Slug,
        now: i64,
    ) -> Result<()> {
        let manuscript = self.settled(tx, draft, slug, now)?;
        let number = self.add_version(tx, by, &Entry::FIRST, &manuscript, now)?;
        self.show(tx, number, draft, &manuscript, now)
    }

    /// The text with the address, date, tags and place that it has now, so that the same text sent twice is the same.
    fn settled(
        &self,
        tx: &Transaction<'_>,
        draft: &Draft,
        slug: &Slug,
        now: i64,
    ) -> Result<Manuscript> {
        let publish_at = Some(draft.release.published_at(self.published_at, now));
        let slug = slug.as_str().to_owned();
        let manuscript = Manuscript { slug, publish_at, ..draft.manuscript.clone() };
        let tags = Tag::current(tx, &draft.tags)?;
        let manuscript = if tags == draft.tags { manuscript } else { manuscript.tagged(&tags) };
        self.in_series(tx, manuscript)
    }

    /// Makes the version with this number the one that readers see.
    fn show(
        &self,
        tx: &Transaction<'_>,
        number: i64,
        draft: &Draft,
        manuscript: &Manuscript,
        now: i64,
    ) -> Result<()> {
        self.move_to(tx, manuscript.kind, &manuscript.slug)?;
        self.organise(tx, manuscript)?;
        Media::note_uses(tx, self.id, &[&manuscript.content])?;
        self.note_outline(tx, &draft.outline)?;
        let sql = "UPDATE versions SET published_at = coalesce(published_at, :now)
                   WHERE post_id = :post AND number = :number";
        let values = named_params! { ":post": self.id, ":number": number, ":now": now };
        found(tx.prepare_cached(sql)?.execute(values)?)?;
        let sql = "UPDATE posts SET title = :title, visibility = :visibility, published_at = :published,
                     revised_at = iif(published_at <= :now AND (title <> :title OR content <> :content), :now, revised_at),
                     updated_at = :now, live_version = :number, summary = :summary, language = :language,
                     content = :content
                   WHERE id = :id";
        tx.prepare_cached(sql)?.execute(named_params! {
            ":id": self.id, ":title": manuscript.title, ":visibility": manuscript.visibility.word(),
            ":published": manuscript.publish_at, ":now": now, ":number": number,
            ":summary": manuscript.summary, ":language": manuscript.language, ":content": manuscript.content,
        })?;
        draw(tx, self.id, &draft.rendered, &draft.outline)?;
        Tag::set(tx, self.id, &manuscript.parsed_tags()?)
    }

    /// Lets what lists say of a draft follow its working copy.
    pub(super) fn follow(
        &self,
        tx: &Transaction<'_>,
        manuscript: &Manuscript,
        now: i64,
    ) -> Result<()> {
        let slug = self.slug_for_draft(tx, manuscript)?;
        self.move_to(tx, manuscript.kind, slug.as_str())?;
        let sql = "UPDATE posts SET title = :title, visibility = :visibility, updated_at = :now WHERE id = :post";
        tx.prepare_cached(sql)?.execute(named_params! {
            ":post": self.id, ":title": manuscript.title, ":visibility": manuscript.visibility.word(), ":now": now,
        })?;
        Ok(())
    }

    /// The address that readers will know: the wish and no other, or what the title suggests.
    fn slug_for(&self, tx: &Transaction<'_>, draft: &Draft) -> Result<Slug> {
        match &draft.slug {
            Some(wish) => Post::exact_slug(tx, draft.manuscript.kind, wish, Some(self.id)),
            None => self.slug_for_draft(tx, &draft.manuscript),
        }
    }

    /// The address that a draft is to have: its wish if that is free, else what its title suggests.
    /// What was out once keeps its own.
    fn slug_for_draft(&self, tx: &Transaction<'_>, manuscript: &Manuscript) -> Result<Slug> {
        let wish = match self.live_version {
            Some(_) => Slug::parse(&self.slug),
            None => manuscript.wish().ok().flatten().or_else(|| Slug::from_text(&manuscript.title)),
        };
        Post::free_slug(tx, manuscript.kind, wish.unwrap_or_default(), Some(self.id))
    }
}
