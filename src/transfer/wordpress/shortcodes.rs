//! The names in brackets that WordPress replaces when it shows a text.

use super::replacements::{caption, code, link, player};
use std::collections::BTreeSet;
use std::ops::Range;

/// The most characters of a shortcode.
const LONGEST: usize = 4_000;
/// The most brackets that are looked at; after that a text is hardly one.
const MOST: usize = 5_000;

/// What holds code.
const CODE: [&str; 2] = ["code", "sourcecode"];

/// What a text was made of.
pub struct Replaced {
    /// The text with HTML in place of those shortcodes that are known.
    pub html: String,
    /// Those that are not known; they stay in the text.
    pub unknown: BTreeSet<String>,
}

/// A shortcode: `[name key="value"]`.
struct Code<'t> {
    name: &'t str,
    inside: &'t str,
    /// How long it is, with its brackets.
    length: usize,
}

/// Makes a gallery of the pictures with these numbers, or of the post's own; `None` if there is nothing to see.
type Gallery<'g> = dyn FnMut(Option<Vec<u64>>) -> Option<String> + 'g;

/// Replaces the shortcodes in `text`, galleries by what `gallery` makes of them.
pub fn replaced(text: &str, gallery: &mut Gallery<'_>) -> Replaced {
    let mut done = Replaced { html: String::with_capacity(text.len()), unknown: BTreeSet::new() };
    let mut rest = text;
    for _ in 0..MOST {
        let Some(start) = rest.find('[') else { break };
        done.html.push_str(&rest[..start]);
        rest = &rest[start..];
        // Two brackets are a shortcode that is only talked about.
        if let Some(code) = rest.strip_prefix('[').and_then(read) {
            let length = 1 + code.length;
            let end = escaped_end(rest, length, code.name);
            done.html.push_str(&rest[1..end]);
            rest = rest[end..].strip_prefix(']').unwrap_or(&rest[end..]);
            continue;
        }
        let Some(code) = read(rest) else {
            done.html.push('[');
            rest = &rest[1..];
            continue;
        };
        let (content, length) = content(rest, &code);
        match code.html(content, gallery) {
            Some(html) => {
                done.html.push_str(&html);
                rest = &rest[length..];
            }
            None => {
                if code.is_likely(content.is_some()) && done.unknown.len() < 100 {
                    done.unknown.insert(code.name.to_owned());
                }
                done.html.push_str(&rest[..code.length]);
                rest = &rest[code.length..];
            }
        }
    }
    done.html.push_str(rest);
    done
}

/// Where code stands in a text, with its shortcodes.
pub fn code_in(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    for _ in 0..MOST {
        let Some(start) = text[at..].find('[').map(|length| at + length) else { break };
        at = start + 1;
        // Two brackets are a shortcode that is only talked about.
        let is_told = text[..start].ends_with('[');
        let code = read(&text[start..]).filter(|code| !is_told && CODE.contains(&code.name));
        if let Some((Some(_), length)) = code.map(|code| content(&text[start..], &code)) {
            found.push(start..start + length);
            at = start + length;
        }
    }
    found
}

/// The end of a shortcode that is only talked about, without its last bracket.
fn escaped_end(text: &str, length: usize, name: &str) -> usize {
    if text[length..].starts_with(']') {
        return length;
    }
    let close = format!("[/{name}]");
    text[length..].find(&close).map_or(length, |at| length + at + close.len())
}

/// The shortcode that `text` begins with.
fn read(text: &str) -> Option<Code<'_>> {
    let inner = text.strip_prefix('[')?;
    let length = inner.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-'))?;
    let (name, rest) = inner.split_at(length);
    if !name.starts_with(|c: char| c.is_ascii_lowercase())
        || !rest.starts_with([']', ' ', '\n', '/', '\u{A0}'])
    {
        return None;
    }
    let window = &rest[..rest.floor_char_boundary(LONGEST)];
    let mut quote = None;
    let end = window.char_indices().find_map(|(at, c)| {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if c == '"' || c == '\'' => quote = Some(c),
            None if c == ']' => return Some(at),
            None => {}
        }
        None
    });
    let end = end.or_else(|| window.find(']'))?;
    Some(Code { name, inside: rest[..end].trim_end_matches('/'), length: 1 + length + end + 1 })
}

/// What stands between a shortcode and its end, and the length of all of it.
fn content<'t>(text: &'t str, code: &Code<'_>) -> (Option<&'t str>, usize) {
    let close = format!("[/{}]", code.name);
    match text[code.length..].find(&close) {
        Some(at) => (Some(&text[code.length..code.length + at]), code.length + at + close.len()),
        None => (None, code.length),
    }
}

