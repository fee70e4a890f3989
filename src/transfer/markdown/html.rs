//! Posts of Jekyll that are written in HTML.

use super::front_matter;
use crate::text::{markdown_of, unix_lines};
use crate::transfer::frames;

/// The same file with Markdown below its header, and what there is to say of that; or why there is none.
pub fn as_markdown(text: &str) -> Result<(String, Option<String>), String> {
    let text = unix_lines(text);
    let (_, body) = front_matter::split(&text).map_err(|error| error.to_string())?;
    let header = &text[..text.len() - body.len()];
    let (html, count) = frames::without(body);
    let body = markdown_of(&html).map_err(|error| error.to_string())?;
    let note = (count > 0).then(|| format!("{count} frames of other sites are links now"));
    Ok((format!("{header}{body}"), note))
}
