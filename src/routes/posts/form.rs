use super::place;
use crate::blog::post::{Basis, Draft, Kind, Manuscript, Release, Version, Visibility, Wish};
use crate::blog::{Post, Problem, Word};
use crate::text::markdown::Pictures;
use crate::text::{single_line, unix_lines};
use crate::web::{Problems, local_time, read_local_time};
use chrono_tz::Tz;
use rocket::form::FromForm;
use rocket::tokio::task::block_in_place;
use serde::Serialize;
use uuid::Uuid;

/// A post as a form holds it. A field that is not sent at all stays as it was.
#[derive(FromForm, Serialize, Default, Clone)]
pub struct PostForm {
    #[field(default = String::new())]
    title: String,
    #[field(default = String::new())]
    content: String,
    slug: Option<String>,
    summary: Option<String>,
    tags: Option<String>,
    status: Option<String>,
    publish_at: Option<String>,
    visibility: Option<String>,
    kind: Option<String>,
    series: Option<String>,
    series_position: Option<String>,
    menu: Option<String>,
    /// A checkbox, and the empty field before it that says something where it is not ticked.
    #[serde(serialize_with = "place::serialize")]
    pinned: Vec<String>,
    language: Option<String>,
    base_version: Option<String>,
    /// The name that a new post is to have, so that sending it twice makes one post.
    draft: Option<String>,
    /// The version beside the working copy that this text takes in.
    aside: Option<i64>,
}

impl PostForm {
    /// The form of a new post.
    pub fn blank() -> PostForm {
        PostForm {
            draft: Some(Uuid::new_v4().to_string()),
            base_version: Some("0".to_owned()),
            ..Default::default()
        }
    }

    /// The form that holds `version`, with its dates in `zone`.
    pub fn of(version: &Version, zone: Tz) -> PostForm {
        PostForm::holding(version.manuscript.clone(), version.number, zone)
    }

    /// The form that holds a text made from the version with the number `base`.
    pub fn holding(manuscript: Manuscript, base: i64, zone: Tz) -> PostForm {
        PostForm {
            title: manuscript.title,
            content: manuscript.content,
            slug: Some(manuscript.slug),
            summary: Some(manuscript.summary),
            tags: Some(manuscript.tags),
            publish_at: manuscript.publish_at.map(|at| local_time(at, zone)),
            visibility: Some(manuscript.visibility.word().to_owned()),
            kind: Some(manuscript.kind.word().to_owned()),
            series: Some(manuscript.series),
            series_position: Some(place::shown(manuscript.series_position)),
            menu: Some(place::shown(manuscript.menu)),
            pinned: place::ticked(manuscript.pinned),
            language: Some(manuscript.language),
            base_version: Some(base.to_string()),
            ..Default::default()
        }
    }

    /// What the text was made from, if the form says so. What is no number is no version.
    pub fn basis(&self) -> Basis {
        match &self.base_version {
            Some(text) => Basis::Seen(text.parse().unwrap_or(-1)),
            None => Basis::Latest,
        }
    }

    /// The same form, made from the version with this number.
    pub fn based_on(&self, number: i64) -> PostForm {
        PostForm { base_version: Some(number.to_string()), ..self.clone() }
    }

    /// The same form, to take the text that was put aside into the working copy.
    pub fn taking_in(self, aside: i64) -> PostForm {
        PostForm { aside: Some(aside), ..self }
    }

    /// The same form, to publish the post if it does not say otherwise.
    pub fn published_by_default(self) -> PostForm {
        let status = self.status.filter(|status| !status.is_empty());
        PostForm { status: status.or(Some("published".to_owned())), ..self }
    }

    /// Whether it asks for a post that comes out later.
    pub fn schedules(&self) -> bool {
        self.status.as_deref() == Some("scheduled")
    }

    /// Whether it holds a text that was not saved before.
    pub fn is_new(&self) -> bool {
        self.base_version.as_deref().is_none_or(|base| base == "0")
    }

    /// The name that a new post is to have.
    pub fn name(&self) -> Option<Uuid> {
        self.draft.as_deref().and_then(|text| Uuid::try_parse(text).ok())
    }

    /// The version beside the working copy that this text takes in.
    pub fn aside(&self) -> Option<i64> {
        self.aside
    }

