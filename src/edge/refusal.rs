use super::Body;
use hyper::header::{CONNECTION, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use hyper::{Response, StatusCode};

/// Why the edge answers a request by itself and in one sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It is no request, or one that could be read in two ways (RFC 9112).
    Malformed,
    /// The body stopped coming.
    Timeout,
    /// The blog itself is busy, or gone.
    Busy,
    /// The blog itself gave no answer.
    Broken,
}

impl Refusal {
    /// The status of the answer.
    pub fn status(self) -> StatusCode {
        match self {
            Refusal::Malformed => StatusCode::BAD_REQUEST,
            Refusal::Timeout => StatusCode::REQUEST_TIMEOUT,
            Refusal::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Refusal::Broken => StatusCode::BAD_GATEWAY,
        }
    }

    /// The answer; after it the connection is closed.
    pub fn answer(self) -> Response<Body> {
        let mut answer = Response::new(Body::from(self.sentence()));
        *answer.status_mut() = self.status();
        let headers = answer.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
        headers.insert(CONNECTION, HeaderValue::from_static("close"));
        if self == Refusal::Busy {
            headers.insert(RETRY_AFTER, HeaderValue::from_static("5"));
        }
        answer
    }

    fn sentence(self) -> &'static str {
        match self {
            Refusal::Malformed => "This request cannot be understood.\n",
            Refusal::Timeout => "The rest of this request did not come.\n",
            Refusal::Busy => "The blog is busy; please try again in a moment.\n",
            Refusal::Broken => "The blog did not answer.\n",
        }
    }
}
