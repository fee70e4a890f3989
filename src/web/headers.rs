//! What every answer promises a browser.

use super::Https;
use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::Header;
use rocket::{Request, Response};

/// Adds the headers that keep pages safe, errors and files included.
pub struct Safety;

/// Everything from this site and nothing from any other; nothing inline. No script may make a page of a text, except
/// the editor of its preview, which the server has cleaned (Trusted Types).
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
    media-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; \
    base-uri 'none'; object-src 'none'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'; trusted-types monograph-preview";

const HEADERS: [(&str, &str); 7] = [
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    // Not `no-referrer`: with it browsers send `Origin: null` from our own forms.
    ("Referrer-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
];

#[rocket::async_trait]
impl Fairing for Safety {
    fn info(&self) -> Info {
        Info { name: "Safety headers", kind: Kind::Response }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        // The address may hold a token; even our own files need not be told.
        if request.uri().query().is_some() && !response.headers().contains("Referrer-Policy") {
            response.set_header(Header::new("Referrer-Policy", "origin"));
        }
        for (name, value) in HEADERS {
            if !response.headers().contains(name) {
                response.set_header(Header::new(name, value));
            }
        }
        if Https::of(request).0 {
            response.set_header(Header::new("Strict-Transport-Security", "max-age=31536000"));
        }
    }
}
