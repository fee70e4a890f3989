//! What the place of a file says about its post, and what an old address becomes.

use serde_json::Value;

use super::header;
use crate::transfer::dates;

/// The name of a file without folders, ending and date. An `index.md` has the name of its folder.
pub fn from_path(path: &str) -> Option<String> {
    let mut segments = path.rsplit('/');
    let stem = without_ending(segments.next()?);
    let language = stem.strip_prefix("index.").is_some_and(|language| !language.contains('.'));
    let name = if stem == "index" || language { segments.next()? } else { stem };
    let name = match dates::cut_day(name).1 {
        "" => name,
        title => title,
    };
    (!name.is_empty()).then(|| name.to_owned())
}

fn without_ending(file: &str) -> &str {
    match file.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => file,
    }
}

/// A title for a post that has only a name: `my-first-post` is called `My first post`.
pub fn title(name: &str) -> String {
    let words: Vec<_> = name.split(['-', '_', ' ']).filter(|word| !word.is_empty()).collect();
    let title = words.join(" ");
    let mut chars = title.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// An address as this blog keeps it: without host, decoded, without a slash at either end.
pub fn address(written: &str) -> Option<String> {
    let path = match written.split_once("://") {
        Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
        None => written,
    };
    let path = path.split('#').next().unwrap_or_default();
    let address = decoded(path).trim_matches(['/', ' ']).to_owned();
    (!address.is_empty()).then_some(address)
}

/// The address in a key that gives a whole one. Jekyll's `pretty` and `/:year/:title/` are patterns.
pub fn whole_address(value: &Value) -> Option<String> {
    let written = header::text(value)?;
    let pattern = matches!(written.as_str(), "date" | "pretty" | "ordinal" | "weekdate" | "none");
    let placeholders = written.starts_with(':') || written.contains("/:");
    if pattern || placeholders { None } else { address(&written) }
}

/// The word at the end of an address, without the `.html` or `index.html` that old systems add.
pub fn last_word(address: &str) -> Option<String> {
    let address = address.trim_matches('/');
    let address =
        [".html", ".htm"].iter().find_map(|end| address.strip_suffix(end)).unwrap_or(address);
    let address = address.strip_suffix("/index").unwrap_or(address);
    address.rsplit('/').next().filter(|word| !word.is_empty()).map(str::to_owned)
}

/// `%C3%A9` as `é`; what does not decode to UTF-8 stays as it is.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let escaped = match (byte, after) {
            (b'%', [high, low, ..]) => hex(*high).zip(hex(*low)),
            _ => None,
        };
        bytes.push(escaped.map_or(byte, |(high, low)| high * 16 + low));
        rest = if escaped.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_file_gives_its_post_a_name() {
        for (path, name) in [
            ("_posts/2019-09-25-my-post.markdown", "my-post"),
            ("posts/my-post/index.md", "my-post"),
            ("2019-09-25-my-post/index.de.md", "my-post"),
            ("my-post.md", "my-post"),
            ("2019-09-25.md", "2019-09-25"),
            ("1.54.0-prerelease.md", "1.54.0-prerelease"),
        ] {
            assert_eq!(from_path(path).as_deref(), Some(name), "{path}");
        }
        assert_eq!(from_path("index.md"), None);
        assert_eq!(from_path(""), None);
    }

    #[test]
    fn a_name_becomes_a_title() {
        assert_eq!(title("my-first_post"), "My first post");
        assert_eq!(title("über-uns"), "Über uns");
        assert_eq!(title("-"), "");
    }

    #[test]
    fn an_address_loses_host_escapes_and_outer_slashes() {
        assert_eq!(address("https://example.org/a/%C3%BC/#top").as_deref(), Some("a/ü"));
        assert_eq!(address("/a%2").as_deref(), Some("a%2"));
        assert_eq!(address("/%ff/").as_deref(), Some("%ff"));
        assert_eq!(address("https://example.org"), None);
        assert_eq!(address("/"), None);
    }

    #[test]
    fn patterns_are_no_addresses() {
        for pattern in ["pretty", "/:categories/:title/", ":title", ""] {
            assert_eq!(whole_address(&json!(pattern)), None, "{pattern}");
        }
        assert_eq!(whole_address(&json!("/about/")).as_deref(), Some("about"));
    }

    #[test]
    fn only_the_last_word_counts() {
        for address in ["a/b", "/a/b/", "a/b.html", "a/b/index.html", "b"] {
            assert_eq!(last_word(address).as_deref(), Some("b"), "{address}");
        }
        assert_eq!(last_word("/"), None);
    }
}
