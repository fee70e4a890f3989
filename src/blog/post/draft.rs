use crate::blog::{Problem, Tag, Word};
use crate::text::markdown::{self, Pictures, Rendered};
use crate::text::{Slug, single_line, unix_lines};

/// A post as it leaves somebody's hands: everything about it is in order.
pub struct Draft {
    pub(super) title: String,
    pub(super) content: String,
    pub(super) rendered: Rendered,
    pub(super) slug: Option<Slug>,
    pub(super) summary: String,
    pub(super) tags: Vec<Tag>,
    pub(super) visibility: Visibility,
    pub(super) release: Release,
}

/// When a post comes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Release {
    /// Not yet; this is the date it is to have then, if that is known.
    Draft(Option<i64>),
    /// With this save; a post that is out already keeps its date.
    Now,
    /// At this time, in seconds since 1970; past or to come.
    At(i64),
}

/// Who may read a post once it is out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibility {
    /// Everybody.
    Public,
    /// Whoever has the address.
    Unlisted,
    /// Whoever is signed in.
    Private,
}

impl Word for Visibility {
    const ALL: &'static [(Visibility, &'static str)] = &[
        (Visibility::Public, "public"),
        (Visibility::Unlisted, "unlisted"),
        (Visibility::Private, "private"),
    ];
}

impl Draft {
    /// The most characters of a title.
    pub const MAX_TITLE: usize = 300;
    /// The most bytes of a text.
    pub const MAX_CONTENT: usize = 2 * 1024 * 1024;
    /// The most characters of a summary.
    pub const MAX_SUMMARY: usize = 1000;

    /// Takes a title, a text and what is known of its pictures; renders the text, which is the slow part.
    pub fn new(title: &str, content: &str, pictures: &Pictures) -> Result<Draft, Vec<Problem>> {
        let title = parse_title(title);
        let content = parse_content(content, pictures);
        match (title, content) {
            (Ok(title), Ok((content, rendered))) => Ok(Draft {
                title,
                content,
                rendered,
                slug: None,
                summary: String::new(),
                tags: Vec::new(),
                visibility: Visibility::Public,
                release: Release::Now,
            }),
            (title, content) => Err([title.err(), content.err()].into_iter().flatten().collect()),
        }
    }

    /// Wishes for an address; without one, the title suggests it.
    pub fn set_slug(&mut self, text: &str) -> Result<(), Problem> {
        let problem = || Problem::new("slug", "An address needs a letter or digit.");
        self.slug = match text.trim() {
            "" => None,
            text => Some(Slug::from_text(text).ok_or_else(problem)?),
        };
        Ok(())
    }

    /// Says what the post is about.
    pub fn set_summary(&mut self, text: &str) -> Result<(), Problem> {
        self.summary = single_line(text);
        match self.summary.chars().count() <= Draft::MAX_SUMMARY {
            true => Ok(()),
            false => Err(Problem::new("summary", "A summary has at most 1000 characters.")),
        }
    }

    /// The same, with what it has in common with other posts.
    pub fn tagged(self, tags: Vec<Tag>) -> Draft {
        Draft { tags, ..self }
    }

    /// The same, for these readers.
    pub fn visible_to(self, visibility: Visibility) -> Draft {
        Draft { visibility, ..self }
    }

    /// The same, to come out then.
    pub fn released(self, release: Release) -> Draft {
        Draft { release, ..self }
    }

    /// Who may read it.
    pub fn visibility(&self) -> Visibility {
        self.visibility
    }

    /// When it comes out, where that is a time by itself.
    pub fn release(&self) -> Release {
        self.release
    }
}

impl Release {
    /// The date to keep for a post that so far was out at `before`.
    pub(super) fn published_at(self, before: Option<i64>, now: i64) -> Option<i64> {
        match (self, before) {
            (Release::Draft(_), _) => None,
            (Release::At(at), _) => Some(at),
            (Release::Now, Some(before)) if before <= now => Some(before),
            (Release::Now, _) => Some(now),
        }
    }

    /// The date to keep for a post that is not out.
    pub(super) fn planned_at(self) -> Option<i64> {
        match self {
            Release::Draft(planned) => planned,
            Release::Now | Release::At(_) => None,
        }
    }
}

fn parse_title(text: &str) -> Result<String, Problem> {
    let title = single_line(text);
    match title.chars().count() {
        0 => Err(Problem::new("title", "A post needs a title.")),
        1..=Draft::MAX_TITLE => Ok(title),
        n => Err(Problem::new(
            "title",
            format!("A title has at most 300 characters; this one has {n}."),
        )),
    }
}

fn parse_content(text: &str, pictures: &Pictures) -> Result<(String, Rendered), Problem> {
    let content = unix_lines(text);
    if content.len() > Draft::MAX_CONTENT {
        let size = content.len() as f64 / (1024.0 * 1024.0);
        let message =
            format!("A post has at most 2 MiB of text; this one has {size:.1}. Please split it.");
        return Err(Problem::new("content", message));
    }
    let rendered = markdown::render(&content, pictures)
        .map_err(|error| Problem::new("content", error.to_string()))?;
    Ok((content, rendered))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_said_of_every_field() {
        let fields: Vec<_> =
            Draft::new(" ", &"x".repeat(Draft::MAX_CONTENT + 1), &Pictures::default())
                .err()
                .unwrap_or_default()
                .into_iter()
                .map(|problem| problem.field)
                .collect();
        assert_eq!(fields, ["title", "content"]);
    }

    #[test]
    fn a_title_has_at_most_three_hundred_characters() {
        assert!(parse_title(&"é".repeat(300)).is_ok());
        assert!(parse_title(&"é".repeat(301)).is_err());
    }

    #[test]
    fn publishing_keeps_the_date_of_what_is_out_already() {
        assert_eq!(Release::Now.published_at(Some(5), 10), Some(5));
        assert_eq!(Release::Now.published_at(Some(15), 10), Some(10));
        assert_eq!(Release::Now.published_at(None, 10), Some(10));
        assert_eq!(Release::Draft(Some(5)).published_at(Some(5), 10), None);
        assert_eq!(Release::Draft(Some(5)).planned_at(), Some(5));
    }
}
