//! An answer as it is kept: ready to be sent in every way that somebody may ask for.

use super::coding::Coding;
use super::status::{self, CACHE_STATUS};
use super::terms::CDN_CACHE_CONTROL;
use crate::edge::metrics::ROUTE;
use crate::edge::{Body, Refusal};
use http_body_util::BodyExt;
use hyper::body::Bytes;
use hyper::header::{
    AGE, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, DATE, ETAG, HeaderName,
    HeaderValue, IF_NONE_MATCH, TRANSFER_ENCODING, VARY,
};
use hyper::http::response::Parts;
use hyper::{HeaderMap, Method, Response, StatusCode};
use rocket::tokio::sync::OnceCell;
use rocket::tokio::task::spawn_blocking;

/// An answer, whole.
pub struct Page {
    status: StatusCode,
    plain: Packed,
    /// Whether it is text, and long enough that packing it is worth the while.
    packs: bool,
    gzip: OnceCell<Option<Packed>>,
    brotli: OnceCell<Option<Packed>>,
}

/// The same, packed for the way.
#[derive(Clone)]
struct Packed {
    headers: HeaderMap,
    body: Bytes,
}

/// Below, the wrapping would be larger than what it saves.
const LEAST: usize = 512;

/// It is compared with what the blog holds whenever somebody asks, and so never older than this (RFC 9111, section 5.1).
const NO_AGE: HeaderValue = HeaderValue::from_static("0");

impl Page {
    /// All of `answer`.
    ///
    /// # Errors
    /// When the rest of it does not come.
    pub async fn read(answer: Response<Body>) -> Result<Page, Refusal> {
        let (head, body) = answer.into_parts();
        let body = body.collect().await.map_err(|_| Refusal::Broken)?;
        Ok(Page::new(head, body.to_bytes()))
    }

    fn new(head: Parts, body: Bytes) -> Page {
        let mut headers = owned(&head.headers);
        for name in [CDN_CACHE_CONTROL, DATE, TRANSFER_ENCODING] {
            headers.remove(name);
        }
        headers.insert(AGE, NO_AGE);
        // As it is most often, so that nothing is added to a copy.
        headers.insert(CACHE_STATUS, status::HIT);
        headers.insert(CONTENT_LENGTH, body.len().into());
        let packs = is_text(&headers);
        if packs {
            vary_by_coding(&mut headers);
        }
        Page {
            status: head.status,
            packs: packs && body.len() >= LEAST,
            plain: Packed { headers, body: Bytes::copy_from_slice(&body) },
            gzip: OnceCell::new(),
            brotli: OnceCell::new(),
        }
    }

    /// So many bytes it takes at most, once it is packed in both ways.
    pub fn weight(&self) -> u64 {
        let headers = 2048;
        2 * (self.plain.body.len() + headers) as u64
    }

    /// The way of sending it that whoever asks so likes best, or that they have it already.
    pub async fn answer(
        &self,
        method: &Method,
        headers: &HeaderMap,
        status: HeaderValue,
    ) -> Response<Body> {
        let packed = self.packed(self.coding(headers)).await;
        self.sent(packed, method, headers, status)
    }

    /// The same, unless it is still to be packed for that.
    pub fn ready(
        &self,
        method: &Method,
        headers: &HeaderMap,
        status: HeaderValue,
    ) -> Option<Response<Body>> {
        let packed = match self.coding(headers) {
            Coding::Identity => &self.plain,
            Coding::Gzip => self.gzip.get()?.as_ref().unwrap_or(&self.plain),
            Coding::Brotli => self.brotli.get()?.as_ref().unwrap_or(&self.plain),
        };
        Some(self.sent(packed, method, headers, status))
    }

    fn coding(&self, headers: &HeaderMap) -> Coding {
        if self.packs { Coding::wanted(headers) } else { Coding::Identity }
    }

    /// The page, packed so; it is packed when somebody asks for that first.
    async fn packed(&self, coding: Coding) -> &Packed {
        let cell = match coding {
            Coding::Identity => return &self.plain,
            Coding::Gzip => &self.gzip,
            Coding::Brotli => &self.brotli,
        };
        let pack = || async {
            let plain = self.plain.clone();
            spawn_blocking(move || plain.packed(coding)).await.ok().flatten()
        };
        cell.get_or_init(pack).await.as_ref().unwrap_or(&self.plain)
    }

