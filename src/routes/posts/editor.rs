use super::form::PostForm;
use crate::blog::post::Draft;
use crate::blog::{Error, Post};
use crate::text::markdown::Pictures;
use crate::web::{Problems, Reply, Result, View, Visit, now};
use rocket::http::Status;
use rocket::serde::json::json;
use rocket_dyn_templates::Template;

/// The page a post is written on.
pub struct Editor<'a> {
    view: &'a View<'a>,
    visit: &'a Visit,
    post: Option<&'a Post>,
    action: String,
}

/// Why a text was not saved. Whatever the reason, the page comes back with everything that was typed.
pub enum Refusal {
    /// Something is wrong with it.
    Problems(Problems),
    /// The session has ended.
    SignedOut,
    /// Somebody else saved in the meantime.
    Conflict,
    /// The post is in the trash.
    Trashed,
    /// There is no such post, or not any more.
    Missing,
    /// The post is not theirs to change, or not any more.
    NotTheirs,
    /// There is no room for it.
    Full,
    /// The database failed.
    Failed,
}

impl<'a> Editor<'a> {
    /// The page for a change of `post`, or for a new post.
    pub fn new(view: &'a View<'a>, visit: &'a Visit, post: Option<&'a Post>) -> Editor<'a> {
        let action = post.map_or("/posts".to_owned(), |post| format!("/posts/{}/edit", post.uuid));
        Editor { view, visit, post, action }
    }

    /// The same page, saving to a post that cannot be shown.
    pub fn saving_to(self, id: &str) -> Editor<'a> {
        Editor { action: format!("/posts/{id}/edit"), ..self }
    }

    /// The post that `form` describes, with what is known of its pictures, or what is wrong with it.
    pub fn read(&self, form: &PostForm, pictures: &Pictures) -> Result<Draft, Problems> {
        form.draft(self.visit.site.timezone, self.post, pictures)
    }

    /// The page with `form` in it.
    pub fn page(&self, form: &PostForm, problems: &Problems) -> Template {
        self.draw(form, problems, None, false)
    }

    /// The page again, with what was typed and why it was not saved.
    pub fn refuse(&self, form: &PostForm, refusal: Refusal) -> Reply {
        let none = Problems::default();
        let say = |status, text| Reply::Again((status, self.draw(form, &none, Some(text), false)));
        match refusal {
            Refusal::Problems(problems) => Reply::invalid(self.page(form, &problems)),
            Refusal::SignedOut => say(
                Status::Unauthorized,
                "You are signed out, so this is not saved yet. Sign in in another tab, then save again here.",
            ),
            Refusal::Conflict => Reply::Again((Status::Conflict, self.conflict(form))),
            Refusal::Trashed => say(
                Status::Conflict,
                "This post is in the trash, so this is not saved. Bring it back from the dashboard in another tab, \
                 then save again here.",
            ),
            Refusal::Missing => say(
                Status::NotFound,
                "There is no such post any more. Your text is here; saving it makes a new post.",
            ),
            Refusal::NotTheirs => say(
                Status::Forbidden,
                "This post is not yours to change. Your text is here; saving it makes a new post.",
            ),
            Refusal::Full => say(
                Status::ServiceUnavailable,
                "The disk of the blog is full, so this is not saved. Keep this page open, make room, then save again.",
            ),
            Refusal::Failed => say(
                Status::ServiceUnavailable,
                "The blog could not save this. Keep this page open and save again in a moment.",
            ),
        }
    }

    /// The page again for an error that the page can explain; any other error goes on.
    pub fn refuse_for(&self, form: &PostForm, error: Error) -> Result<Reply> {
        let refusal = match error {
            Error::Invalid(problem) => Refusal::Problems(problem.into()),
            Error::Storage(cause) => {
                log::error!("saving a post: {cause}");
                if cause.is_full() { Refusal::Full } else { Refusal::Failed }
            }
            other => return Err(other.into()),
        };
        Ok(self.refuse(form, refusal))
    }

    fn conflict(&self, form: &PostForm) -> Template {
        let form = self.post.map_or_else(|| form.clone(), |theirs| form.rebased(theirs));
        let text = "Somebody else saved this post while you wrote. Nothing is lost: your text is in the form, \
                    theirs is below it. Bring both together, then save.";
        self.draw(&form, &Problems::default(), Some(text), true)
    }

    fn draw(
        &self,
        form: &PostForm,
        problems: &Problems,
        refusal: Option<&str>,
        conflict: bool,
    ) -> Template {
        let published_at = self.post.and_then(|post| post.published_at);
        let state = match published_at {
            None => "draft",
            Some(at) if at > now() => "scheduled",
            Some(_) => "published",
        };
        let context = json!({
            "form": form, "problems": problems, "refusal": refusal, "action": self.action, "state": state,
            "post": self.post, "zone": self.visit.site.timezone.name(), "is_conflict": conflict,
        });
        self.view.page("posts/form.html", context)
    }
}
