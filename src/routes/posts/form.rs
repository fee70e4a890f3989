use crate::blog::post::{Draft, Release, Visibility};
use crate::blog::{Post, Problem, Tag, Word};
use crate::text::markdown::Pictures;
use crate::web::{Problems, local_time, read_local_time};
use chrono_tz::Tz;
use rocket::form::FromForm;
use rocket::tokio::task::block_in_place;
use serde::Serialize;

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
    base_version: Option<String>,
}

impl PostForm {
    /// The form that holds `post`, with its dates in `zone`.
    pub fn of(post: &Post, zone: Tz) -> PostForm {
        let tags: Vec<_> = post.tags.iter().map(|tag| tag.name.as_str()).collect();
        PostForm {
            title: post.title.clone(),
            content: post.content.clone(),
            slug: Some(post.slug.clone()),
            summary: Some(post.summary.clone()),
            tags: Some(tags.join(", ")),
            status: None,
            publish_at: post.date().map(|at| local_time(at, zone)),
            visibility: Some(post.visibility.word().to_owned()),
            base_version: Some(post.version.to_string()),
        }
    }

    /// The text.
    pub fn content(&self) -> &str {
        &self.content
    }

    /// The version of the post that this was made from, if the form says so. What is no number is no version.
    pub fn base_version(&self) -> Option<i64> {
        self.base_version.as_ref().map(|text| text.parse().unwrap_or(-1))
    }

    /// The same form, made from the version that `post` has now.
    pub fn rebased(&self, post: &Post) -> PostForm {
        PostForm { base_version: Some(post.version.to_string()), ..self.clone() }
    }

    /// The post that the form describes, as a change of `before` if there is one; or what is wrong with it.
    pub fn draft(
        &self,
        zone: Tz,
        before: Option<&Post>,
        pictures: &Pictures,
    ) -> Result<Draft, Problems> {
        // Rendering may take a while; others need not wait for it.
        block_in_place(|| self.parse(zone, before, pictures))
    }

    fn parse(
        &self,
        zone: Tz,
        before: Option<&Post>,
        pictures: &Pictures,
    ) -> Result<Draft, Problems> {
        let mut problems = Problems::default();
        let release = problems.check(self.release(zone, before));
        let visibility = problems.check(self.visibility(before));
        let tags = problems.check(self.tags(before));
        let mut draft = match Draft::new(&self.title, &self.content, pictures) {
            Ok(draft) => Some(draft),
            Err(found) => {
                found.into_iter().for_each(|problem| problems.add(problem));
                None
            }
        };
        if let Some(draft) = &mut draft {
            problems.check(draft.set_slug(self.slug.as_deref().unwrap_or_default()));
            let summary = self.summary.as_deref().or(before.map(|post| post.summary.as_str()));
            problems.check(draft.set_summary(summary.unwrap_or_default()));
        }
        match (draft, release, visibility, tags) {
            (Some(draft), Some(release), Some(visibility), Some(tags)) if problems.is_empty() => {
                Ok(draft.tagged(tags).released(release).visible_to(visibility))
            }
            _ => Err(problems),
        }
    }

    fn tags(&self, before: Option<&Post>) -> Result<Vec<Tag>, Problem> {
        match &self.tags {
            Some(text) => Tag::parse_list(text),
            None => Ok(before.map(|post| post.tags.clone()).unwrap_or_default()),
        }
    }

    fn visibility(&self, before: Option<&Post>) -> Result<Visibility, Problem> {
        let problem =
            || Problem::new("visibility", format!("Please choose {}.", Visibility::words()));
        match self.visibility.as_deref() {
            Some("") | None => Ok(before.map_or(Visibility::Public, |post| post.visibility)),
            Some(word) => Visibility::from_word(word).ok_or_else(problem),
        }
    }

    fn release(&self, zone: Tz, before: Option<&Post>) -> Result<Release, Problem> {
        let date = before.and_then(Post::date);
        let shown = date.map(|at| local_time(at, zone));
        let at = match self.publish_at.as_deref().map(str::trim) {
            None => date,
            Some("") => None,
            // The form knows minutes only; a date nobody touched keeps its seconds.
            text if text == shown.as_deref() => date,
            Some(text) => Some(read_local_time(text, zone)?),
        };
        let status = self.status.as_deref().filter(|status| !status.is_empty());
        let stays_draft = before.is_some_and(|post| post.published_at.is_none());
        match (status, at) {
            (Some("draft"), at) => Ok(Release::Draft(at)),
            (None, at) if stays_draft => Ok(Release::Draft(at)),
            (Some("scheduled"), None) => {
                Err(Problem::new("publish_at", "Please say when the post should come out."))
            }
            (None | Some("published" | "scheduled"), Some(at)) => Ok(Release::At(at)),
            (None | Some("published"), None) => Ok(Release::Now),
            (Some(_), _) => {
                Err(Problem::new("status", "Please choose published, draft or scheduled."))
            }
        }
    }
}
