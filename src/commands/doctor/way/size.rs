//! How large a file gets through.

use super::visitor::Visitor;
use crate::commands::doctor::finding::Finding;
use crate::text::size_in_words;
use crate::web::Seen;

/// More is not tried.
const MOST: u64 = 40_000_000;

/// Sends as much as the blog would take of a file, or a good deal of it.
pub fn look(visitor: &Visitor, seen: &Seen) -> Finding {
    let bytes = seen.upload_limit.min(MOST);
    let words = size_in_words(bytes);
    let why = match visitor.send(bytes) {
        Ok((200, Some(arrived))) if arrived == bytes => {
            return Finding::ok(format!("A file of {words} gets through."));
        }
        Ok((413, _)) => "is refused on the way".to_owned(),
        Ok((status, _)) => format!("does not get through (the answer is {status})"),
        // Who refuses early often does not listen to the end.
        Err(error) => format!("is cut off on the way ({error})"),
    };
    let enough = seen.upload_limit.div_ceil(1_000_000) + 1;
    Finding::problem(format!(
        "A file of {words} {why}, though the blog would take it. In nginx: `client_max_body_size {enough}m;`. In Caddy: \
         `request_body {{ max_size {enough}MB }}`."
    ))
}
