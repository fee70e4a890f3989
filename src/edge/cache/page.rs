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
use rocket::tokio::sync::{OnceCell, Semaphore};
use rocket::tokio::task::spawn_blocking;

/// An answer, whole.
pub struct Page {
    plain: Packed,
    /// Whether it is text, and long enough that packing it is worth the while.
    packs: bool,
    gzip: OnceCell<Option<Packed>>,
    brotli: OnceCell<Option<Packed>>,
}

/// The same, packed for the way.
#[derive(Clone)]
struct Packed {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    /// The head that goes before it in HTTP/1.1, and the one for those who have it already.
    heads: [Bytes; 2],
}

/// A page as it goes over the line in HTTP/1.1, but for the date and the end of the head.
pub struct Spelled<'p> {
    pub status: StatusCode,
    /// Which of the blog's routes has made it, as the blog says.
    pub route: Option<&'p HeaderValue>,
    pub head: &'p [u8],
    pub body: &'p [u8],
}

/// Who packs takes megabytes while at it.
static PACKERS: Semaphore = Semaphore::const_new(2);

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
            packs: packs && body.len() >= LEAST,
            plain: Packed::new(head.status, headers, Bytes::copy_from_slice(&body)),
            gzip: OnceCell::new(),
            brotli: OnceCell::new(),
        }
    }

    /// So many bytes it takes at most, once it is packed in both ways.
    pub fn weight(&self) -> u64 {
        let headers = 4096;
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
        Some(self.sent(self.packed_before(headers)?, method, headers, status))
    }

    /// What goes over the line in HTTP/1.1, unless something is still to be done for that.
    pub fn spelled(&self, method: &Method, headers: &HeaderMap) -> Option<Spelled<'_>> {
        let packed = self.packed_before(headers)?;
        let [head, unchanged] = &packed.heads;
        let (status, head, body): (_, _, &[u8]) = match self.held(headers) {
            None if method == Method::HEAD => (packed.status, head, &[]),
            None => (packed.status, head, &packed.body),
            // That they hold it packed in another way has to be said in another way.
            Some(held) if held.is_some() && held.as_ref() != packed.tag() => return None,
            Some(_) => (StatusCode::NOT_MODIFIED, unchanged, &[]),
        };
        Some(Spelled { status, route: packed.headers.get(ROUTE), head, body })
    }

    fn packed_before(&self, headers: &HeaderMap) -> Option<&Packed> {
        let packed = match self.coding(headers) {
            Coding::Identity => return Some(&self.plain),
            Coding::Gzip => self.gzip.get()?,
            Coding::Brotli => self.brotli.get()?,
        };
        Some(packed.as_ref().unwrap_or(&self.plain))
    }

    /// What whoever sent `headers` holds of it; see [`held`].
    fn held(&self, headers: &HeaderMap) -> Option<Option<HeaderValue>> {
        let tag = self.plain.tag().filter(|_| self.plain.status == StatusCode::OK);
        tag.and_then(|tag| held(headers, tag))
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
            let (plain, turn) = (self.plain.clone(), PACKERS.acquire().await.ok()?);
            let pack = move || {
                let packed = plain.packed(coding);
                drop(turn);
                packed
            };
            spawn_blocking(pack).await.ok().flatten()
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
        if let Some(held) = self.held(headers) {
            return packed.not_modified(held, status);
        }
        let body = if method == Method::HEAD { Bytes::new() } else { packed.body.clone() };
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = packed.status;
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
    fn new(status: StatusCode, headers: HeaderMap, body: Bytes) -> Packed {
        let mut packed = Packed { status, headers, body, heads: Default::default() };
        let unchanged = packed.not_modified(None, status::HIT);
        packed.heads =
            [head(status, &packed.headers), head(unchanged.status(), unchanged.headers())];
        packed
    }

    fn tag(&self) -> Option<&HeaderValue> {
        self.headers.get(ETAG)
    }

    fn packed(mut self, coding: Coding) -> Option<Packed> {
        let body = coding.pack(&self.body)?;
        self.headers.insert(CONTENT_LENGTH, body.len().into());
        self.headers.insert(CONTENT_ENCODING, HeaderValue::from_static(coding.name()?));
        if let Some(tag) = self.tag().and_then(|tag| marked(tag, coding)) {
            self.headers.insert(ETAG, tag);
        }
        Some(Packed::new(self.status, self.headers, body))
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

/// The head of an answer in HTTP/1.1 (RFC 9112, section 2.1), to which a date and its end are still to be added.
fn head(status: StatusCode, headers: &HeaderMap) -> Bytes {
    let reason = status.canonical_reason().unwrap_or_default();
    let mut head = format!("HTTP/1.1 {} {reason}\r\n", status.as_str()).into_bytes();
    for (name, value) in headers.iter().filter(|(name, _)| *name != ROUTE) {
        for part in [name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"] {
            head.extend_from_slice(part);
        }
    }
    head.into()
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
