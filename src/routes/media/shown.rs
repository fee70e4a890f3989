//! A file in words: for a page, and for a program.

use super::upload::Upload;
use crate::blog::{self, Media};
use crate::files::Use;
use crate::text::size_in_words;
use rocket::serde::json::{Value, json};
use rusqlite::Connection;

/// The most bytes of a picture that stands for itself in the library.
const LARGEST_PREVIEW: u64 = 500_000;

/// What a program is told about an upload.
pub fn data(upload: &Upload) -> Value {
    let files: Vec<_> =
        upload.kept.iter().map(|media| described(media, upload.alt_of(media))).collect();
    let markdown: Vec<_> =
        upload.kept.iter().map(|media| media.markdown(upload.alt_of(media))).collect();
    match upload.refused.is_empty() {
        true => json!({ "markdown": markdown.join("\n\n"), "files": files }),
        false => json!({ "error": upload.reasons(), "files": files }),
    }
}

/// A file as its page and a program know it.
pub fn entry(media: &Media) -> Value {
    described(media, &media.alt)
}

/// A file as the library shows it.
pub fn card(conn: &Connection, media: &Media, alt: &str) -> blog::Result<Value> {
    let mut card = described(media, alt);
    card["created_at"] = media.created_at.into();
    card["size_in_words"] = size_in_words(media.size).into();
    card["preview"] = preview(conn, media)?.into();
    card["shown"] = match media.kind.used_as() {
        Use::Picture => "picture",
        Use::Audio => "audio",
        Use::Video => "video",
        Use::Download => "download",
    }
    .into();
    Ok(card)
}

fn described(media: &Media, alt: &str) -> Value {
    json!({
        "id": media.digest, "name": media.name, "url": media.url(), "markdown": media.markdown(alt),
        "type": media.kind.mime(), "width": media.dimensions.map(|(width, _)| width),
        "height": media.dimensions.map(|(_, height)| height), "alt": alt, "size": media.size,
    })
}

/// A picture that is quickly there.
fn preview(conn: &Connection, media: &Media) -> blog::Result<Option<String>> {
    if media.kind.used_as() != Use::Picture {
        return Ok(None);
    }
    let narrowest = media.narrower(conn)?.into_iter().next();
    let itself = (media.size <= LARGEST_PREVIEW).then(|| media.url());
    Ok(narrowest.map(|narrowest| narrowest.url()).or(itself))
}
