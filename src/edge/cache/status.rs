//! How the cache handled a request: <https://www.rfc-editor.org/rfc/rfc9211>.

use hyper::header::{HeaderName, HeaderValue};

/// The header that says so.
pub const CACHE_STATUS: HeaderName = HeaderName::from_static("cache-status");

/// The page was there.
pub const HIT: HeaderValue = HeaderValue::from_static("monograph; hit");
/// It was asked for, and is kept now.
pub const STORED: HeaderValue = HeaderValue::from_static("monograph; fwd=uri-miss; stored");
/// Somebody else was asking for it already.
pub const COLLAPSED: HeaderValue = HeaderValue::from_static("monograph; fwd=uri-miss; collapsed");
/// It was asked for, and is not kept.
pub const MISS: HeaderValue = HeaderValue::from_static("monograph; fwd=uri-miss");
/// It was asked for by somebody whom the site may know.
pub const BYPASS: HeaderValue = HeaderValue::from_static("monograph; fwd=bypass");
/// It was no reading.
pub const METHOD: HeaderValue = HeaderValue::from_static("monograph; fwd=method");
