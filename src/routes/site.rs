//! The site as a whole: its own style sheet, what crawlers and monitors ask for.

use crate::blog::{AiCrawlers, Error, User};
use crate::web::{Public, Store, Visit};
use rocket::http::{ContentType, Status};
use rocket::{Route, State, get, routes};

/// Programs that collect texts to train on, by the names they give themselves.
const AI_CRAWLERS: &[&str] = &[
    "AI2Bot",
    "Amazonbot",
    "Applebot-Extended",
    "Bytespider",
    "CCBot",
    "ClaudeBot",
    "Diffbot",
    "FacebookBot",
    "Google-Extended",
    "GPTBot",
    "Meta-ExternalAgent",
    "omgili",
    "PerplexityBot",
    "Timpibot",
];

#[get("/custom.css")]
fn custom_css(visit: &Visit) -> Public<(ContentType, String)> {
    Public((ContentType::CSS, visit.site.style_sheet.clone()))
}

#[get("/robots.txt")]
fn robots(visit: &Visit) -> Public<String> {
    let mut text =
        "User-agent: *\nDisallow: /admin\nDisallow: /account\nDisallow: /auth/\n".to_owned();
    if visit.site.ai_crawlers == AiCrawlers::Disallow {
        text.push('\n');
        AI_CRAWLERS.iter().for_each(|name| text.extend(["User-agent: ", name, "\n"]));
        text.push_str("Disallow: /\n");
    }
    Public(text)
}

/// Whether the blog is well: whether its database answers.
#[get("/healthz")]
async fn health(store: &State<Store>) -> Result<&'static str, (Status, &'static str)> {
    match store.read(User::any).await {
        Ok(_) => Ok("ok"),
        Err(Error::Storage(cause)) => {
            log::error!("the database does not answer: {cause}");
            Err((Status::ServiceUnavailable, "the database does not answer"))
        }
        Err(_) => Err((Status::ServiceUnavailable, "the database gives no sense")),
    }
}

/// Where the site presents itself.
pub fn routes() -> Vec<Route> {
    routes![custom_css, robots, health]
}
