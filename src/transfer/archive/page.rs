//! A post as a Markdown file: the keys that Zola and Hugo know at the top, and in `[extra]` what only we know.

use super::keys;
use super::moment::Moment;
use crate::blog::post::{Kind, Visibility};
use crate::blog::whole::Writing;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

const FENCE: &str = "+++\n";
/// The most levels of front matter that are written as TOML, whose reader gives up at eighty with those above.
const DEEPEST: usize = 64;

/// The keys of a file. Both programs pass over those that they do not know.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Header {
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<Moment>,
    /// In Hugo's words `lastmod`; its settings say so.
    #[serde(skip_serializing_if = "Option::is_none")]
    updated: Option<Moment>,
    #[serde(default, skip_serializing_if = "is_default")]
    draft: bool,
    #[serde(default, skip_serializing_if = "is_default")]
    description: String,
    #[serde(default, skip_serializing_if = "is_default")]
    authors: Vec<String>,
    /// Where Hugo reads them.
    #[serde(default, skip_serializing_if = "is_default")]
    tags: Vec<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    aliases: Vec<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    taxonomies: Taxonomies,
    extra: Extra,
}

/// Where Zola reads them.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
struct Taxonomies {
    #[serde(default)]
    tags: Vec<String>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Extra {
    uuid: Uuid,
    #[serde(default, skip_serializing_if = "is_default")]
    kind: Kind,
    #[serde(default, skip_serializing_if = "is_default")]
    visibility: Visibility,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    byline: Option<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    language: String,
    created_at: Moment,
    updated_at: Moment,
    #[serde(skip_serializing_if = "Option::is_none")]
    deleted_at: Option<Moment>,
    version: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    live_version: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    series: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    series_position: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    menu_position: Option<i64>,
    #[serde(default, skip_serializing_if = "is_default")]
    pinned: bool,
    /// Addresses that no generator can make a page for.
    #[serde(default, skip_serializing_if = "is_default")]
    addresses: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_digest: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    front_matter: Option<toml::Value>,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// The file of a post.
pub fn write(post: &Writing) -> Result<String, String> {
    // By way of text, because that is how times become values.
    let header = toml::to_string(&Header::of(post)).map_err(|error| error.to_string())?;
    let header: toml::Table = toml::from_str(&header).map_err(|error| error.to_string())?;
    Ok([FENCE, &keys::write(&header), FENCE, &post.content].concat())
}

/// The post of a file whose last folder is called `slug`.
pub fn read(slug: &str, text: &str) -> Result<Writing, String> {
    let body = text.strip_prefix(FENCE).ok_or("it begins with no front matter")?;
    let end = body.find("\n+++\n").ok_or("its front matter never ends")? + 1;
    let (header, content) = (&body[..end], &body[end + FENCE.len()..]);
    let header: Header =
        toml::from_str(header).map_err(|error| error.message().replace('\n', " "))?;
    Ok(header.post(slug, content))
}

impl Header {
    fn of(post: &Writing) -> Header {
        let by = post.byline.as_ref().or(post.author.as_ref());
        let (aliases, addresses) = post.addresses.iter().cloned().partition(|path| is_plain(path));
        Header {
            title: post.title.clone(),
            date: post.published_at.map(Moment),
            updated: post.revised_at.map(Moment),
            draft: post.published_at.is_none(),
            description: post.summary.clone(),
            authors: by.into_iter().cloned().collect(),
            tags: post.tags.clone(),
            aliases: Vec::into_iter(aliases).map(|path: String| format!("/{path}")).collect(),
            taxonomies: Taxonomies { tags: post.tags.clone() },
            extra: Extra::of(post, addresses),
        }
    }

    fn post(self, slug: &str, content: &str) -> Writing {
        let Header { extra, aliases, .. } = self;
        let aliases = aliases.iter().map(|path| path.trim_start_matches('/').to_owned());
        let mut addresses: Vec<_> = aliases.chain(extra.addresses).collect();
        addresses.sort();
        Writing {
            uuid: extra.uuid,
            kind: extra.kind,
            slug: slug.to_owned(),
            title: self.title,
            content: content.to_owned(),
            summary: self.description,
            tags: self.tags,
            language: extra.language,
            author: extra.author,
            byline: extra.byline,
            visibility: extra.visibility,
            published_at: self.date.filter(|_| !self.draft).map(|at| at.0),
            revised_at: self.updated.map(|at| at.0),
            created_at: extra.created_at.0,
            updated_at: extra.updated_at.0,
            deleted_at: extra.deleted_at.map(|at| at.0),
            version: extra.version,
            live_version: extra.live_version,
            series: extra.series,
            series_position: extra.series_position,
            menu_position: extra.menu_position,
            pinned: extra.pinned,
            addresses,
            source: extra.source,
            source_digest: extra.source_digest,
            front_matter: extra.front_matter.map_or_else(|| "{}".to_owned(), as_json),
            ..Writing::default()
        }
    }
}

impl Extra {
    fn of(post: &Writing, addresses: Vec<String>) -> Extra {
        Extra {
            uuid: post.uuid,
            kind: post.kind,
            visibility: post.visibility,
            author: post.author.clone(),
            byline: post.byline.clone(),
            language: post.language.clone(),
            created_at: Moment(post.created_at),
            updated_at: Moment(post.updated_at),
            deleted_at: post.deleted_at.map(Moment),
            version: post.version,
            live_version: post.live_version,
            series: post.series.clone(),
            series_position: post.series_position,
            menu_position: post.menu_position,
            pinned: post.pinned,
            addresses,
            source: post.source.clone(),
            source_digest: post.source_digest.clone(),
            front_matter: (post.front_matter != "{}").then(|| as_toml(&post.front_matter)),
        }
    }
}

/// As a table, if that is the same and not too deep; else as the JSON that it is.
fn as_toml(json: &str) -> toml::Value {
    let table = serde_json::from_str::<serde_json::Value>(json).ok();
    let table = table.and_then(|value| toml::Value::try_from(value).ok());
    let table = table.filter(|table| table.is_table() && depth(table) <= DEEPEST);
    let same = table.filter(|table| as_json(table.clone()) == json);
    same.unwrap_or_else(|| toml::Value::String(json.to_owned()))
}

fn depth(value: &toml::Value) -> usize {
    match value {
        toml::Value::Array(values) => 1 + values.iter().map(depth).max().unwrap_or_default(),
        toml::Value::Table(table) => {
            1 + table.iter().map(|(_, value)| depth(value)).max().unwrap_or_default()
        }
        _ => 0,
    }
}

fn as_json(value: toml::Value) -> String {
    match value {
        toml::Value::String(json) => json,
        table => serde_json::to_value(table).unwrap_or_default().to_string(),
    }
}

/// Whether a generator can make a page for this address that leads on.
fn is_plain(path: &str) -> bool {
    let is_odd = |c: char| c.is_control() || "?#%\\:*\"<>|".contains(c);
    !path.contains(is_odd) && path.split('/').all(|part| !matches!(part.trim(), "" | "." | ".."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn back(post: &Writing) -> Writing {
        let text = write(post).unwrap();
        read(&post.slug, &text).unwrap_or_else(|error| panic!("{error}\n{text}"))
    }

    #[test]
    fn a_post_comes_back_as_it_was() {
        let post = Writing {
            slug: "hello".to_owned(),
            title: "Ein „Titel“ \" ' \\ ''' \"\"\" +++ \u{1} \u{7f} \u{85} \u{2028} é".to_owned(),
            content: "\n+++\ntitle = 1\n+++\n\n  Text\\ ".to_owned(),
            summary: "Zwei\n+++\nZeilen".to_owned(),
            tags: vec!["C++".to_owned(), "été".to_owned()],
            author: Some("Ada".to_owned()),
            published_at: Some(1_767_222_000),
            revised_at: Some(253_402_300_800),
            deleted_at: Some(0),
            live_version: Some(3),
            addresses: vec!["2014/01/old.html".to_owned(), "?p=12".to_owned(), "a/../b".to_owned()],
            source_digest: Some("00FF".to_owned()),
            front_matter: r#"{"weight":7,"b":{"c":[1.5,"x\n+++\ny"]}}"#.to_owned(),
            ..Writing::default()
        };
        assert_eq!(back(&post), post);
        let deep = |open: &str, close: &str, n: usize| {
            format!("{{\"a\":{}1{}}}", open.repeat(n), close.repeat(n))
        };
        let nested = (1..120).flat_map(|n| {
            [deep("[", "]", n), deep("{\"b\":", "}", n), deep("[{\"b\":", "}]", n / 2 + 1)]
        });
        for front_matter in nested.chain([r#"{"a":null}"#.to_owned()]) {
            let post = Writing { front_matter, ..Writing::default() };
            assert_eq!(back(&post), post);
        }
    }

    #[test]
    fn a_file_reads_well() {
        let post = Writing {
            title: "A \"title\"".to_owned(),
            content: "Words.\n".to_owned(),
            tags: vec!["Birds".to_owned()],
            published_at: Some(0),
            addresses: vec!["old".to_owned()],
            ..Writing::default()
        };
        let text = write(&post).unwrap();
        let expected = "+++\ntitle = \"A \\\"title\\\"\"\ndate = 1970-01-01T00:00:00Z\ntags = [\"Birds\"]\naliases = [\"/old\"]\n\n\
            [taxonomies]\ntags = [\"Birds\"]\n\n[extra]\n";
        assert!(text.starts_with(expected), "{text}");
        assert!(text.ends_with("\n+++\nWords.\n"), "{text}");
    }

    #[test]
    fn what_is_no_such_file_is_refused() {
        for text in
            ["", "+++\n", "+++\ntitle = 'x'\n+++\n", "+++\n=\n+++\n", "---\ntitle: x\n---\n"]
        {
            assert!(read("x", text).is_err(), "{text}");
        }
    }
}
