//! What everybody gets alike goes over the wire small.

use flate2::Compression;
use flate2::write::GzEncoder;
use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::{ContentType, Header, Status};
use rocket::{Request, Response};
use std::io::{Cursor, Write};

/// Compresses with gzip what is public and text. What is somebody's own stays as it is: from the length of a compressed
/// page a stranger on the line could guess what stands in it (the BREACH attack).
pub struct Compressing;

/// Below, the wrapping would be larger than what it saves.
const LEAST: usize = 512;

#[rocket::async_trait]
impl Fairing for Compressing {
    fn info(&self) -> Info {
        Info { name: "Compression", kind: Kind::Response }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        let is_public = response
            .headers()
            .get_one("Cache-Control")
            .is_some_and(|value| value.starts_with("public"));
        if !is_public || !response.content_type().is_some_and(|kind| is_text(&kind)) {
            return;
        }
        let vary = match response.headers().get_one("Vary") {
            Some(vary) => format!("{vary}, Accept-Encoding"),
            None => "Accept-Encoding".to_owned(),
        };
        response.set_header(Header::new("Vary", vary));
        if accepts_gzip(request) && response.status() == Status::Ok {
            compress(response).await;
        }
    }
}

async fn compress(response: &mut Response<'_>) {
    let Ok(body) = response.body_mut().to_bytes().await else {
        response.set_status(Status::InternalServerError);
        return;
    };
    let packed = Some(&body).filter(|body| body.len() >= LEAST).and_then(|body| gzip(body).ok());
    let Some(packed) = packed else {
        response.set_sized_body(body.len(), Cursor::new(body));
        return;
    };
    response.set_header(Header::new("Content-Encoding", "gzip"));
    // Other bytes, another tag (RFC 9110, section 8.8.3).
    if let Some(tag) = response.headers().get_one("ETag").map(str::to_owned) {
        response.set_header(Header::new("ETag", tag.trim_end_matches('"').to_owned() + "-gzip\""));
    }
    response.set_sized_body(packed.len(), Cursor::new(packed));
}

fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::new(6));
    encoder.write_all(bytes)?;
    encoder.finish()
}

fn is_text(kind: &ContentType) -> bool {
    let sub = kind.sub().as_str();
    kind.top() == "text" || ["json", "xml", "javascript"].iter().any(|end| sub.ends_with(end))
}

/// Whether gzip is welcome: named, or meant by `*`, and not refused with `q=0` (RFC 9110, section 12.5.3).
fn accepts_gzip(request: &Request<'_>) -> bool {
    let codings = request.headers().get("Accept-Encoding").flat_map(|value| value.split(','));
    let mut welcome = None;
    for coding in codings {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        let weight = weight.trim().strip_prefix("q=").and_then(|q| q.trim().parse::<f32>().ok());
        let wanted = weight.unwrap_or(1.0) > 0.0;
        match name.trim().to_ascii_lowercase().as_str() {
            "gzip" | "x-gzip" => return wanted,
            "*" => welcome = Some(wanted),
            _ => {}
        }
    }
    welcome.unwrap_or(false)
}