    fn sent(
        &self,
        packed: &Packed,
        method: &Method,
        headers: &HeaderMap,
        status: HeaderValue,
    ) -> Response<Body> {
        let tag = self.plain.tag().filter(|_| self.status == StatusCode::OK);
        if let Some(held) = tag.and_then(|tag| held(headers, tag)) {
            return packed.not_modified(held, status);
        }
        let body = if method == Method::HEAD { Bytes::new() } else { packed.body.clone() };
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = self.status;
        *response.headers_mut() = packed.headers.clone();
        if status != status::HIT {
            response.headers_mut().insert(CACHE_STATUS, status);
        }
        response
    }
}

/// The headers by themselves. As they come from a connection they are parts of one buffer, which counts who holds on to
/// it: it would be kept whole, and at each answer two threads would wait for each other to count.
fn owned(headers: &HeaderMap) -> HeaderMap {
    let of = |(name, value): (&HeaderName, &HeaderValue)| {
        let name = HeaderName::from_bytes(name.as_str().as_bytes()).ok()?;
        Some((name, HeaderValue::from_bytes(value.as_bytes()).ok()?))
    };
    let mut owned = HeaderMap::with_capacity(headers.len() + 4);
    for (name, value) in headers.iter().filter_map(of) {
        owned.append(name, value);
    }
    owned
}

impl Packed {
    fn tag(&self) -> Option<&HeaderValue> {
        self.headers.get(ETAG)
    }

    fn packed(mut self, coding: Coding) -> Option<Packed> {
        self.body = coding.pack(&self.body)?;
        self.headers.insert(CONTENT_LENGTH, self.body.len().into());
        self.headers.insert(CONTENT_ENCODING, HeaderValue::from_static(coding.name()?));
        if let Some(tag) = self.tag().and_then(|tag| marked(tag, coding)) {
            self.headers.insert(ETAG, tag);
        }
        Some(self)
    }

    /// RFC 9110, section 15.4.5.
    fn not_modified(&self, held: Option<HeaderValue>, status: HeaderValue) -> Response<Body> {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        response.headers_mut().reserve(8);
        for name in [AGE, CACHE_CONTROL, VARY, ETAG, ROUTE] {
            if let Some(value) = self.headers.get(&name) {
                response.headers_mut().insert(name, value.clone());
            }
        }
        if let Some(held) = held {
            response.headers_mut().insert(ETAG, held);
        }
        response.headers_mut().insert(CACHE_STATUS, status);
        response
    }
}

/// What whoever sent `headers` holds of what `tag` stands for, in whatever way it was packed: its tag, or none where they
/// only say that they hold something; and `None` where they hold nothing of it.
pub fn held(headers: &HeaderMap, tag: &HeaderValue) -> Option<Option<HeaderValue>> {
    let stem = tag.to_str().ok()?.strip_suffix('"')?;
    let values = headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    for held in values.flat_map(|value| value.split(',')).map(str::trim) {
        if held == "*" {
            return Some(None);
        }
        let held = held.trim_start_matches("W/");
        let mark = held.strip_prefix(stem).and_then(|end| end.strip_suffix('"'));
        if mark.is_some_and(|mark| MARKS.contains(&mark)) {
            return Some(HeaderValue::from_str(held).ok());
        }
    }
    None
}

const MARKS: [&str; 3] = ["", "-gzip", "-br"];

fn marked(tag: &HeaderValue, coding: Coding) -> Option<HeaderValue> {
    let stem = tag.to_str().ok()?.strip_suffix('"')?;
    HeaderValue::from_str(&format!("{stem}{}\"", coding.mark())).ok()
}

/// Whether what has these headers is text, which packs well.
pub fn is_text(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.starts_with("text/") || ["json", "xml", "javascript"].iter().any(|end| kind.ends_with(end))
}

fn vary_by_coding(headers: &mut HeaderMap) {
    let vary = match headers.get(VARY).and_then(|vary| vary.to_str().ok()) {
        Some(vary) if vary.to_ascii_lowercase().contains("accept-encoding") => return,
        Some(vary) => HeaderValue::from_str(&format!("{vary}, Accept-Encoding")),
        None => Ok(HeaderValue::from_static("Accept-Encoding")),
    };
    if let Ok(vary) = vary {
        headers.insert(VARY, vary);
    }
}