impl Code<'_> {
    /// The HTML that stands for it.
    fn html(&self, content: Option<&str>, gallery: &mut Gallery<'_>) -> Option<String> {
        match self.name {
            "caption" | "wp_caption" => Some(caption(content?, self.value("caption"))),
            "gallery" => {
                let ids = self.value("ids").or_else(|| self.value("include"));
                gallery(
                    ids.map(|ids| ids.split(',').filter_map(|id| id.trim().parse().ok()).collect()),
                )
            }
            "embed" => Some(link(content?.trim())),
            name if CODE.contains(&name) => {
                let language = self.value("lang").or_else(|| self.value("language"));
                Some(code(content?, language))
            }
            "audio" => Some(player(
                "audio",
                &self.file(content, &["src", "mp3", "m4a", "ogg", "wav", "flac"])?,
            )),
            "video" => Some(player(
                "video",
                &self.file(content, &["src", "mp4", "m4v", "webm", "ogv", "flv"])?,
            )),
            _ => None,
        }
    }

    fn file(&self, content: Option<&str>, names: &[&str]) -> Option<String> {
        let named = names.iter().find_map(|name| self.value(name));
        let bare = self.inside.split_whitespace().find(|word| word.contains("://"));
        named
            .or(bare)
            .or(content)
            .map(|file| file.trim().to_owned())
            .filter(|file| !file.is_empty())
    }

    /// The value of a key, whatever quotes are around it.
    fn value(&self, key: &str) -> Option<&str> {
        for (at, _) in self.inside.match_indices(key) {
            let before = self.inside[..at].chars().next_back();
            let after =
                self.inside[at + key.len()..].trim_start().strip_prefix('=').map(str::trim_start);
            if let (true, Some(after)) = (before.is_none_or(char::is_whitespace), after) {
                let quote =
                    after.chars().next().filter(|c| matches!(c, '"' | '\'' | '”' | '“' | '″'));
                let value = quote.map_or(after, |quote| &after[quote.len_utf8()..]);
                let end = value.find(|c: char| match quote {
                    Some(quote) => c == quote || "”″".contains(c),
                    None => c.is_whitespace(),
                });
                return Some(&value[..end.unwrap_or(value.len())]);
            }
        }
        None
    }

    /// Whether it is one, and not a word that somebody put in brackets.
    fn is_likely(&self, has_end: bool) -> bool {
        has_end
            || self.name == "gallery"
            || self.inside.contains('=')
            || self.name.contains(['-', '_'])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(text: &str) -> String {
        let mut gallery = |ids: Option<Vec<u64>>| Some(format!("<gallery {ids:?}>"));
        replaced(text, &mut gallery).html.trim().to_owned()
    }

    #[test]
    fn known_shortcodes_become_what_they_stand_for() {
        for (text, expected) in [
            (
                "[caption id=\"a_1\" width=\"3\"]<a href=\"x\"><img src=\"y\" /></a> Words <a href=\"z\">z</a>[/caption]",
                "<figure><a href=\"x\"><img src=\"y\" /></a><figcaption>Words <a href=\"z\">z</a></figcaption></figure>",
            ),
            (
                "[caption caption='Old']<img src=y>[/caption]",
                "<figure><img src=y><figcaption>Old</figcaption></figure>",
            ),
            ("[gallery]", "<gallery None>"),
            ("[gallery ids=\"1, 2\" columns=3]", "<gallery Some([1, 2])>"),
            (
                "[embed]https://a.example/?b&c[/embed]",
                "<p><a href=\"https://a.example/?b&amp;c\">https://a.example/?b&amp;c</a></p>",
            ),
            ("[code]a < b && c[/code]", "<pre><code>a &lt; b &amp;&amp; c</code></pre>"),
            (
                "[sourcecode language='Rust']\na &lt; b[/sourcecode]",
                "<pre><code class=\"language-rust\">a &lt; b</code></pre>",
            ),
            ("[audio mp3=\"/a.mp3\"][/audio]", "<p><audio src=\"/a.mp3\" controls></audio></p>"),
            (
                "[audio https://a.example/b.mp3]",
                "<p><audio src=\"https://a.example/b.mp3\" controls></audio></p>",
            ),
            (
                "[video width='640' mp4='/a.mp4' /]",
                "<p><video src=\"/a.mp4\" controls></video></p>",
            ),
        ] {
            assert_eq!(html(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_not_known_stays_and_is_told() {
        let text = "[contact-form-7 id=\"1\"] [sic] [note]x[/note] a[0] [ ] [Link](x) [[gallery]] [[code]x[/code]] [";
        let done = replaced(text, &mut |_| Some("!".to_owned()));
        assert_eq!(
            done.html,
            "[contact-form-7 id=\"1\"] [sic] [note]x[/note] a[0] [ ] [Link](x) [gallery] [code]x[/code] ["
        );
        assert_eq!(done.unknown.into_iter().collect::<Vec<_>>(), ["contact-form-7", "note"]);
    }

    #[test]
    fn broken_shortcodes_come_to_an_end() {
        for text in
            ["[caption]", "[gallery ids=\"", "[code]", "[/code]", "[a=]", "[[", "[a[b[c", "[audio]"]
        {
            assert_eq!(html(&text.repeat(3)), text.repeat(3));
        }
    }
}
