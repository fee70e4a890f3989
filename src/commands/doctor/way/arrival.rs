//! What arrives at the blog, and what of its answer arrives at the visitor.

use crate::commands::doctor::finding::Finding;
use crate::web::Seen;
use chrono::DateTime;
use ureq::http::HeaderMap;

/// The blog has to know which host it is asked for: it tells its own forms from those of other sites by that.
pub fn host(url: &str, seen: &Seen) -> Finding {
    let asked = url.split_once("://").map_or(url, |(_, host)| host);
    let arrived = seen.host.as_deref().unwrap_or("none");
    if arrived.eq_ignore_ascii_case(asked) {
        return Finding::ok(format!("The host arrives: {arrived}."));
    }
    let variable = if asked.contains(':') { "$http_host" } else { "$host" };
    Finding::problem(format!(
        "Visitors ask for {asked}, the blog is asked for {arrived}, and refuses their forms. In nginx: \
         `proxy_set_header Host {variable};`. In Caddy: take `header_up Host …` out of `reverse_proxy`."
    ))
}

/// The blog has to know whether others can listen: its cookies and links depend on it.
pub fn scheme(url: &str, seen: &Seen) -> Finding {
    match (url.starts_with("https://"), seen.https) {
        (true, true) => Finding::ok("The blog knows that visitors come over HTTPS."),
        (true, false) => Finding::problem(format!(
            "Visitors come over HTTPS, and the blog does not know: its cookies could be sent in the clear, its feeds lead to \
             the wrong place. Start it with `ROCKET_BASE_URL={url}`; a proxy that it trusts \
             may say so as well, in nginx with `proxy_set_header X-Forwarded-Proto $scheme;`, in Caddy by itself."
        )),
        (false, true) => Finding::problem(format!(
            "The blog is meant for HTTPS, and {url} answers in the clear, so nobody can sign in there. In nginx, in the \
             `server` for port 80: `return 301 https://$host$request_uri;`. Caddy does it by itself when the site has a name \
             without `http://`."
        )),
        (false, false) => {
            Finding::note("Visitors come in the clear; whoever is on the way can read passwords.")
        }
    }
}

/// The clock of whatever answered.
pub fn clock(headers: &HeaderMap, now: i64) -> Option<Finding> {
    let date = headers.get("date")?.to_str().ok()?;
    let drift = now - DateTime::parse_from_rfc2822(date).ok()?.timestamp();
    Some(match drift.abs() {
        ..=60 => Finding::ok("The clock there and the clock here agree."),
        seconds => Finding::problem(format!(
            "The clock there and the clock here differ by {seconds} seconds. Set whichever is wrong, as with \
             `timedatectl set-ntp true`."
        )),
    })
}

/// The rules for browsers must arrive once: twice they are two rules, and never they are none.
pub fn policy(headers: &HeaderMap) -> Option<Finding> {
    let told = headers.get_all("content-security-policy").iter().count();
    match told {
        0 => Some(Finding::problem(
            "The Content-Security-Policy of the blog does not arrive. In nginx take out \
             `proxy_hide_header Content-Security-Policy;`, in Caddy `header -Content-Security-Policy`.",
        )),
        1 => None,
        _ => Some(Finding::problem(
            "Two rules of Content-Security-Policy arrive, and pages may break on the second. In nginx take out \
             `add_header Content-Security-Policy …;`, in Caddy `header Content-Security-Policy …`.",
        )),
    }
}
