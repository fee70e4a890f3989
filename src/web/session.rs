use super::cookies::{SECURE_SESSION, SESSION};
use super::{Https, Visit};
use crate::blog::{Digest, Token};
use rocket::Request;
use rocket::http::{Cookie, CookieJar, SameSite};
use rocket::time::{Duration, OffsetDateTime};

/// The longest that a session lasts; that it ended earlier is known on the server.
const LONGEST: Duration = Duration::days(90);

/// Hands the browser its token.
pub fn sign_in(jar: &CookieJar<'_>, https: Https, token: &Token) {
    let cookie = cookie(https, token.to_string())
        .max_age(LONGEST)
        .expires(OffsetDateTime::now_utc() + LONGEST);
    jar.add_private(cookie);
}

/// Takes the token from the browser.
pub fn sign_out(jar: &CookieJar<'_>, https: Https) {
    jar.remove_private(cookie(https, String::new()));
}

impl Visit {
    /// The digest of the token that the request carries. One that we did not encrypt is as good as none.
    pub(super) fn presented(request: &Request<'_>) -> Option<Digest> {
        let cookie = request.cookies().get_private(name(Https::of(request)))?;
        Token::digest_of(cookie.value())
    }
}

fn cookie(https: Https, value: String) -> rocket::http::private::cookie::CookieBuilder<'static> {
    Cookie::build((name(https), value))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(https.0)
}

fn name(https: Https) -> &'static str {
    if https.0 { SECURE_SESSION } else { SESSION }
}
