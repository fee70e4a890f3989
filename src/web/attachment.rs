use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use rocket::Request;
use rocket::http::Header;
use rocket::response::{Responder, Response};
use rocket::tokio::fs::File;

/// The signs that need no code in a name (RFC 8187, section 3.2.1).
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_');

/// A file that is somebody's own, to be kept by their browser and by nobody on the way; sent as fast as it is taken.
pub struct Attachment {
    /// What it holds.
    pub file: File,
    /// What it is called.
    pub name: String,
    /// Its media type.
    pub kind: &'static str,
}

impl<'r> Responder<'r, 'static> for Attachment {
    fn respond_to(self, request: &'r Request<'_>) -> rocket::response::Result<'static> {
        let mut response: Response<'static> = self.file.respond_to(request)?;
        // RFC 6266; whatever a name holds, it is encoded.
        let name = utf8_percent_encode(&self.name, PLAIN);
        let disposition = format!("attachment; filename*=UTF-8''{name}");
        response.set_header(Header::new("Content-Type", self.kind));
        response.set_header(Header::new("Content-Disposition", disposition));
        response.set_header(Header::new("Content-Security-Policy", "sandbox; default-src 'none'"));
        response.set_header(Header::new("Cache-Control", "private, no-store"));
        response.set_max_chunk_size(64 * 1024);
        Ok(response)
    }
}
