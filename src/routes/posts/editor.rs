use super::form::PostForm;
use crate::blog::post::{Finding, Version};
use crate::blog::{Error, Post, Series, Tag, User};
use crate::text::markdown::Outline;
use crate::web::{Problems, View, now};
use rocket::serde::json::json;
use rocket_dyn_templates::Template;
use rusqlite::Connection;
use serde::Serialize;
use uuid::Uuid;

/// What lies on somebody's desk: a post with its working copy, or nothing yet; and what helps with writing.
#[derive(Default)]
pub struct Desk {
    /// The post and the text to go on with.
    pub work: Option<(Post, Version)>,
    /// The name of a post that nobody may see now.
    unseen: Option<Uuid>,
    /// The tags there are, the most used first.
    tags: Vec<String>,
    /// What to say before the post goes out, how many words there are and how many minutes they take.
    findings: Vec<Finding>,
    words: usize,
    minutes: usize,
    /// The numbers of the texts that wait beside the working copy.
    asides: Vec<i64>,
    /// The names of the series there are.
    series: Vec<String>,
}

impl Desk {
    /// A desk for a new post.
    pub fn empty(conn: &Connection) -> Result<Desk, Error> {
        let series = Series::all(conn)?.into_iter().map(|series| series.name).collect();
        Ok(Desk { tags: Tag::most_used(conn, 500)?, series, ..Desk::default() })
    }

    /// A desk with the post of this name, if `user` may change it.
    pub fn with(conn: &Connection, user: &User, uuid: &Uuid) -> Result<Desk, Error> {
        let post = Post::for_edit(conn, user, uuid, now())?;
        let head = Version::working_copy(conn, &post)?;
        let outline = Outline::of(&head.manuscript.content);
        Ok(Desk {
            findings: head.manuscript.findings(conn, user, &outline, now())?,
            words: outline.words,
            minutes: outline.minutes,
            asides: post.open_asides(conn)?,
            work: Some((post, head)),
            ..Desk::empty(conn)?
        })
    }

    /// A desk whose post nobody may see now, because nobody is signed in.
    pub fn unseen(id: Uuid) -> Desk {
        Desk { unseen: Some(id), ..Desk::default() }
    }

    /// The post.
    pub fn post(&self) -> Option<&Post> {
        self.work.as_ref().map(|(post, _)| post)
    }
}

/// The page a post is written on.
pub struct Editor<'a> {
    pub view: &'a View<'a>,
    pub desk: &'a Desk,
}

impl Editor<'_> {
    /// The page as it is when somebody comes to write.
    pub fn open(&self) -> Template {
        let form = match &self.desk.work {
            Some((_, head)) => PostForm::of(head, self.view.visit().site.timezone),
            None => PostForm::blank(),
        };
        self.page(&form, &Problems::default(), None)
    }

    /// The page with `form` in it, what is wrong with it, and why it was not saved.
    pub fn page(&self, form: &PostForm, problems: &Problems, refusal: Option<&str>) -> Template {
        let (post, head) = self.desk.work.as_ref().map(|(post, head)| (post, head)).unzip();
        let known = post.map(|post| post.uuid).or(self.desk.unseen);
        let content = json!(Context {
            form,
            problems,
            refusal,
            known_tags: &self.desk.tags,
            findings: &self.desk.findings,
            words: self.desk.words,
            minutes: self.desk.minutes,
            asides: &self.desk.asides,
            has_organisation: true,
            may_organise: self.view.visit().user().is_some_and(User::edits_all),
            known_series: &self.desk.series,
            zone: self.view.visit().site.timezone.name(),
            post,
            state: post.map_or("draft", state),
            changed: post.is_some_and(Post::has_unpublished_changes),
            saved_at: head.map(|head| head.saved_at),
            action: known.map_or("/posts".to_owned(), |id| format!("/posts/{id}/edit")),
            working_copy: known.or(form.name()).map(|id| format!("/posts/{id}/working-copy")),
        });
        self.view.page("posts/form.html", content)
    }
}

/// What the page shows.
#[derive(Serialize)]
struct Context<'a> {
    form: &'a PostForm,
    problems: &'a Problems,
    refusal: Option<&'a str>,
    known_tags: &'a [String],
    findings: &'a [Finding],
    words: usize,
    minutes: usize,
    asides: &'a [i64],
    has_organisation: bool,
    /// Whether pages, the menu and pins are theirs to change.
    may_organise: bool,
    known_series: &'a [String],
    zone: &'a str,
    post: Option<&'a Post>,
    state: &'a str,
    /// Whether readers do not see the latest text yet.
    changed: bool,
    saved_at: Option<i64>,
    action: String,
    /// Where the text is kept without being published.
    working_copy: Option<String>,
}

fn state(post: &Post) -> &'static str {
    match post.published_at {
        None => "draft",
        Some(at) if at > now() => "scheduled",
        Some(_) => "published",
    }
}
