//! What an export holds, as it stands there.

use crate::blog::Comment;

/// Something of an export.
#[derive(Debug)]
pub enum Part {
    /// A word on the site: the name of the field, and what it says.
    Site(String, String),
    /// Somebody who writes: the name they sign in with, and the one that readers see.
    Author(String, String),
    /// A category, a tag, or something else that sorts posts.
    Term(&'static str),
    /// A post, a page, a file, or anything else.
    Item(Box<Item>),
}

/// A post, a page, a file, or anything else.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Item {
    /// How many there were before it.
    pub n: usize,
    /// What it is called; with entities.
    pub title: String,
    /// Its address.
    pub link: String,
    /// An address that never changes.
    pub guid: String,
    /// The name with which its author signs in.
    pub creator: String,
    /// The text, as HTML with shortcodes.
    pub content: String,
    /// The author's words on what it is about.
    pub excerpt: String,
    /// Its number.
    pub id: u64,
    /// The number of what it belongs to.
    pub parent: u64,
    /// When it came out, as the site's clock says.
    pub date: String,
    /// The same in UTC.
    pub date_gmt: String,
    /// When it was last changed, in UTC.
    pub modified_gmt: String,
    /// The last part of its address.
    pub name: String,
    /// Whether it is out.
    pub status: String,
    /// What it is.
    pub kind: String,
    /// What one has to know to read it.
    pub password: String,
    /// Whether it stands before others.
    pub is_sticky: bool,
    /// Where the file is, of a file.
    pub file: String,
    /// By what it is sorted: the kind of sorting, the name in addresses, and the name.
    pub terms: Vec<(String, String, String)>,
    /// Of all that programs have noted about it, what matters here.
    pub meta: Vec<(String, String)>,
    /// What readers wrote below it.
    pub comments: Vec<Comment>,
    /// How many of those were spam or thrown away.
    pub spam: usize,
    /// How many there are that were not kept in memory.
    pub uncounted_comments: usize,
    /// What was wrong with it, a sentence each.
    pub notes: Vec<String>,
    /// Whether its end was found.
    pub is_whole: bool,
}

impl Item {
    /// Where it is, for somebody who looks for it.
    pub fn place(&self) -> String {
        let title: String = self.title.chars().take(60).collect();
        let title = crate::text::single_line(&title);
        match (self.id, title.is_empty()) {
            (0, true) => format!("item {}", self.n + 1),
            (0, false) => format!("item {}, “{title}”", self.n + 1),
            (id, true) => format!("{} {id}", self.kind),
            (id, false) => format!("{} {id}, “{title}”", self.kind),
        }
    }

    /// What was noted under a name.
    pub fn meta<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.meta.iter().filter(move |(found, _)| found == name).map(|(_, value)| value.as_str())
    }
}
