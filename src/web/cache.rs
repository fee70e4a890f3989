//! What may be kept by browsers and by caches on the way, and how they ask again.

use super::{notice, visit::Visit};
use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::{Header, Method, Status};
use rocket::response::Responder;
use rocket::{Request, Response};
use sha2::{Digest, Sha256};

/// Something that everybody gets alike: caches may keep it as long as they ask each time whether it still holds.
/// For a visitor with a session it is personal all the same, because the frame is.
pub struct Public<T>(pub T);

/// Fresh for nobody without asking; the answer to that is short.
const SHARED: &str = "public, no-cache";
const PERSONAL: &str = "private, no-store";

impl<'r, 'o: 'r, T: Responder<'r, 'o>> Responder<'r, 'o> for Public<T> {
    fn respond_to(self, request: &'r Request<'_>) -> rocket::response::Result<'o> {
        let personal = Visit::presented(request).is_some() || notice::is_left(request.cookies());
        let mut response = self.0.respond_to(request)?;
        response.set_header(Header::new("Cache-Control", if personal { PERSONAL } else { SHARED }));
        response.set_header(Header::new("Vary", "Cookie"));
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
            }
            Some(SHARED) if request.method() == Method::Get && response.status() == Status::Ok => {
                tag(request, response).await;
            }
            Some(_) => {}
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
    // The same, compressed, has the same tag but for its end.
    let plain = |held: &str| held.trim().trim_start_matches("W/").replace("-gzip\"", "\"");
    held.map(plain).any(|held| held == tag || held == "*")
}
