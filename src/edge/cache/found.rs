use super::page::{self, Page};
use super::status::CACHE_STATUS;
use super::terms::{self, CDN_CACHE_CONTROL};
use crate::edge::{Body, Refusal};
use hyper::body::Body as HttpBody;
use hyper::header::{
    CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, HeaderValue, TRANSFER_ENCODING,
};
use hyper::http::request::Parts;
use hyper::{Method, Response, StatusCode};
use std::sync::Arc;

/// The most bytes that an answer may have to be taken in whole. What is longer is passed on as it comes.
pub const WHOLE: u64 = 1 << 20;

/// What came of asking the site, and how it came.
pub enum Found {
    /// All of it.
    Page(Arc<Page>, HeaderValue),
    /// As it comes.
    Answer(Box<Response<Body>>, HeaderValue),
}

impl Found {
    /// An answer that is not kept; all of it where it is to be packed for the way.
    pub async fn of(
        answer: Response<Body>,
        asked: &Parts,
        status: HeaderValue,
    ) -> Result<Found, Refusal> {
        // What is somebody's own stays as it is: from the length of a packed page a stranger on the line could guess
        // what stands in it (the BREACH attack).
        let packs = asked.method == Method::GET
            && answer.status() == StatusCode::OK
            && terms::is_public(answer.headers())
            && page::is_text(answer.headers())
            && !answer.headers().contains_key(CONTENT_ENCODING)
            && length(&answer).is_some_and(|length| length <= WHOLE);
        match packs {
            true => Ok(Found::Page(Arc::new(Page::read(answer).await?), status)),
            false => Ok(Found::Answer(Box::new(answer), status)),
        }
    }

    /// What is sent to `asked`.
    pub async fn answer(self, asked: &Parts) -> Response<Body> {
        match self {
            Found::Page(page, status) => page.answer(&asked.method, &asked.headers, status).await,
            Found::Answer(answer, status) => for_one(marked(*answer, status), asked),
        }
    }
}

/// How many bytes it has, if it says so.
pub fn length(answer: &Response<Body>) -> Option<u64> {
    answer.body().size_hint().exact()
}

/// The answer with what the cache did about it, and without what was said to the cache alone.
pub fn marked(mut answer: Response<Body>, status: HeaderValue) -> Response<Body> {
    answer.headers_mut().remove(CDN_CACHE_CONTROL);
    answer.headers_mut().insert(CACHE_STATUS, status);
    answer
}

/// The answer to who has it already, or wants to know only that it is there.
fn for_one(mut answer: Response<Body>, asked: &Parts) -> Response<Body> {
    let tag = answer.headers().get(ETAG).filter(|_| answer.status() == StatusCode::OK);
    if tag.is_some_and(|tag| page::held(&asked.headers, tag).is_some()) {
        *answer.status_mut() = StatusCode::NOT_MODIFIED;
        *answer.body_mut() = Body::empty();
        for name in [CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING] {
            answer.headers_mut().remove(name);
        }
    } else if asked.method == Method::HEAD
        && let Some(length) = length(&answer).filter(|length| *length > 0)
    {
        answer.headers_mut().insert(CONTENT_LENGTH, length.into());
        *answer.body_mut() = Body::empty();
    } else if asked.method == Method::HEAD {
        *answer.body_mut() = Body::empty();
    }
    answer
}
