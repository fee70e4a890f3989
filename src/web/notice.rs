//! A sentence for the next page: what was done, shown once. It travels encrypted, so nobody else can write one.

use rocket::http::{Cookie, CookieJar, SameSite};
use rocket::serde::json;
use serde::{Deserialize, Serialize};

const COOKIE: &str = "notice";

/// What the next page says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Notice {
    /// The sentence.
    pub text: String,
    /// A link to copy, shown this once.
    pub link: Option<String>,
}

/// Leaves a sentence for the next page.
pub fn say(jar: &CookieJar<'_>, text: impl Into<String>) {
    leave(jar, &Notice { text: text.into(), link: None });
}

/// Leaves a sentence and a link for the next page.
pub fn say_with_link(jar: &CookieJar<'_>, text: impl Into<String>, link: String) {
    leave(jar, &Notice { text: text.into(), link: Some(link) });
}

/// Takes what was left for this page.
pub(super) fn take(jar: &CookieJar<'_>) -> Option<Notice> {
    let cookie = jar.get_private(COOKIE)?;
    jar.remove_private(Cookie::build(COOKIE).path("/"));
    json::from_str(cookie.value()).ok()
}

/// Whether something was left for the next page.
pub(super) fn is_left(jar: &CookieJar<'_>) -> bool {
    jar.get(COOKIE).is_some()
}

fn leave(jar: &CookieJar<'_>, notice: &Notice) {
    // A notice of strings cannot fail to be written; if it did, the page would only say less.
    let value = json::to_string(notice).unwrap_or_default();
    let cookie = Cookie::build((COOKIE, value)).path("/").http_only(true).same_site(SameSite::Lax);
    jar.add_private(cookie);
}
