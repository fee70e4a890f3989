use crate::blog::Word;
use crate::text::Slug;
use serde::{Deserialize, Serialize};

/// What a text is for its readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// One of many, with a date; it lives at `/posts/<slug>`.
    #[default]
    Post,
    /// It stands for itself, at `/<slug>`, and is in no list.
    Page,
}

impl Word for Kind {
    const ALL: &'static [(Kind, &'static str)] = &[(Kind::Post, "post"), (Kind::Page, "page")];
}

/// The only address under `/posts/` that leads to something else.
pub const RESERVED: [&str; 1] = ["new"];

/// The beginnings of addresses that lead to something else than a page.
pub const RESERVED_FOR_PAGES: [&str; 19] = [
    "account", "admin", "archive", "assets", "auth", "authors", "checkup", "covers", "feed",
    "healthz", "media", "posts", "refused", "search", "series", "shared", "sitemaps", "tags",
    "users",
];

impl Kind {
    /// Where something of this kind lives: `/posts/hello`, `/about`.
    pub(in crate::blog) fn path(self, slug: &str) -> String {
        format!("/{}", self.place(slug))
    }

    /// The same as the file keeps it, without the slash in front.
    pub(super) fn place(self, slug: &str) -> String {
        match self {
            Kind::Post => format!("posts/{slug}"),
            Kind::Page => slug.to_owned(),
        }
    }

    /// Whether the address belongs to the blog itself.
    pub(super) fn reserves(self, slug: &Slug) -> bool {
        let slug = slug.as_str();
        RESERVED.contains(&slug) || (self == Kind::Page && RESERVED_FOR_PAGES.contains(&slug))
    }
}
