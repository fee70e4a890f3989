use super::Sort;
use crate::blog::post::{Kind, Manuscript, Visibility};
use crate::blog::{Comment, Digest};
use serde_json::{Map, Value};

/// A post on its way in, whatever it was written with.
pub struct Parcel {
    /// What it goes by.
    pub label: Label,
    /// The text, as far as it was understood.
    pub manuscript: Manuscript,
    /// What it is about, each once.
    pub tags: Vec<String>,
    /// When it came out there, or was to; `None` for what never did.
    pub date: Option<i64>,
    /// Whether it was none of the readers' business there.
    pub is_draft: bool,
    /// When it was last changed.
    pub updated_at: Option<i64>,
    /// Who wrote it.
    pub authors: Vec<Author>,
    /// Every address it had, without host and without a slash at either end.
    pub aliases: Vec<String>,
    /// What means nothing here.
    pub extra: Map<String, Value>,
    /// What readers wrote below it.
    pub comments: Vec<Comment>,
    /// What was not understood or will not work here, a sentence each.
    pub notes: Vec<String>,
    /// As what else it counts, beside post or page.
    pub sorts: Vec<Sort>,
}

/// What a post goes by on its way in.
#[derive(Debug, Clone)]
pub struct Label {
    /// Where it is found in what is imported, for the report.
    pub place: String,
    /// The same for the same post of the same source, however often it is imported.
    pub source: String,
    /// Of all that is there of it, to see whether it has changed since.
    pub digest: Digest,
}

/// A digest as part of what a post goes by that has nothing else of its own.
pub fn hex(digest: &Digest) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Somebody who wrote a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// The name that readers saw.
    pub name: String,
    /// The name they signed in with there.
    pub login: Option<String>,
}

impl Author {
    /// Somebody of whom only the name is known.
    pub fn named(name: &str) -> Author {
        Author { name: name.to_owned(), login: None }
    }
}

impl Parcel {
    /// A post with a title, a text and nothing else.
    pub fn new(label: Label, title: &str, content: &str) -> Parcel {
        Parcel {
            label,
            manuscript: Manuscript::new(title, content),
            tags: Vec::new(),
            date: None,
            is_draft: false,
            updated_at: None,
            authors: Vec::new(),
            aliases: Vec::new(),
            extra: Map::new(),
            comments: Vec::new(),
            notes: Vec::new(),
            sorts: Vec::new(),
        }
    }

    /// As what it counts; `now` tells what is still to come.
    pub fn all_sorts(&self, now: i64) -> Vec<Sort> {
        let mut sorts = vec![match self.manuscript.kind {
            Kind::Post => Sort::Posts,
            Kind::Page => Sort::Pages,
        }];
        if self.is_draft && !self.sorts.contains(&Sort::Pending) {
            sorts.push(Sort::Drafts);
        }
        if !self.is_draft && self.date.is_some_and(|date| date > now) {
            sorts.push(Sort::Scheduled);
        }
        if self.manuscript.visibility == Visibility::Private
            && !self.sorts.contains(&Sort::Protected)
        {
            sorts.push(Sort::Private);
        }
        if self.manuscript.pinned {
            sorts.push(Sort::Pinned);
        }
        sorts.extend(self.sorts.iter().cloned());
        sorts
    }
}
