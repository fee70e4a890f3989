use crate::blog::post::{Draft, Release, Visibility};
use crate::blog::{Post, Problem, Tag, Word};
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
            publish_at: post.published_at.map(|at| local_time(at, zone)),
            visibility: Some(post.visibility.word().to_owned()),
            base_version: Some(post.version.to_string()),
        }
    }

    /// The version of the post that this was made from, if the form says so.
    pub fn base_version(&self) -> Option<i64> {
        self.base_version.as_ref()?.parse().ok()
    }

    /// The same form, made from the version that `post` has now.
    pub fn rebased(&self, post: &Post) -> PostForm {
        PostForm { base_version: Some(post.version.to_string()), ..self.clone() }
    }

    /// The post that the form describes, as a change of `before` if there is one; or what is wrong with it.
    pub fn draft(&self, zone: Tz, before: Option<&Post>) -> Result<Draft, Problems> {
        // Rendering may take a while; others need not wait for it.
        let draft = block_in_place(|| Draft::new(&self.title, &self.content));
        let mut problems = Problems::default();
        let (release, visibility) = (self.release(zone, before), self.visibility(before));
        let (release, visibility) = (problems.check(release), problems.check(visibility));
        let tags = problems.check(self.tags(before));
        let mut draft =
            draft.map_err(|found| found.into_iter().for_each(|problem| problems.add(problem))).ok();
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
        let published = before.and_then(|post| post.published_at);
        let shown = published.map(|at| local_time(at, zone));
        let at = match self.publish_at.as_deref().map(str::trim) {
            None | Some("") => None,
            // The form knows minutes only; a date nobody touched keeps its seconds.
            text if text == shown.as_deref() => published,
            Some(text) => Some(read_local_time(text, zone)?),
        };
        match (self.status.as_deref(), at) {
            (Some("draft"), _) => Ok(Release::Never),
            (Some("scheduled"), None) => {
                Err(Problem::new("publish_at", "Please say when the post should come out."))
            }
            (Some("published" | "scheduled" | ""), Some(at)) => Ok(Release::At(at)),
            (Some("published" | ""), None) => Ok(Release::Now),
            (None, Some(at)) => Ok(Release::At(at)),
            (None, None) if before.is_none() => Ok(Release::Now),
            (None, None) => Ok(published.map_or(Release::Never, Release::At)),
            (Some(_), _) => {
                Err(Problem::new("status", "Please choose published, draft or scheduled."))
            }
        }
    }
}
