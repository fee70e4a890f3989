//! What may be kept by browsers and by caches on the way, and how they ask again.

use super::{notice, visit::Visit};
use crate::settings::Settings;
use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::{Header, Method, Status};
use rocket::response::Responder;
use rocket::{Request, Response, Route};
use sha2::{Digest, Sha256};

/// Something that everybody gets alike. For a visitor with a session it is personal all the same, because the frame is.
pub struct Public<T>(pub T);

/// A browser asks each time whether what it has still holds, and the answer to that is short. A cache for many may
/// answer for a second by itself: so much is saved by that where many come, and nobody waits for news.
const SHARED: &str = "public, max-age=0, s-maxage=1";
/// To our own cache alone, which forgets everything as soon as something changes (RFC 9213).
const UNTIL_CHANGED: &str = "max-age=86400";
/// The files of a theme change without a word.
const WITH_A_THEME: &str = "max-age=1";
const PERSONAL: &str = "private, no-store";

impl<'r, 'o: 'r, T: Responder<'r, 'o>> Responder<'r, 'o> for Public<T> {
    fn respond_to(self, request: &'r Request<'_>) -> rocket::response::Result<'o> {
        let personal = Visit::presented(request).is_some() || notice::is_left(request.cookies());
        let mut response = self.0.respond_to(request)?;
        response.set_header(Header::new("Vary", "Cookie"));
        response.set_header(Header::new("Cache-Control", if personal { PERSONAL } else { SHARED }));
        if !personal {
            let settings: &Settings = request.rocket().state().expect("the settings are managed");
            let lasts = if settings.theme.is_some() { WITH_A_THEME } else { UNTIL_CHANGED };
            response.set_header(Header::new("CDN-Cache-Control", lasts));
        }
        Ok(response)
    }
}

/// Marks what is public with an `ETag`, answers 304 to whoever has it (RFC 9110, section 13.1.2),
/// and keeps everything else out of caches.
pub struct Caching;

#[rocket::async_trait]
impl Fairing for Caching {
    fn info(&self) -> Info {
        Info { name: "Caching", kind: Kind::Response }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        match response.headers().get_one("Cache-Control") {
            None => {
                response.set_header(Header::new("Cache-Control", PERSONAL));
                return;
            }
            Some(SHARED) if request.method() == Method::Get && response.status() == Status::Ok => {
                tag(request, response).await;
            }
            Some(PERSONAL) => return,
            Some(_) => {}
        }
        if let Some(counting) = request.route().and_then(counting) {
            response.set_header(Header::new("No-Vary-Search", counting));
        }
    }
}

async fn tag<'r>(request: &'r Request<'_>, response: &mut Response<'r>) {
    let Ok(body) = response.body_mut().to_bytes().await else {
        response.set_status(Status::InternalServerError);
        return;
    };
    let digest = Sha256::digest(&body);
    let tag: String = digest[..12].iter().map(|byte| format!("{byte:02x}")).collect();
    let tag = format!("\"{tag}\"");
    let holds = matches(request, &tag);
    response.set_header(Header::new("ETag", tag));
    match holds {
        true => response.set_status(Status::NotModified),
        false => response.set_sized_body(body.len(), std::io::Cursor::new(body)),
    }
}

/// Whether the request says that its sender has what `tag` stands for.
pub fn matches(request: &Request<'_>, tag: &str) -> bool {
    let held = request.headers().get("If-None-Match").flat_map(|value| value.split(','));
    held.map(|held| held.trim().trim_start_matches("W/")).any(|held| held == tag || held == "*")
}

/// Which parameters of its address make a difference to a route: those that it declares, as in `/posts?<page>`.
fn counting(route: &Route) -> Option<String> {
    let declared = route.uri.query().unwrap_or_default();
    let mut names = Vec::new();
    for part in declared.split('&').filter(|part| !part.is_empty()) {
        let name = part.split('=').next().unwrap_or_default().trim_matches(['<', '>']);
        if name.ends_with("..") {
            return None;
        }
        names.push(format!("\"{name}\""));
    }
    match names.is_empty() {
        true => Some("params".to_owned()),
        false => Some(format!("params, except=({})", names.join(" "))),
    }
}
