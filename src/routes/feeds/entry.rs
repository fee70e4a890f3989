use crate::blog::feed::Entry;
use crate::text::{markdown, plain_xml};
use crate::web::View;
use chrono::DateTime;
use serde::Serialize;

/// A post as a feed tells of it: every address is whole, and every character may stand in XML.
#[derive(Serialize)]
pub struct Item {
    /// The same for ever, whatever the post is called.
    pub id: String,
    pub title: String,
    pub url: String,
    /// RFC 3339, in the zone of the site.
    pub published: Option<String>,
    /// RFC 3339, in the zone of the site.
    pub updated: Option<String>,
    /// The same in seconds since 1970.
    pub published_at: Option<i64>,
    pub changed: i64,
    pub author: Option<String>,
    /// The author's page.
    pub author_url: Option<String>,
    pub tags: Vec<String>,
    pub summary: String,
    pub html: String,
    pub language: String,
    pub enclosures: Vec<File>,
}

/// Sound or a film.
#[derive(Serialize)]
pub struct File {
    pub url: String,
    pub kind: String,
    pub size: u64,
}

impl Item {
    pub fn of(Entry { post, enclosures }: Entry, view: &View<'_>) -> Item {
        let zone = view.site().timezone;
        let written =
            |at: i64| Some(DateTime::from_timestamp(at, 0)?.with_timezone(&zone).to_rfc3339());
        let changed = post.revised_at.max(post.published_at);
        let url = view.absolute(&post.path);
        let page = post.author.as_ref().map(|name| view.absolute(&format!("/authors/{name}")));
        let file =
            |path: &str, kind, size| File { url: view.base_url().to_owned() + path, kind, size };
        Item {
            id: post.uuid.urn().to_string(),
            html: plain_xml(&markdown::absolute(&post.html, &url)),
            title: plain_xml(&post.title),
            published: post.published_at.and_then(written),
            updated: changed.and_then(written),
            published_at: post.published_at,
            changed: changed.unwrap_or_default(),
            author: post.byline,
            author_url: page,
            tags: post.tags.into_iter().map(|tag| tag.name).collect(),
            summary: plain_xml(&post.summary),
            language: post.language,
            enclosures: enclosures.into_iter().map(|e| file(&e.path, e.kind, e.size)).collect(),
            url,
        }
    }
}
