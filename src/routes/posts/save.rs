//! What becomes of a text that somebody sends: whatever happens, it is kept or it comes back.

use super::conflict;
use super::editor::{Desk, Editor};
use super::form::PostForm;
use super::refusal::Refusal;
use crate::blog::post::{Kept, Manuscript, Saved, Wish};
use crate::blog::{Error, Media, Post, User};
use crate::text::markdown::Pictures;
use crate::web::{Problems, Reply, Result, Store, View, now};
use rocket::http::Status;
use rocket::serde::json::{Json, json};
use uuid::Uuid;

/// A text on its way in.
pub struct Submission<'a> {
    pub form: &'a PostForm,
    pub user: &'a User,
    pub store: &'a Store,
    pub view: &'a View<'a>,
    pub desk: &'a Desk,
    /// The name of its post, which may not be there yet.
    pub id: Uuid,
}

impl Submission<'_> {
    /// Does what the form asks for; `done` is what comes after that. Else the page comes back.
    pub async fn submit(&self, done: impl FnOnce(Saved, &Wish) -> Reply) -> Result<Reply> {
        let (manuscript, problems) = self.manuscript();
        let post = self.desk.post();
        if post.is_some_and(|post| post.deleted_at.is_some()) {
            return self
                .keep_for_later(manuscript, |form| self.refuse(form, Refusal::Trashed))
                .await;
        }
        let pictures = match self.pictures(&manuscript).await {
            Ok(pictures) => pictures,
            Err(error) => return Ok(self.refuse(self.form, Refusal::of(error)?)),
        };
        let wish = match self.form.wish(post, manuscript.clone(), &pictures, problems) {
            Ok(wish) => wish,
            Err(problems) => return self.mend(manuscript, &problems).await,
        };
        match self.save(&wish).await {
            Ok(saved) => match saved.kept {
                Kept::Working(_) => Ok(done(saved, &wish)),
                Kept::Aside(number) => self.conflict(number).await,
            },
            Err(Error::Invalid(problem)) => self.mend(manuscript, &problem.into()).await,
            Err(error) => Ok(self.refuse(self.form, Refusal::of(error)?)),
        }
    }

    /// Keeps the text out of readers' sight, whatever may be wrong with it; `done` is what comes after that.
    pub async fn keep(&self, done: impl FnOnce(Kept) -> Reply) -> Result<Reply> {
        match self.save(&Wish::Keep(self.manuscript().0)).await {
            Ok(saved) => match saved.kept {
                Kept::Aside(number) => self.conflict(number).await,
                kept => Ok(done(kept)),
            },
            Err(Error::Invalid(problem)) => Ok(self.invalid(self.form, &problem.into())),
            Err(error) => Ok(self.refuse(self.form, Refusal::of(error)?)),
        }
    }

    /// The page with what has to be mended.
    async fn mend(&self, manuscript: Manuscript, problems: &Problems) -> Result<Reply> {
        self.keep_for_later(manuscript, |form| self.invalid(form, problems)).await
    }

    /// Keeps a text that cannot go before readers now; `again` draws the page.
    /// What is not a post yet has no other place than the page.
    async fn keep_for_later(
        &self,
        manuscript: Manuscript,
        again: impl FnOnce(&PostForm) -> Reply,
    ) -> Result<Reply> {
        if self.desk.work.is_none() {
            return Ok(again(self.form));
        }
        match self.save(&Wish::Keep(manuscript)).await.map(|saved| saved.kept) {
            Ok(Kept::Working(number)) => Ok(again(&self.form.based_on(number))),
            Ok(Kept::Aside(number)) => self.conflict(number).await,
            Err(_) => Ok(again(self.form)),
        }
    }

    fn manuscript(&self) -> (Manuscript, Problems) {
        let before = self.desk.work.as_ref().map(|(_, head)| &head.manuscript);
        self.form.manuscript(self.view.visit().site.timezone, before)
    }

    async fn pictures(&self, manuscript: &Manuscript) -> Result<Pictures, Error> {
        self.store.read(|conn| Media::pictures(conn, &manuscript.content)).await
    }

    async fn save(&self, wish: &Wish) -> Result<Saved, Error> {
        let save = self.store.write(|tx| {
            let saved = Post::save(tx, self.user, &self.id, self.form.basis(), wish, now())?;
            if let (Kept::Working(_), Some(aside)) = (saved.kept, self.form.aside()) {
                Post::for_edit(tx, self.user, &self.id, now())?.settle(tx, aside)?;
            }
            Ok(saved)
        });
        save.await
    }

    async fn conflict(&self, number: i64) -> Result<Reply> {
        let status = Status::Conflict;
        if self.view.wants_data() {
            let reason =
                "Somebody else saved this post in the meantime. Your text is kept beside theirs.";
            return Ok(Reply::Data((status, Json(json!({ "error": reason, "version": number })))));
        }
        let page = conflict::page(self.store, self.view, self.user, &self.id, number).await?;
        Ok(Reply::Again((status, page)))
    }

    fn invalid(&self, form: &PostForm, problems: &Problems) -> Reply {
        match self.view.wants_data() {
            true => Reply::error(Status::UnprocessableEntity, &problems.to_string()),
            false => Reply::invalid(self.editor().page(form, problems, None)),
        }
    }

    fn refuse(&self, form: &PostForm, refusal: Refusal) -> Reply {
        refusal.reply(self.view, self.desk, form)
    }

    fn editor(&self) -> Editor<'_> {
        Editor { view: self.view, desk: self.desk }
    }
}
