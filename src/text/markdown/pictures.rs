//! What a text should know about the files that it shows.

use std::collections::HashMap;

/// The files that a text mentions, as far as they are known; `Pictures::default()` knows none.
#[derive(Debug, Default)]
pub struct Pictures(HashMap<String, Picture>);

/// A file of this site.
#[derive(Debug, Clone)]
pub struct Picture {
    /// What a page can do with it.
    pub shown: Shown,
    /// Width and height in pixels.
    pub size: Option<(u32, u32)>,
    /// The same picture less wide: the width and the address of each, the narrowest first.
    pub narrower: Vec<(u32, String)>,
}

/// What a page can do with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Show it.
    AsPicture,
    /// Play it.
    AsAudio,
    /// Play and show it.
    AsVideo,
    /// Lead to it.
    AsLink,
}

/// Where addresses of files begin; the digest and the name follow.
const MEDIA: &str = "/media/";

/// How many hexadecimal digits of a digest stand in an address.
const DIGITS: usize = 32;

impl Pictures {
    /// The file that is found at `address`.
    pub(super) fn at(&self, address: &str) -> Option<&Picture> {
        self.0.get(digest(address.strip_prefix(MEDIA)?)?)
    }
}

/// Each file goes by the digest in its address.
impl FromIterator<(String, Picture)> for Pictures {
    fn from_iter<I: IntoIterator<Item = (String, Picture)>>(all: I) -> Pictures {
        Pictures(all.into_iter().collect())
    }
}

/// The digests of the files whose addresses stand in `text`, each once.
pub fn mentioned(text: &str) -> Vec<&str> {
    let mut digests: Vec<_> = text.split(MEDIA).skip(1).filter_map(digest).collect();
    digests.sort_unstable();
    digests.dedup();
    digests
}

/// The digest at the beginning of `text`.
fn digest(text: &str) -> Option<&str> {
    let (digest, rest) = text.split_at_checked(DIGITS)?;
    let is_digest = digest.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    (is_digest && rest.starts_with('/')).then_some(digest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_in_a_text_is_found_once() {
        let (a, b) = ("0123456789abcdef".repeat(2), "f".repeat(32));
        let text = format!(
            "![x](/media/{b}/x.jpg) <img src=\"https://a.example/media/{a}/y\"> /media/{b}/z \
             /media/short/x /media/{}/x /media/{a}",
            "F".repeat(32)
        );
        assert_eq!(mentioned(&text), [a.as_str(), b.as_str()]);
    }
}
