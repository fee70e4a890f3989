use super::{View, cover, cover_path};
use crate::blog::Post;
use crate::blog::post::{Kind, Page};
use chrono::DateTime;
use rocket::serde::json::{Value, json};
use serde::Serialize;

/// What a page says of itself to search engines, and to those who show a link to it.
#[derive(Serialize)]
pub struct Meta {
    title: String,
    description: String,
    /// The one address of the page, without the host, as it stands in a link.
    path: String,
    #[serde(rename = "type")]
    kind: &'static str,
    /// The address of a picture of 1200 by 630 pixels, without the host.
    image: Option<String>,
    /// The same in the words of schema.org, as JSON-LD.
    linked_data: Option<String>,
}

impl Meta {
    /// Of the list of all posts.
    pub fn home(view: &View<'_>, page: Page) -> Meta {
        let site = view.site();
        let blog = json!({ "@context": "https://schema.org", "@type": "Blog", "name": site.title,
            "description": site.tagline, "url": view.absolute("/posts"), "inLanguage": site.language });
        let linked_data = (page == Page::FIRST).then(|| blog.to_string());
        let description = site.tagline.clone();
        Meta { description, linked_data, ..Meta::list(&site.title, "/posts", page) }
    }

    /// Of a part of a list at `path`.
    pub fn list(title: &str, path: &str, page: Page) -> Meta {
        let path = super::encoded(path);
        let path = if page == Page::FIRST { path } else { format!("{path}?page={page}") };
        let (title, description) = (title.to_owned(), String::new());
        Meta { title, description, path, kind: "website", image: None, linked_data: None }
    }

    /// Of a post or a page that everybody finds.
    pub fn post(view: &View<'_>, post: &Post) -> Meta {
        let description = match post.summary.is_empty() {
            true => post.excerpt.clone(),
            false => post.summary.clone(),
        };
        let image = cover_path(post, &cover(view.site(), post));
        let linked_data = match post.kind {
            Kind::Post => {
                json!([posting(view, post, &description, &image), breadcrumbs(view, post)])
            }
            Kind::Page => breadcrumbs(view, post),
        };
        let (title, path) = (post.title.clone(), super::encoded(&post.path));
        let (image, linked_data) = (Some(image), Some(linked_data.to_string()));
        Meta { title, description, path, kind: "article", image, linked_data }
    }
}

/// <https://schema.org/BlogPosting>
fn posting(view: &View<'_>, post: &Post, description: &str, image: &str) -> Value {
    let site = view.site();
    let written = |at: i64| {
        let moment = DateTime::from_timestamp(at, 0)?;
        Some(moment.with_timezone(&site.timezone).to_rfc3339())
    };
    let language = if post.language.is_empty() { &site.language } else { &post.language };
    let tags: Vec<_> = post.tags.iter().map(|tag| &tag.name).collect();
    json!({
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "headline": post.title,
        "description": description,
        "url": view.absolute(&post.path),
        "image": view.absolute(image),
        "mainEntityOfPage": view.absolute(&post.path),
        "datePublished": post.published_at.and_then(written),
        "dateModified": post.revised_at.max(post.published_at).and_then(written),
        "author": author(view, post),
        "isPartOf": { "@type": "Blog", "name": site.title, "url": view.absolute("/posts") },
        "inLanguage": language,
        "keywords": tags,
    })
}

/// <https://schema.org/Person>
fn author(view: &View<'_>, post: &Post) -> Option<Value> {
    let mut person = json!({ "@type": "Person", "name": post.byline.as_ref()? });
    // Who only signed the post has no page here.
    if let Some(name) = &post.author {
        person["url"] = view.absolute(&format!("/authors/{name}")).into();
    }
    Some(person)
}

/// <https://schema.org/BreadcrumbList>
fn breadcrumbs(view: &View<'_>, post: &Post) -> Value {
    let steps = [(&view.site().title, "/posts"), (&post.title, post.path.as_str())];
    let steps = steps.iter().enumerate().map(|(n, (name, path))| {
        json!({ "@type": "ListItem", "position": n + 1, "name": name, "item": view.absolute(path) })
    });
    json!({ "@context": "https://schema.org", "@type": "BreadcrumbList",
        "itemListElement": steps.collect::<Vec<_>>() })
}
