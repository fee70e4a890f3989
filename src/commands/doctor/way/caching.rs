//! What is kept on the way.

use super::visitor::Visitor;
use crate::commands::doctor::finding::Finding;
use crate::web::Seen;
use ureq::http::HeaderMap;

/// What is one visitor's must be kept by nobody, and what a browser has need not be sent again.
pub fn look(visitor: &Visitor, seen: &Seen, headers: &HeaderMap) -> Finding {
    let again = visitor.seen(&[]);
    if again.is_some_and(|again| again.number == seen.number) {
        return Finding::problem(
            "An answer that is one visitor's was given to the next: a cache on the way keeps what it must not. In nginx take \
             `Cache-Control` out of `proxy_ignore_headers`, and `proxy_cache_valid any …;` away; in a CDN turn off “cache \
             everything”.",
        );
    }
    let control = headers.get("cache-control").and_then(|value| value.to_str().ok());
    if control.is_none_or(|control| !control.contains("no-store")) {
        return Finding::problem(format!(
            "The blog says `no-store` of what is one visitor's, and {} arrives. In nginx take out `expires …;` and \
             `add_header Cache-Control …;`, in Caddy `header Cache-Control …`.",
            control.map_or("nothing".to_owned(), |control| format!("`{control}`"))
        ));
    }
    match asks_again(visitor) {
        Some(304) => Finding::ok(
            "What must not be kept on the way is not, and what a browser has is not sent again.",
        ),
        _ => Finding::note(
            "What must not be kept on the way is not. But every page is sent in full each time: the proxy drops `ETag` or \
             `If-None-Match`. In nginx take out `proxy_hide_header ETag;` and `etag off;`.",
        ),
    }
}

/// The status that somebody gets who has the list of posts already.
fn asks_again(visitor: &Visitor) -> Option<u16> {
    let page = visitor.read("/posts", None)?;
    let tag = page.headers().get("etag")?.to_str().ok()?.to_owned();
    Some(visitor.read("/posts", Some(&tag))?.status().as_u16())
}
