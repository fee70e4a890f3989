//! Splits a Markdown file into its header and its body, whichever fence the header stands in.

use serde_json::{Map, Value};

use super::languages::{self, Language};

/// Keys at least one of which a header in an unusual fence must have: `***` also draws a line and `~~~` also
/// opens a code block.
const POST_KEYS: [&str; 7] = ["title", "date", "published", "path", "slug", "tags", "status"];

/// Keys one of which a header without a fence must open with: any other `word: …` is prose.
const BEAR_KEYS: [&str; 9] = [
    "title",
    "link",
    "alias",
    "canonical_url",
    "published_date",
    "is_page",
    "meta_description",
    "meta_image",
    "tags",
];

/// Why a header could not be read.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// The fence that opens the header never comes again.
    #[error("The header that opens with `{0}` is never closed.")]
    Open(String),
    /// The header is not written in its own language.
    #[error("Line {line} is not valid {language}: {reason}.")]
    Syntax {
        /// The language the header is written in.
        language: Language,
        /// The line of the file, counted from 1.
        line: usize,
        /// What the language misses there.
        reason: String,
    },
}

/// The header of a file and the text after it.
type Split<'a> = (Map<String, Value>, &'a str);

/// Splits `text` into the keys of its header, none if it has no header, and the body below it.
pub fn split(text: &str) -> Result<Split<'_>, Problem> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (first, rest) = cut_line(text);
    let found = if opens_json(text) {
        Some(languages::json(text)?)
    } else if is_fence(first) {
        fenced(first, rest)?
    } else {
        bear(text)
    };
    Ok(found.unwrap_or_else(|| (Map::new(), text)))
}

/// Is this JSON, and not the `{%` or `{{` of a template?
fn opens_json(text: &str) -> bool {
    text.strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with(['"', '}']))
}

/// Is this line one character, over and over? Backticks and number signs have a meaning of their own.
fn is_fence(line: &str) -> bool {
    let Some(mark) = line.chars().next() else { return false };
    let possible = !mark.is_alphanumeric() && !mark.is_whitespace() && !"`#".contains(mark);
    possible && line.chars().count() >= 3 && line.chars().all(|char| char == mark)
}

/// The header between two fences, or `None` if the first one was Markdown all along.
fn fenced<'a>(fence: &str, rest: &'a str) -> Result<Option<Split<'a>>, Problem> {
    let usual = matches!(fence, "---" | "+++");
    let Some((block, body)) = close(fence, rest) else {
        let meant = usual && opens_with_a_key(rest);
        return if meant { Err(Problem::Open(fence.to_owned())) } else { Ok(None) };
    };
    let meant = if usual { opens_with_a_key(block) } else { names_a_post(block) };
    let language = if fence == "+++" { Language::Toml } else { Language::Yaml };
    match language.parse(block) {
        Err(problem) if meant => Err(problem),
        Ok(keys) if meant || (usual && says_all(&keys, block)) => Ok(Some((keys, body))),
        _ => Ok(None),
    }
}

/// Cuts `rest` at the line that closes `fence`. Jekyll also closes `---` with the `...` of YAML.
fn close<'a>(fence: &str, rest: &'a str) -> Option<(&'a str, &'a str)> {
    let mut start = 0;
    for line in rest.split_inclusive('\n') {
        let end = start + line.len();
        let line = line.trim_end();
        if line == fence || (fence == "---" && line == "...") {
            return Some((&rest[..start], &rest[end..]));
        }
        start = end;
    }
    None
}

/// Does the first line that is no comment look like `key:`, `key = ` or `[table]`? Then a header was meant.
fn opens_with_a_key(block: &str) -> bool {
    let mut lines = block.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'));
    lines.next().is_some_and(|line| {
        let after = line.trim_start_matches(|c: char| c.is_alphanumeric() || "_-+.\"'".contains(c));
        let named = after.len() < line.len();
        (named && after.trim_start().starts_with([':', '='])) || line.starts_with('[')
    })
}

fn names_a_post(block: &str) -> bool {
    block.lines().filter_map(key_and_value).any(|(key, _)| POST_KEYS.contains(&key))
}

/// A block of mere comments is no header: what is a comment in YAML is a heading in Markdown.
fn says_all(keys: &Map<String, Value>, block: &str) -> bool {
    !keys.is_empty() || block.trim().is_empty()
}

