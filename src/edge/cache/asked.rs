//! What a request says about which answers will do for it.

use crate::edge::Upload;
use hyper::header::{
    ACCEPT_ENCODING, AUTHORIZATION, COOKIE, IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE,
    IF_UNMODIFIED_SINCE, RANGE,
};
use hyper::http::request::Parts;
use hyper::{HeaderMap, Method, Request, Uri};

/// For whom an answer is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// For anybody: what others get will do.
    Anybody,
    /// For somebody whom the site may know by a cookie.
    Known,
    /// In a way that only the site can answer: for a part of a file, or by a program that says who it is.
    Apart,
    /// It is no reading.
    Change,
}

impl Asked {
    /// What `request` says, on a site that knows its visitors by `cookies`.
    pub fn by<B>(request: &Request<B>, cookies: &[&str]) -> Asked {
        if request.method() != Method::GET && request.method() != Method::HEAD {
            return Asked::Change;
        }
        let headers = request.headers();
        if headers.contains_key(RANGE) || headers.contains_key(AUTHORIZATION) {
            return Asked::Apart;
        }
        if holds_one_of(headers, cookies) { Asked::Known } else { Asked::Anybody }
    }
}

/// Whether one of `cookies` is there, of whatever worth. Others, which scripts of other sites have set, say nothing to us.
fn holds_one_of(headers: &HeaderMap, cookies: &[&str]) -> bool {
    headers.get_all(COOKIE).iter().any(|value| {
        // What cannot be read is taken for something.
        let Ok(pairs) = value.to_str() else { return true };
        let name = |pair: &str| pair.split('=').next().unwrap_or_default().trim().to_owned();
        pairs.split(';').any(|pair| cookies.contains(&&*name(pair)))
    })
}

/// The request that is made for everybody who wants the same as who `asked`: nothing in it is theirs alone.
pub fn for_all(asked: &Parts, address: &str, body: Upload) -> Request<Upload> {
    let mut request = Request::new(body);
    // What was taken from a good address leaves a good one.
    *request.uri_mut() = Uri::try_from(address).unwrap_or_else(|_| asked.uri.clone());
    *request.headers_mut() = asked.headers.clone();
    request.headers_mut().remove(COOKIE);
    unconditional(request.headers_mut());
    request
}

/// The request as who `asked` has made it.
pub fn for_one(parts: &Parts, asked: Asked, body: Upload) -> Request<Upload> {
    let mut request = Request::new(body);
    *request.method_mut() = parts.method.clone();
    *request.uri_mut() = parts.uri.clone();
    *request.headers_mut() = parts.headers.clone();
    // To which whole a part belongs, only the site knows.
    if asked != Asked::Apart {
        unconditional(request.headers_mut());
    }
    request
}

/// Leaves it to us whether the answer is needed, and how it is packed.
fn unconditional(headers: &mut HeaderMap) {
    for name in
        [ACCEPT_ENCODING, IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE, IF_UNMODIFIED_SINCE]
    {
        headers.remove(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(method: &str, headers: &[(&'static str, &'static [u8])]) -> Asked {
        let mut request = Request::builder().method(method);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Asked::by(&request.body(()).unwrap(), &["session", "notice"])
    }

    #[test]
    fn whom_the_site_may_know_gets_an_answer_of_their_own() {
        for cookie in
            [&b"session=x"[..], b"a=b; session=", b"a=b;session", b" notice =x", b"a=b; c=\xff"]
        {
            assert_eq!(asked("GET", &[("cookie", cookie)]), Asked::Known);
        }
        assert_eq!(asked("GET", &[("cookie", b"a=b"), ("cookie", b"session=x")]), Asked::Known);
        assert_eq!(asked("GET", &[("authorization", b"Bearer x")]), Asked::Apart);
        assert_eq!(asked("HEAD", &[("range", b"bytes=0-1")]), Asked::Apart);
        assert_eq!(asked("POST", &[]), Asked::Change);
        assert_eq!(asked("OPTIONS", &[]), Asked::Change);
    }

    #[test]
    fn cookies_of_others_make_nobody_known() {
        for cookie in [&b"_ga=GA1.2; theme=session"[..], b"sessions=x; xsession=y", b""] {
            assert_eq!(asked("GET", &[("cookie", cookie)]), Asked::Anybody);
        }
        assert_eq!(asked("HEAD", &[("accept", b"*/*")]), Asked::Anybody);
    }
}
