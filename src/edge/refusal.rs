use super::headers::promise;
use super::{Body, Scheme};
use hyper::body::Bytes;
use hyper::header::{ACCEPT, ALLOW, CONNECTION, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use hyper::{HeaderMap, Response, StatusCode};
use serde_json::json;

/// Why the edge answers a request by itself and in one sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It is no request, or one that could be read in two ways (RFC 9112).
    Malformed,
    /// A method that is of no use here.
    NotAllowed,
    /// The body stopped coming.
    Timeout,
    /// The address is longer than any of ours.
    LongTarget,
    /// More requests than one client may make, and the seconds until the next.
    Greedy(u64),
    /// An encoding of the body that nobody here knows.
    Unknown,
    /// The blog itself gave no answer.
    Broken,
    /// The blog itself has more to do than it can.
    Busy,
    /// The blog itself took too long.
    Slow,
}

/// How somebody wants to be told.
#[derive(Debug, Clone, Copy)]
pub struct Wants {
    scheme: Scheme,
    /// Whether it is a program that wants JSON.
    data: bool,
}

impl Wants {
    /// What a request with these `headers` wants, which came in this way.
    pub fn of(headers: &HeaderMap, scheme: Scheme) -> Wants {
        let accept = headers.get(ACCEPT).map_or(&b""[..], HeaderValue::as_bytes);
        Wants { scheme, data: accept.trim_ascii_start().starts_with(b"application/json") }
    }
}

impl Refusal {
    /// The answer; after it the connection is closed.
    pub fn answer(self, wants: Wants) -> Response<Body> {
        let (status, sentence) = self.in_words();
        let (kind, body) = match wants.data {
            true => ("application/json", Body::from(Bytes::from(data(sentence)))),
            false => ("text/plain; charset=utf-8", Body::from(sentence)),
        };
        let mut answer = Response::new(body);
        *answer.status_mut() = status;
        let headers = answer.headers_mut();
        promise(headers, wants.scheme);
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
        headers.insert(CONNECTION, HeaderValue::from_static("close"));
        match self {
            Refusal::NotAllowed => {
                let allowed = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
                headers.insert(ALLOW, HeaderValue::from_static(allowed));
            }
            Refusal::Greedy(seconds) => {
                headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
            }
            Refusal::Busy => {
                headers.insert(RETRY_AFTER, HeaderValue::from_static("5"));
            }
            _ => {}
        }
        answer
    }

    fn in_words(self) -> (StatusCode, &'static str) {
        match self {
            Refusal::Malformed => (StatusCode::BAD_REQUEST, "This request cannot be understood.\n"),
            Refusal::NotAllowed => (StatusCode::METHOD_NOT_ALLOWED, "This is not done here.\n"),
            Refusal::Timeout => {
                (StatusCode::REQUEST_TIMEOUT, "The rest of this request did not come.\n")
            }
            Refusal::LongTarget => (StatusCode::URI_TOO_LONG, "This address is too long.\n"),
            Refusal::Greedy(_) => (
                StatusCode::TOO_MANY_REQUESTS,
                "These are more requests than the blog can answer; please wait a moment.\n",
            ),
            Refusal::Unknown => {
                (StatusCode::NOT_IMPLEMENTED, "Nobody here knows how to do this.\n")
            }
            Refusal::Broken => (StatusCode::BAD_GATEWAY, "The blog did not answer.\n"),
            Refusal::Busy => (
                StatusCode::SERVICE_UNAVAILABLE,
                "The blog is busy; please try again in a moment.\n",
            ),
            Refusal::Slow => (StatusCode::GATEWAY_TIMEOUT, "The blog took too long to answer.\n"),
        }
    }
}

fn data(sentence: &str) -> String {
    json!({ "error": sentence.trim_end() }).to_string()
}