/// A header without fences, as Bear writes it: `key: value` lines up to a blank line or `___`.
fn bear(text: &str) -> Option<Split<'_>> {
    let mut keys = Map::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (line, after) = cut_line(rest);
        if line.is_empty() || line == "___" {
            rest = after;
            break;
        }
        let (key, value) = key_and_value(line)?;
        if keys.is_empty() && !BEAR_KEYS.contains(&key) {
            return None;
        }
        keys.insert(key.to_owned(), bear_value(key, value));
        rest = after;
    }
    (!keys.is_empty()).then_some((keys, rest))
}

/// Bear separates tags by commas only, so a tag may hold spaces.
fn bear_value(key: &str, value: &str) -> Value {
    match key {
        "tags" => value.split(',').map(str::trim).collect(),
        _ => Value::from(value),
    }
}

fn key_and_value(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let plain = !key.is_empty() && key.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    let apart = value.is_empty() || value.starts_with([' ', '\t', '\r']);
    (plain && apart).then_some((key, value.trim()))
}

/// The first line without its end, and everything after it.
fn cut_line(text: &str) -> (&str, &str) {
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    (line.trim_end(), rest)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn keys(text: &str) -> Value {
        Value::Object(split(text).unwrap().0)
    }

    #[test]
    fn every_fence_holds_the_same_header() {
        for text in [
            "---\ntitle: A\ntags: [x]\n---\nBody\n",
            "---\ntitle: A\ntags: [x]\n...\nBody\n",
            "+++\ntitle = 'A'\ntags = ['x']\n+++\nBody\n",
            "{\n  \"title\": \"A\",\n  \"tags\": [\"x\"]\n}\nBody\n",
            "~~~~\ntitle: A\ntags: [x]\n~~~~\nBody\n",
            "title: A\ntags: x\n\nBody\n",
            "title: A\ntags: x\n___\nBody\n",
        ] {
            let expected = json!({"title": "A", "tags": ["x"]});
            assert_eq!(
                (keys(text), split(text).unwrap().1),
                (expected.clone(), "Body\n"),
                "{text}"
            );
            let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
            assert_eq!((keys(&windows), split(&windows).unwrap().1), (expected, "Body\r\n"));
        }
    }

    #[test]
    fn markdown_is_not_mistaken_for_a_header() {
        for text in [
            "",
            "---",
            "---\n\nAfter a line.\n\n---\n\nAfter another.\n",
            "---\n# A heading\n---\n",
            "---\n- a list\n---\n",
            "***\nNote: careful\n***\n",
            "```\ntitle: A\n```\n",
            "~~~\nkey: value\n~~~\n",
            "title: A thought\n===\n",
            "title: A thought\nand then prose\n",
            "note: this is prose\n",
            "{% raw %}\n",
            "{{< figure >}}\n",
        ] {
            assert_eq!(split(text), Ok((Map::new(), text)), "{text}");
        }
    }

    #[test]
    fn an_empty_header_is_a_header() {
        assert_eq!(split("---\n---\nBody"), Ok((Map::new(), "Body")));
        assert_eq!(split("{}\nBody"), Ok((Map::new(), "Body")));
    }

    #[test]
    fn a_header_that_is_never_closed_is_a_problem() {
        let problem = split("---\ntitle: A\n\nBody\n").unwrap_err();
        assert_eq!(problem.to_string(), "The header that opens with `---` is never closed.");
        assert!(split("+++\n[extra]\n").is_err());
    }

    #[test]
    fn a_broken_header_is_a_problem_with_its_line() {
        for (text, start) in [
            ("---\ntitle: A\nsummary: a: b\n---\n", "Line 3 is not valid YAML: "),
            ("+++\ntitle = 'A'\nsummary =\n+++\n", "Line 3 is not valid TOML: "),
            ("{\n  \"title\": \"A\",\n}\n", "Line 3 is not valid JSON: "),
            ("***\ntitle: [A\n***\n", "Line 2 is not valid YAML: "),
        ] {
            let problem = split(text).unwrap_err().to_string();
            assert!(problem.starts_with(start), "{problem}");
            assert!(problem.ends_with('.') && !problem.contains('\n'), "{problem}");
        }
    }
}
