//! A sentence for the next page: what was done, shown once. It travels encrypted, so nobody else can write one.

use super::Https;
use super::cookies::NOTICE;
use rocket::Request;
use rocket::http::{Cookie, CookieJar, SameSite};
use rocket::request::{FromRequest, Outcome};
use rocket::serde::json;
use serde::{Deserialize, Serialize};
use std::convert::Infallible;

/// What the next page says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Notice {
    /// The sentence.
    pub text: String,
    /// A link to copy, shown this once.
    pub link: Option<String>,
}

/// Where sentences are left for the next page.
pub struct Notices<'r> {
    jar: &'r CookieJar<'r>,
    secure: bool,
}

impl Notices<'_> {
    /// Leaves a sentence.
    pub fn say(&self, text: impl Into<String>) {
        self.leave(&Notice { text: text.into(), link: None });
    }

    /// Leaves a sentence and a link.
    pub fn say_with_link(&self, text: impl Into<String>, link: String) {
        self.leave(&Notice { text: text.into(), link: Some(link) });
    }

    fn leave(&self, notice: &Notice) {
        // A notice of strings cannot fail to be written; if it did, the page would only say less.
        let value = json::to_string(notice).unwrap_or_default();
        let cookie = Cookie::build((NOTICE, value)).path("/").http_only(true);
        self.jar.add_private(cookie.same_site(SameSite::Lax).secure(self.secure));
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Notices<'r> {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Notices<'r>, Infallible> {
        Outcome::Success(Notices { jar: request.cookies(), secure: Https::of(request).0 })
    }
}

/// Takes what was left for this page.
pub(super) fn take(jar: &CookieJar<'_>) -> Option<Notice> {
    let cookie = jar.get_private(NOTICE)?;
    jar.remove_private(Cookie::build(NOTICE).path("/"));
    json::from_str(cookie.value()).ok()
}

/// Whether something was left for the next page.
pub(super) fn is_left(jar: &CookieJar<'_>) -> bool {
    jar.get(NOTICE).is_some()
}
