use super::entry::{File, Item};
use crate::blog::Site;
use rocket::serde::json::{Value, json};

/// JSON Feed 1.1.
pub fn feed(title: &str, home: &str, own: &str, site: &Site, items: &[Item]) -> String {
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": home,
        "feed_url": own,
        "description": site.tagline,
        "language": site.language,
        "items": items.iter().map(|item| entry(item, site)).collect::<Vec<_>>(),
    });
    feed.to_string()
}

fn entry(item: &Item, site: &Site) -> Value {
    let language = if item.language.is_empty() { &site.language } else { &item.language };
    let mut entry = json!({
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "content_html": item.html,
        "date_published": item.published,
        "date_modified": item.updated,
        "language": language,
        "tags": item.tags,
    });
    if !item.summary.is_empty() {
        entry["summary"] = item.summary.as_str().into();
    }
    if let Some(name) = &item.author {
        let author = match &item.author_url {
            Some(url) => json!({ "name": name, "url": url }),
            None => json!({ "name": name }),
        };
        entry["authors"] = json!([author]);
    }
    if !item.enclosures.is_empty() {
        entry["attachments"] = item.enclosures.iter().map(attachment).collect();
    }
    entry
}

fn attachment(file: &File) -> Value {
    json!({ "url": file.url, "mime_type": file.kind, "size_in_bytes": file.size })
}