    /// The text as it stands in the form, and what cannot be understood of it. What was not sent is as in `before`.
    pub fn manuscript(&self, zone: Tz, before: Option<&Manuscript>) -> (Manuscript, Problems) {
        let blank = Manuscript::default();
        let before = before.unwrap_or(&blank);
        let mut problems = Problems::default();
        let sent = |field: &Option<String>, before: &String| match field {
            Some(text) => single_line(text),
            None => before.clone(),
        };
        let publish_at = problems.check(self.date(zone, before)).unwrap_or(before.publish_at);
        let visibility = problems.check(self.visibility(before)).unwrap_or(before.visibility);
        let kind = problems.check(self.kind(before)).unwrap_or(before.kind);
        let mut number = |name, field: &Option<String>, before| {
            problems.check(place::read(name, field.as_deref(), before)).unwrap_or(before)
        };
        let manuscript = Manuscript {
            title: single_line(&self.title),
            content: unix_lines(&self.content),
            slug: sent(&self.slug, &before.slug),
            summary: sent(&self.summary, &before.summary),
            tags: sent(&self.tags, &before.tags),
            publish_at,
            visibility,
            kind,
            series: sent(&self.series, &before.series),
            series_position: number(
                "series_position",
                &self.series_position,
                before.series_position,
            ),
            menu: number("menu", &self.menu, before.menu),
            pinned: place::is_ticked(&self.pinned).unwrap_or(before.pinned),
            language: sent(&self.language, &before.language),
        };
        (manuscript, problems)
    }

    /// What the form asks for, as a change of `post` if there is one; or what is wrong with it.
    pub fn wish(
        &self,
        post: Option<&Post>,
        manuscript: Manuscript,
        pictures: &Pictures,
        mut problems: Problems,
    ) -> Result<Wish, Problems> {
        let release = problems.check(self.release(post, manuscript.publish_at));
        let found = match release {
            Some(Some(release)) => {
                // Rendering may take a while; others need not wait for it.
                let draft = block_in_place(|| Draft::of(manuscript, release, pictures));
                draft.map(|draft| Wish::Publish(Box::new(draft)))
            }
            _ => match manuscript.problems() {
                none if none.is_empty() => Ok(Wish::Withdraw(manuscript)),
                some => Err(some),
            },
        };
        match found {
            Ok(wish) if problems.is_empty() => Ok(wish),
            Ok(_) => Err(problems),
            Err(found) => {
                found.into_iter().for_each(|problem| problems.add(problem));
                Err(problems)
            }
        }
    }

    /// When the post is to come out; `None` if not yet.
    fn release(&self, post: Option<&Post>, date: Option<i64>) -> Result<Option<Release>, Problem> {
        let stays_draft = post.is_some_and(|post| post.published_at.is_none());
        match (self.status.as_deref().filter(|status| !status.is_empty()), date) {
            (Some("draft"), _) => Ok(None),
            (None, _) if stays_draft => Ok(None),
            (Some("scheduled"), None) => {
                Err(Problem::new("publish_at", "Please say when the post should come out."))
            }
            (None | Some("published" | "scheduled"), Some(at)) => Ok(Some(Release::At(at))),
            (None | Some("published"), None) => Ok(Some(Release::Now)),
            (Some(_), _) => {
                Err(Problem::new("status", "Please choose published, draft or scheduled."))
            }
        }
    }

    fn date(&self, zone: Tz, before: &Manuscript) -> Result<Option<i64>, Problem> {
        let shown = before.publish_at.map(|at| local_time(at, zone));
        match self.publish_at.as_deref().map(str::trim) {
            None => Ok(before.publish_at),
            Some("") => Ok(None),
            // The form knows minutes only; a date nobody touched keeps its seconds.
            text if text == shown.as_deref() => Ok(before.publish_at),
            Some(text) => read_local_time(text, zone).map(Some),
        }
    }

    fn kind(&self, before: &Manuscript) -> Result<Kind, Problem> {
        let problem = || Problem::new("kind", format!("Please choose {}.", Kind::words()));
        match self.kind.as_deref() {
            Some("") | None => Ok(before.kind),
            Some(word) => Kind::from_word(word).ok_or_else(problem),
        }
    }

    fn visibility(&self, before: &Manuscript) -> Result<Visibility, Problem> {
        let problem =
            || Problem::new("visibility", format!("Please choose {}.", Visibility::words()));
        match self.visibility.as_deref() {
            Some("") | None => Ok(before.visibility),
            Some(word) => Visibility::from_word(word).ok_or_else(problem),
        }
    }
}
