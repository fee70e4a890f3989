use super::{Draft, Kind, Visibility};
use crate::blog::{Problem, Result, Tag};
use crate::text::{Slug, language_tag, single_line, unix_lines};
use rusqlite::Row;
use rusqlite::types::Type;
use serde::{Deserialize, Serialize};

/// A post as its author has it in hand. Nothing about it is checked, so that it can always be kept.
///
/// All but the text is kept as JSON; a field that a later version adds has its default in what was kept before.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Manuscript {
    /// What it is called; may still be empty.
    pub title: String,
    /// The Markdown.
    #[serde(skip)]
    pub content: String,
    /// The wish for an address; without one, the title suggests it.
    pub slug: String,
    /// What it is about.
    pub summary: String,
    /// Tags, separated by commas.
    pub tags: String,
    /// The date it has, or is to have, when it is out.
    pub publish_at: Option<i64>,
    /// Who may read it when it is out.
    pub visibility: Visibility,
    /// What it is for its readers.
    pub kind: Kind,
    /// The name of the series it is part of; empty if it is part of none.
    pub series: String,
    /// The wish for a place in the series; without one, it comes last.
    pub series_position: Option<i64>,
    /// Of a page: its place in the menu, if it is to stand there.
    pub menu: Option<i64>,
    /// Whether it stands first on the first page of posts.
    pub pinned: bool,
    /// The language it is written in, as a BCP 47 tag; empty where that is the site's.
    pub language: String,
}

impl Manuscript {
    /// A title and a text, to be filled in further.
    pub fn new(title: &str, content: &str) -> Manuscript {
        let (title, content) = (single_line(title), unix_lines(content));
        Manuscript { title, content, ..Manuscript::default() }
    }

    /// What has to be mended before it can be published, apart from a missing title; for each field at most one thing.
    pub fn problems(&self) -> Vec<Problem> {
        let checks = [
            self.fits(),
            self.wish().map(drop),
            self.parsed_tags().map(drop),
            self.known_language(),
            match self.summary.chars().count() <= Draft::MAX_SUMMARY {
                true => Ok(()),
                false => Err(Problem::new("summary", "A summary has at most 1000 characters.")),
            },
            match self.title.chars().count() {
                0..=Draft::MAX_TITLE => Ok(()),
                n => Err(Problem::new(
                    "title",
                    format!("A title has at most 300 characters; this one has {n}."),
                )),
            },
        ];
        checks.into_iter().filter_map(Result::err).chain(self.misplaced()).collect()
    }

    /// Whether the text is short enough to be kept at all.
    pub fn fits(&self) -> Result<(), Problem> {
        if self.content.len() <= Draft::MAX_CONTENT {
            return Ok(());
        }
        let size = self.content.len() as f64 / (1024.0 * 1024.0);
        let message =
            format!("A post has at most 2 MiB of text; this one has {size:.1}. Please split it.");
        Err(Problem::new("content", message))
    }

    /// The address it asks for.
    pub(super) fn wish(&self) -> Result<Option<Slug>, Problem> {
        let problem = || Problem::new("slug", "An address needs a letter or digit.");
        match self.slug.trim() {
            "" => Ok(None),
            text => Slug::from_text(text).ok_or_else(problem).map(Some),
        }
    }

    fn known_language(&self) -> Result<(), Problem> {
        let hint = "Please enter a language tag, as in en, de or pt-BR.";
        match self.language.is_empty() || language_tag(&self.language).is_some() {
            true => Ok(()),
            false => Err(Problem::new("language", hint)),
        }
    }

    pub(super) fn parsed_tags(&self) -> Result<Vec<Tag>, Problem> {
        Tag::parse_list(&self.tags)
    }

    /// The same with the names of `tags`.
    pub fn tagged(self, tags: &[Tag]) -> Manuscript {
        let names: Vec<_> = tags.iter().map(|tag| tag.name.as_str()).collect();
        Manuscript { tags: names.join(", "), ..self }
    }

    /// Everything but the text, as the file keeps it.
    pub(super) fn fields(&self) -> String {
        serde_json::to_string(self).expect("words and numbers are always JSON")
    }

    pub(super) fn from_row(row: &Row<'_>) -> rusqlite::Result<Manuscript> {
        let fields: String = row.get("fields")?;
        let manuscript: Manuscript = serde_json::from_str(&fields).map_err(|error| {
            rusqlite::Error::FromSqlConversionFailure(0, Type::Text, error.into())
        })?;
        Ok(Manuscript { content: row.get("content")?, ..manuscript })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_said_of_every_field() {
        let manuscript = Manuscript {
            title: "é".repeat(301),
            slug: "!!".to_owned(),
            tags: "!!".to_owned(),
            summary: "x".repeat(1001),
            language: "in English".to_owned(),
            content: "x".repeat(Draft::MAX_CONTENT + 1),
            ..Manuscript::default()
        };
        let problems = manuscript.problems();
        let fields: Vec<_> = problems.into_iter().map(|problem| problem.field).collect();
        assert_eq!(fields, ["content", "slug", "tags", "language", "summary", "title"]);
    }

    #[test]
    fn a_title_may_be_missing_or_have_three_hundred_characters() {
        assert_eq!(Manuscript::new("", "").problems(), []);
        assert_eq!(Manuscript::new(&"é".repeat(300), "").problems(), []);
    }

    #[test]
    fn what_was_kept_before_a_field_was_known_is_still_understood() {
        let kept: Manuscript = serde_json::from_str(r#"{"title": "A", "unheard-of": 1}"#).unwrap();
        assert_eq!(kept, Manuscript::new("A", ""));
    }
}
