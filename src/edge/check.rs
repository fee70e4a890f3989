//! Requests that can be read in one way only (RFC 9112), whoever reads them.

use super::link::Link;
use super::refusal::Refusal;
use hyper::header::{CONTENT_LENGTH, HOST, HeaderValue, TRANSFER_ENCODING};
use hyper::http::uri::{Authority, PathAndQuery};
use hyper::{HeaderMap, Method, Request, Uri, Version};

/// Finds `request` in order, and puts its address and its host where they are looked for: afterwards the one is a path,
/// and the other a single `Host`.
///
/// # Errors
/// It is to be refused.
pub fn check<B>(request: &mut Request<B>, link: &Link) -> Result<(), Refusal> {
    method(request.method())?;
    let longest = link.edge.settings.target_limit.as_u64();
    if length(request.uri()) > longest {
        return Err(Refusal::LongTarget);
    }
    if request.headers().contains_key(TRANSFER_ENCODING) {
        encoding(request, link)?;
    }
    host(request)
}

fn method(method: &Method) -> Result<(), Refusal> {
    match *method {
        Method::GET
        | Method::HEAD
        | Method::POST
        | Method::PUT
        | Method::PATCH
        | Method::DELETE
        | Method::OPTIONS => Ok(()),
        _ => Err(Refusal::NotAllowed),
    }
}

fn length(uri: &Uri) -> u64 {
    let authority = uri.authority().map_or(0, |authority| authority.as_str().len());
    let path = uri.path_and_query().map_or(0, |path| path.as_str().len());
    (authority + path) as u64
}

/// A body in chunks is understood if it is in nothing but chunks, and if no length contradicts them. hyper drops that
/// length, but who has passed the request on to us may have believed it: so look at what has really come.
fn encoding<B>(request: &Request<B>, link: &Link) -> Result<(), Refusal> {
    let mut encodings = request.headers().get_all(TRANSFER_ENCODING).iter();
    let chunked =
        |value: &HeaderValue| value.as_bytes().trim_ascii().eq_ignore_ascii_case(b"chunked");
    if request.version() != Version::HTTP_11 {
        return Err(Refusal::Malformed);
    }
    if !encodings.next().is_some_and(chunked) || encodings.next().is_some() {
        return Err(Refusal::Unknown);
    }
    let heard = link.heard();
    let mut lines = [httparse::EMPTY_HEADER; 128];
    let mut head = httparse::Request::new(&mut lines);
    let read = matches!(head.parse(&heard), Ok(httparse::Status::Complete(_)));
    let is_it = head.method == Some(request.method().as_str());
    let has_length = head.headers.iter().any(|line| CONTENT_LENGTH == line.name);
    // Behind another request in the same breath it cannot be told; nobody sends that.
    if read && is_it && !has_length { Ok(()) } else { Err(Refusal::Malformed) }
}

fn host<B>(request: &mut Request<B>) -> Result<(), Refusal> {
    let named = named(request.headers())?;
    let asked = request.uri().authority().cloned();
    match (named, asked) {
        (Some(host), Some(asked)) if !host.as_str().eq_ignore_ascii_case(asked.as_str()) => {
            return Err(Refusal::Malformed);
        }
        (Some(_), _) => {}
        // HTTP/2 has it in the address.
        (None, Some(asked)) if request.version() == Version::HTTP_2 => {
            let value = HeaderValue::from_str(asked.as_str()).map_err(|_| Refusal::Malformed)?;
            request.headers_mut().insert(HOST, authority(&value).map(|_| value)?);
        }
        (None, _) if request.version() == Version::HTTP_10 => {}
        (None, _) => return Err(Refusal::Malformed),
    }
    path(request)
}

/// The one host that the request names.
fn named(headers: &HeaderMap) -> Result<Option<Authority>, Refusal> {
    let mut hosts = headers.get_all(HOST).iter();
    match (hosts.next(), hosts.next()) {
        (None, _) => Ok(None),
        (Some(host), None) => authority(host).map(Some),
        (Some(_), Some(_)) => Err(Refusal::Malformed),
    }
}

/// A host as it may stand in `Host`.
///
/// # Errors
/// It could not be one.
pub fn authority(value: &HeaderValue) -> Result<Authority, Refusal> {
    let authority = Authority::try_from(value.as_bytes()).map_err(|_| Refusal::Malformed)?;
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b".-:[]_~%".contains(byte);
    match authority.as_str().as_bytes().iter().all(is_plain) {
        true => Ok(authority),
        false => Err(Refusal::Malformed),
    }
}

/// What remains of the address is a path (`origin-form`).
fn path<B>(request: &mut Request<B>) -> Result<(), Refusal> {
    let uri = request.uri();
    let known = uri.scheme_str().is_none_or(|scheme| matches!(scheme, "http" | "https"));
    if !known || !uri.path().starts_with('/') {
        return Err(Refusal::Malformed);
    }
    if uri.scheme().is_some() || uri.authority().is_some() {
        let path = uri.path_and_query().cloned();
        let path = path.unwrap_or_else(|| PathAndQuery::from_static("/"));
        *request.uri_mut() = Uri::from(path);
    }
    Ok(())
}
