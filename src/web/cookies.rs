//! By what we know somebody again. Whoever holds one of these gets pages of their own; cookies of others say nothing to us.

/// Who is signed in; with this prefix a browser takes it only from this very host, and only over HTTPS
/// (RFC 6265bis, section 4.1.3.2).
pub const SECURE_SESSION: &str = "__Host-session";
/// The same, where visitors do not come over HTTPS.
pub const SESSION: &str = "session";
/// What the next page says.
pub const NOTICE: &str = "notice";

/// All of them. The edge knows no others: what is left out here does not reach a page that anybody may have.
pub const COOKIES: [&str; 3] = [SECURE_SESSION, SESSION, NOTICE];
