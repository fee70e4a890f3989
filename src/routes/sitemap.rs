//! What search engines ask for.

use crate::blog::sitemap::{Part, Place};
use crate::blog::{AiCrawlers, Error};
use crate::web::{Public, PublicUrl, Result, Store, View, Visit, encoded, now};
use rocket::http::ContentType;
use rocket::serde::json::{Value, json};
use rocket::{Route, State, get, routes};
use rocket_dyn_templates::Template;

/// Programs that collect texts to train on, by the names they give themselves.
const AI_CRAWLERS: [&str; 18] = [
    "AI2Bot",
    "Amazonbot",
    "anthropic-ai",
    "Applebot-Extended",
    "Bytespider",
    "CCBot",
    "ClaudeBot",
    "cohere-ai",
    "Diffbot",
    "FacebookBot",
    "Google-Extended",
    "GPTBot",
    "img2dataset",
    "Meta-ExternalAgent",
    "omgili",
    "Omgilibot",
    "PerplexityBot",
    "Timpibot",
];
/// Where no crawler finds anything for its users.
const PRIVATE: [&str; 7] =
    ["/account", "/admin", "/auth/", "/posts/new", "/search", "/shared", "/users/"];

/// So many parts are still one sitemap, together with the lists.
const AT_ONCE: usize = 2;

type Drawn = Public<(ContentType, Template)>;

#[get("/sitemap.xml")]
async fn whole(store: &State<Store>, view: View<'_>) -> Result<Drawn> {
    let parts = store.read(Part::all).await?;
    if parts.len() > AT_ONCE {
        return Ok(drawn(&view, "sitemap/index.xml", json!({ "parts": parts })));
    }
    let places = store.read(|conn| {
        let mut places = Place::lists(conn, now())?;
        for part in parts {
            places.extend(part.places(conn, now())?);
        }
        Ok::<_, Error>(places)
    });
    Ok(listed(&view, &places.await?))
}

/// The lists, where there are too many posts for one sitemap.
#[get("/sitemaps/lists.xml")]
async fn lists(store: &State<Store>, view: View<'_>) -> Result<Drawn> {
    let places = store.read(|conn| Place::lists(conn, now())).await?;
    Ok(listed(&view, &places))
}

#[get("/sitemaps/<name>")]
async fn part(name: &str, store: &State<Store>, view: View<'_>) -> Result<Drawn> {
    let number = name.strip_suffix(".xml").and_then(|number| number.parse().ok());
    let part = Part(number.filter(|number| *number >= 0).ok_or(Error::NotFound)?);
    let places = store.read(|conn| part.places(conn, now())).await?;
    match places.is_empty() {
        true => Err(Error::NotFound.into()),
        false => Ok(listed(&view, &places)),
    }
}

fn listed(view: &View<'_>, places: &[Place]) -> Drawn {
    let places: Vec<Value> = places
        .iter()
        .map(|place| json!({ "path": encoded(&place.path), "changed": place.changed }))
        .collect();
    drawn(view, "sitemap/part.xml", json!({ "places": places }))
}

fn drawn(view: &View<'_>, template: &'static str, content: Value) -> Drawn {
    let kind = ContentType::XML.with_params(("charset", "utf-8"));
    Public((kind, view.page(template, content)))
}

#[get("/robots.txt")]
fn robots(visit: &Visit, url: PublicUrl) -> Public<String> {
    let mut text = "User-agent: *\n".to_owned();
    PRIVATE.iter().for_each(|path| text.extend(["Disallow: ", path, "\n"]));
    if visit.site.ai_crawlers == AiCrawlers::Disallow {
        text.push('\n');
        AI_CRAWLERS.iter().for_each(|name| text.extend(["User-agent: ", name, "\n"]));
        text.push_str("Disallow: /\n");
    }
    text.extend(["\nSitemap: ", &url.0, "/sitemap.xml\n"]);
    Public(text)
}

/// Where crawlers look.
pub fn routes() -> Vec<Route> {
    routes![whole, lists, part, robots]
}
