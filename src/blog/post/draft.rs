use super::{Kind, Manuscript};
use crate::blog::{Problem, Tag, Word};
use crate::text::Slug;
use crate::text::markdown::{self, Outline, Pictures, Rendered};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A post as it leaves somebody's hands: everything about it is in order, and it is rendered.
pub struct Draft {
    pub(super) manuscript: Manuscript,
    pub(super) rendered: Rendered,
    pub(super) outline: Outline,
    pub(super) slug: Option<Slug>,
    pub(super) tags: Vec<Tag>,
    pub(super) release: Release,
}

/// When a post comes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Release {
    /// With this save; a post that is out already keeps its date.
    Now,
    /// At this time, in seconds since 1970; past or to come.
    At(i64),
}

/// Who may read a post once it is out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Visibility {
    /// Everybody.
    #[default]
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

impl Serialize for Visibility {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

impl<'de> Deserialize<'de> for Visibility {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Visibility, D::Error> {
        let word = String::deserialize(deserializer)?;
        let unknown = || de::Error::custom(format!("{word:?} is no visibility"));
        Visibility::from_word(&word).ok_or_else(unknown)
    }
}

impl Draft {
    /// The most characters of a title.
    pub const MAX_TITLE: usize = 300;
    /// The most bytes of a text.
    pub const MAX_CONTENT: usize = 2 * 1024 * 1024;
    /// The most characters of a summary.
    pub const MAX_SUMMARY: usize = 1000;

    /// Checks a manuscript and renders its text with what is known of its pictures, which is the slow part; or says what
    /// is wrong with it.
    pub fn of(
        manuscript: Manuscript,
        release: Release,
        pictures: &Pictures,
    ) -> Result<Draft, Vec<Problem>> {
        let mut problems = manuscript.problems();
        if manuscript.title.is_empty() {
            problems.push(Problem::new("title", "A post needs a title."));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let rendered = markdown::render(&manuscript.content, pictures)
            .map_err(|error| vec![Problem::new("content", error.to_string())])?;
        let slug = manuscript.wish().map_err(|problem| vec![problem])?;
        let tags = manuscript.parsed_tags().map_err(|problem| vec![problem])?;
        let outline = Outline::of(&manuscript.content);
        Ok(Draft { manuscript, rendered, outline, slug, tags, release })
    }

    /// What it is for its readers.
    pub fn kind(&self) -> Kind {
        self.manuscript.kind
    }

    /// Who may read it.
    pub fn visibility(&self) -> Visibility {
        self.manuscript.visibility
    }

    /// When it comes out.
    pub fn release(&self) -> Release {
        self.release
    }
}

impl Release {
    /// The time that was asked for.
    pub fn time(self) -> Option<i64> {
        match self {
            Release::Now => None,
            Release::At(at) => Some(at),
        }
    }

    /// The date to keep for a post that so far was out at `before`.
    pub(super) fn published_at(self, before: Option<i64>, now: i64) -> i64 {
        match (self, before) {
            (Release::At(at), _) => at,
            (Release::Now, Some(before)) if before <= now => before,
            (Release::Now, _) => now,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_that_comes_out_needs_a_title() {
        let problems = Draft::of(Manuscript::new(" ", "Text."), Release::Now, &Pictures::default())
            .err()
            .unwrap();
        assert_eq!(problems, [Problem::new("title", "A post needs a title.")]);
    }

    #[test]
    fn publishing_keeps_the_date_of_what_is_out_already() {
        assert_eq!(Release::Now.published_at(Some(5), 10), 5);
        assert_eq!(Release::Now.published_at(Some(15), 10), 10);
        assert_eq!(Release::Now.published_at(None, 10), 10);
    }
}
