//! Whether an answer may be kept, and for how long: <https://www.rfc-editor.org/rfc/rfc9111#section-3>.

use hyper::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_RANGE, HeaderName, SET_COOKIE, VARY, WWW_AUTHENTICATE,
};
use hyper::{HeaderMap, StatusCode};
use std::time::Duration;

/// What is said to caches run for the site, before what is said to all: RFC 9213.
pub const CDN_CACHE_CONTROL: HeaderName = HeaderName::from_static("cdn-cache-control");

/// On what terms an answer may be kept for everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// How long it may be shown without asking again.
    pub lasts: Duration,
    /// Whether somebody whom we know by a cookie may get another answer.
    pub by_cookie: bool,
}

/// What is kept: pages, and ways to where they are now. Errors are not: the next of those who make up addresses asks for
/// another one.
const KEPT: [StatusCode; 6] = [
    StatusCode::OK,
    StatusCode::MOVED_PERMANENTLY,
    StatusCode::SEE_OTHER,
    StatusCode::TEMPORARY_REDIRECT,
    StatusCode::PERMANENT_REDIRECT,
    StatusCode::GONE,
];

impl Terms {
    /// The terms of an answer to somebody without a cookie; `None` where it may not be kept.
    pub fn read(status: StatusCode, headers: &HeaderMap) -> Option<Terms> {
        let personal = [SET_COOKIE, WWW_AUTHENTICATE, CONTENT_RANGE, CONTENT_ENCODING];
        if !KEPT.contains(&status) || personal.iter().any(|name| headers.contains_key(name)) {
            return None;
        }
        let lasts = match headers.contains_key(CDN_CACHE_CONTROL) {
            true => lifetime(headers, &CDN_CACHE_CONTROL),
            false => lifetime(headers, &CACHE_CONTROL),
        };
        let lasts = lasts.filter(|lasts| is_public(headers) && !lasts.is_zero())?;
        Some(Terms { lasts, by_cookie: varies_by_cookie(headers)? })
    }
}

/// Whether an answer is declared to be the same for everybody.
pub fn is_public(headers: &HeaderMap) -> bool {
    let mut directives = directives(headers, &CACHE_CONTROL);
    let is = |directive: &str, name: &str| directive.eq_ignore_ascii_case(name);
    let mut public = false;
    directives.all(|directive| {
        public |= is(directive, "public");
        !is(directive, "private") && !is(directive, "no-store")
    }) && public
}

/// How long it is fresh in a cache for many, if it may be kept there at all.
fn lifetime(headers: &HeaderMap, name: &HeaderName) -> Option<Duration> {
    let (mut shared, mut any) = (None, None);
    for directive in directives(headers, name) {
        let (word, value) = directive.split_once('=').unwrap_or((directive, ""));
        let seconds = value.trim_matches('"').parse().map(Duration::from_secs);
        match word.to_ascii_lowercase().as_str() {
            "no-store" | "private" | "no-cache" => return None,
            // What makes no sense is taken for as little as possible.
            "s-maxage" => shared = Some(seconds.unwrap_or_default()),
            "max-age" => any = Some(seconds.unwrap_or_default()),
            _ => {}
        }
    }
    shared.or(any)
}

fn directives<'h>(headers: &'h HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'h str> {
    let values = headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
    values
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .filter(|directive| !directive.is_empty())
}

/// Whether `Vary` names the cookie; `None` where it names what pages are not kept apart by. How an answer is packed is
/// our own doing.
fn varies_by_cookie(headers: &HeaderMap) -> Option<bool> {
    let mut by_cookie = false;
    for name in directives(headers, &VARY) {
        match name.to_ascii_lowercase().as_str() {
            "cookie" => by_cookie = true,
            "accept-encoding" => {}
            _ => return None,
        }
    }
    Some(by_cookie)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(status: u16, headers: &[(&'static str, &'static str)]) -> Option<(u64, bool)> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, value.parse().unwrap());
        }
        let terms = Terms::read(StatusCode::from_u16(status).unwrap(), &map)?;
        Some((terms.lasts.as_secs(), terms.by_cookie))
    }

    #[test]
    fn what_is_declared_public_is_kept_as_long_as_it_says() {
        for (headers, kept) in [
            (&[("cache-control", "public, max-age=60")][..], Some((60, false))),
            (&[("cache-control", "public, max-age=60, s-maxage=5")], Some((5, false))),
            (&[("cache-control", "Public"), ("cache-control", "Max-Age=\"7\"")], Some((7, false))),
            (
                &[
                    ("cache-control", "public, no-cache"),
                    ("cdn-cache-control", "max-age=9"),
                    ("vary", "Cookie"),
                ],
                Some((9, true)),
            ),
            (
                &[("cache-control", "public, max-age=9"), ("vary", "accept-encoding, COOKIE")],
                Some((9, true)),
            ),
        ] {
            assert_eq!(terms(200, headers), kept, "{headers:?}");
            assert_eq!(terms(301, headers), kept, "{headers:?}");
            assert_eq!(terms(404, headers), None);
            assert_eq!(terms(500, headers), None);
            assert_eq!(terms(206, headers), None);
        }
    }

    #[test]
    fn everything_else_is_not_kept() {
        let public = ("cache-control", "public, max-age=60");
        for headers in [
            &[][..],
            &[("cache-control", "max-age=60")],
            &[("cache-control", "public")],
            &[("cache-control", "public, max-age=0")],
            &[("cache-control", "public, max-age=x")],
            &[("cache-control", "public, no-cache, max-age=60")],
            &[("cache-control", "private, no-store")],
            &[("cache-control", "private, no-store"), ("cdn-cache-control", "max-age=60")],
            &[public, ("cache-control", "private")],
            &[public, ("cdn-cache-control", "no-store")],
            &[public, ("cdn-cache-control", "no-cache")],
            &[public, ("set-cookie", "a=b")],
            &[public, ("vary", "*")],
            &[public, ("vary", "Cookie, Accept-Language")],
            &[public, ("content-encoding", "gzip")],
            &[public, ("content-range", "bytes 0-1/2")],
        ] {
            assert_eq!(terms(200, headers), None, "{headers:?}");
        }
    }
}
