use super::range::Span;
use crate::blog::Media;
use crate::files::{Kind, Use};
use crate::web::{Store, cache};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use rocket::Request;
use rocket::http::{Header, Status};
use rocket::response::stream::ReaderStream;
use rocket::response::{Responder, Response};
use rocket::tokio::io::AsyncRead;
use std::io::Cursor;

/// A file on its way to a reader: all of it or a part, read from the database as fast as it is taken.
pub struct Sent(pub Media);

impl<'r> Responder<'r, 'r> for Sent {
    fn respond_to(self, request: &'r Request<'_>) -> rocket::response::Result<'r> {
        let Sent(media) = self;
        let tag = format!("\"{}\"", media.digest);
        let mut response = Response::new();
        describe(&mut response, &media);
        response.set_header(Header::new("ETag", tag.clone()));
        if cache::matches(request, &tag) {
            response.set_status(Status::NotModified);
            return Ok(response);
        }
        let header = |name| request.headers().get_one(name);
        // Of another version no part is sent.
        let range = header("Range").filter(|_| header("If-Range").is_none_or(|held| held == tag));
        let (first, last) = match range.map_or(Span::Whole, |range| Span::parse(range, media.size))
        {
            Span::Whole => (0, media.size - 1),
            Span::Part(first, last) => {
                response.set_status(Status::PartialContent);
                response.set_header(Header::new(
                    "Content-Range",
                    format!("bytes {first}-{last}/{}", media.size),
                ));
                (first, last)
            }
            Span::Outside => {
                response.set_status(Status::RangeNotSatisfiable);
                response
                    .set_header(Header::new("Content-Range", format!("bytes */{}", media.size)));
                return Ok(response);
            }
        };
        response.set_header(Header::new("Content-Length", (last - first + 1).to_string()));
        let store: &Store = request.rocket().state().expect("the store is managed");
        response.set_streamed_body(content(store, media, first, last));
        response.set_max_chunk_size(64 * 1024);
        Ok(response)
    }
}

/// What stands in every answer about a file.
fn describe(response: &mut Response<'_>, media: &Media) {
    let kind = match media.kind {
        Kind::Text => "text/plain; charset=utf-8",
        other => other.mime(),
    };
    response.set_header(Header::new("Content-Type", kind));
    response.set_header(Header::new("Cache-Control", "public, max-age=31536000, immutable"));
    response.set_header(Header::new("Accept-Ranges", "bytes"));
    // Feed readers show pictures on pages of their own.
    response.set_header(Header::new("Cross-Origin-Resource-Policy", "cross-origin"));
    if media.kind.used_as() == Use::Download {
        // RFC 6266; whatever a name holds, it is encoded.
        let name = utf8_percent_encode(&media.name, NON_ALPHANUMERIC);
        let disposition = format!("attachment; filename*=UTF-8''{name}");
        response.set_header(Header::new("Content-Disposition", disposition));
        response.set_header(Header::new("Content-Security-Policy", "sandbox; default-src 'none'"));
    }
}

/// The bytes from `first` to `last`. Each part is a read of its own, so that a slow reader keeps nobody waiting.
fn content(store: &Store, media: Media, first: u64, last: u64) -> impl AsyncRead + Send + '_ {
    let size = Media::CHUNK as u64;
    ReaderStream! {
        for n in first / size..=last / size {
            let mut chunk = match store.read(|conn| media.chunk(conn, n)).await {
                Ok(chunk) => chunk,
                Err(error) => {
                    // The answer ends too early, and whoever gets it notices that by its length.
                    log::error!("sending {}: {error}", media.digest);
                    break;
                }
            };
            chunk.truncate((last + 1 - n * size).min(size) as usize);
            let mut chunk = Cursor::new(chunk);
            chunk.set_position(first.saturating_sub(n * size));
            yield chunk;
        }
    }
}
