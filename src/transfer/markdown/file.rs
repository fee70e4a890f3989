//! Understands a Markdown file as a post, whichever system it comes from.

use chrono_tz::Tz;
use serde_json::{Map, Value};
use std::ops::Range;

use super::header::{self, Header};
use super::{foreign, front_matter, jekyll, names, pictures, prose};
use crate::transfer::dates;

pub use super::front_matter::Problem;

/// One Markdown file, understood as a post.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PostFile {
    /// From the header, else the heading the text opens with, else the name of the file.
    pub title: String,
    /// The text below the header and the title, with Unix line ends.
    pub content: String,
    /// The last word of the address as it was, from the header or the name of the file.
    pub slug: Option<String>,
    /// When the post was published, in seconds since 1970.
    pub date: Option<i64>,
    /// When it was last changed, in seconds since 1970.
    pub updated: Option<i64>,
    /// Is it unfinished?
    pub draft: bool,
    /// `public`, `unlisted` or `private`, if the header says so.
    pub visibility: Option<String>,
    /// What the post is about, empty if the header does not say.
    pub summary: String,
    /// Tags, then categories, each once.
    pub tags: Vec<String>,
    /// The names of those who wrote it.
    pub authors: Vec<String>,
    /// Every address the post had, without host and without a slash at either end.
    pub aliases: Vec<String>,
    /// The keys that mean nothing here, as they were.
    pub extra: Map<String, Value>,
    /// What was not understood or will not work here, a sentence each.
    pub notes: Vec<String>,
    /// The pictures and files of its own folders that it shows or leads to, in their order.
    pub pictures: Vec<Picture>,
}

/// A picture or file of its own folders that a text shows or leads to.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// The line of the file.
    pub line: usize,
    /// Where its address stands in the content.
    pub at: Range<usize>,
    /// The address as it is written.
    pub address: String,
}

impl PostFile {
    /// Understands the file at `path`, relative to the imported folder. Times without an offset are meant in `zone`.
    pub fn parse(path: &str, text: &str, zone: Tz) -> Result<Self, Problem> {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let (keys, body) = front_matter::split(&text)?;
        let mut header = Header::new(keys);
        let mut post = Self::default();
        post.read_body(&mut header, &text, body);
        let is_placed = post.read_addresses(&mut header, path);
        post.read_state(&mut header, path);
        post.read_dates(&mut header, path, zone);
        if let Some(slug) = post.slug.as_ref().filter(|_| !is_placed) {
            post.aliases.extend(jekyll::addresses(path, slug, post.date, &header, zone));
        }
        post.aliases = each_once(post.aliases, |address| address.clone());
        post.read_words(&mut header);
        if post.title.is_empty() {
            post.title = names::from_path(path).map(|name| names::title(&name)).unwrap_or_default();
        }
        post.extra = header.into_rest();
        Ok(post)
    }

    /// Takes title and content, and reports on what is in the content.
    fn read_body(&mut self, header: &mut Header, text: &str, body: &str) {
        let mut content = prose::skip_blank_lines(body);
        if let Some(title) = header.take(&["title"], header::text) {
            self.title = title.replace('\n', " ");
        } else if let Some((heading, rest)) = prose::cut_heading(content) {
            self.title = heading;
            content = rest;
        }
        content.clone_into(&mut self.content);
        let code_free = prose::without_code(content);
        let line = lines_from(text, content);
        let foreign = foreign::tags(&code_free).into_iter();
        self.notes = foreign
            .map(|(at, tag)| {
                format!("Line {}: the {tag} does nothing here and stays in the text.", line(at))
            })
            .collect();
        let pictures = pictures::local(&code_free).into_iter();
        self.pictures = pictures
            .map(|(at, address)| Picture {
                line: line(at),
                at: at..at + address.len(),
                address: address.to_owned(),
            })
            .collect();
    }

    /// Takes the addresses. A whole one wins over a slug, and a slug over the name of the file. Says whether there is one.
    fn read_addresses(&mut self, header: &mut Header, path: &str) -> bool {
        let whole = ["path", "url", "permalink"];
        let mut old: Vec<_> =
            whole.iter().filter_map(|name| header.take(&[name], names::whole_address)).collect();
        let slug = header.take(&["slug"], header::text);
        let slug = slug.or_else(|| header.take(&["link"], own_link));
        self.slug = old
            .first()
            .or(slug.as_ref())
            .and_then(|address| names::last_word(address))
            .or_else(|| names::from_path(path));
        let is_placed = !old.is_empty();
        for alias in header.take_each(&["aliases", "redirect_from", "alias"], header::list) {
            old.extend(names::address(&alias));
        }
        self.aliases = old;
        is_placed
    }

    /// Takes what says who may read the post.
    fn read_state(&mut self, header: &mut Header, path: &str) {
        let draft = header.take(&["draft"], header::flag);
        let published = header.take(&["published"], header::flag);
        let status =
            header.take(&["status"], |value| one_of(value, &["draft", "scheduled", "published"]));
        self.draft = draft == Some(true)
            || published == Some(false)
            || status.as_deref() == Some("draft")
            || path.split('/').any(|folder| folder == "_drafts");
        let visibilities = ["public", "unlisted", "private"];
        self.visibility =
            header.take(&["visibility", "status"], |value| one_of(value, &visibilities));
    }

    /// Takes the dates. Without one in the header, an address knows it, else the path, else the first line.
    fn read_dates(&mut self, header: &mut Header, path: &str, zone: Tz) {
        let names = ["date", "published", "published_date", "publishDate", "pubdate"];
        self.date = match header.take(&names, header::text) {
            Some(written) => self.parse_date(&written, zone),
            None => self.date_by_place(path, zone).or_else(|| self.published_on(zone)),
        };
        let names = ["updated", "lastmod", "modified", "last_modified_at"];
        let updated = header.take(&names, header::text);
        self.updated = updated.and_then(|written| self.parse_date(&written, zone));
    }

    fn parse_date(&mut self, written: &str, zone: Tz) -> Option<i64> {
        let date = dates::parse(written, zone);
        if date.is_none() {
            self.notes.push(format!("The date `{written}` cannot be read."));
        }
        date
    }

    fn date_by_place(&self, path: &str, zone: Tz) -> Option<i64> {
        let mut places = self.aliases.iter().map(String::as_str).chain([path]);
        places.find_map(|place| dates::from_path(place, zone))
    }

    /// Takes the day from the line that Mataroa writes below the heading.
    fn published_on(&mut self, zone: Tz) -> Option<i64> {
        let (day, rest) = prose::cut_published_on(&self.content)?;
        let date = dates::parse(day, zone)?;
        let cut = self.content.len() - rest.len();
        for picture in &mut self.pictures {
            picture.at = picture.at.start - cut..picture.at.end - cut;
        }
        self.content = rest.to_owned();
        Some(date)
    }

    /// Takes summary, tags and authors.
    fn read_words(&mut self, header: &mut Header) {
        let summaries = ["summary", "description", "excerpt", "meta_description"];
        self.summary = header.take(&summaries, header::text).unwrap_or_default();
        let mut tags = Vec::new();
        for (plural, singular) in [("tags", "tag"), ("categories", "category")] {
            tags.extend(header.take_each(&[plural], header::list));
            // Jekyll takes the singular as a single one, spaces and all.
            tags.extend(header.take_each(&[singular], header::phrases));
            tags.extend(
                header.within("taxonomies", |inner| inner.take_each(&[plural], header::list)),
            );
        }
        self.tags = each_once(tags, |tag| tag.to_lowercase());
        let mut authors = header.take_each(&["authors"], header::people);
        authors.extend(header.take_each(&["author"], header::people));
        if authors.is_empty() {
            let author = header.get("params").and_then(|params| params.get("author"));
            authors.extend(author.and_then(header::people).unwrap_or_default());
        }
        self.authors = each_once(authors, |author| author.clone());
    }
}

/// Tells the line of `text` for an offset in `content`, which is the end of it.
fn lines_from(text: &str, content: &str) -> impl Fn(usize) -> usize {
    let before = text.len() - content.len();
    let ends: Vec<_> = text.match_indices('\n').map(|(at, _)| at).collect();
    move |at| ends.partition_point(|end| *end < before + at) + 1
}

/// Bear's name for the slug is the name of others for the page that a post is about.
fn own_link(value: &Value) -> Option<String> {
    header::text(value).filter(|link| !link.contains("://"))
}

fn one_of(value: &Value, words: &[&str]) -> Option<String> {
    let word = header::text(value)?.to_lowercase();
    words.contains(&word.as_str()).then_some(word)
}

/// The first of those that are the same to `key`.
fn each_once(items: Vec<String>, key: impl Fn(&String) -> String) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    items.into_iter().filter(|item| seen.insert(key(item))).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const ZONE: Tz = chrono_tz::Europe::Berlin;

    fn parse(path: &str, text: &str) -> PostFile {
        PostFile::parse(path, text, ZONE).unwrap()
    }

    #[test]
    fn a_bare_file_takes_its_title_from_its_heading() {
        let post = parse("2019-09-25-hello.md", "# Hello, world\r\n\r\nBody\r\n");
        assert_eq!((post.title.as_str(), post.content.as_str()), ("Hello, world", "Body\n"));
        assert_eq!(
            (post.slug.as_deref(), post.date),
            (Some("hello"), dates::parse("2019-09-25", ZONE))
        );
    }

    #[test]
    fn a_file_that_says_nothing_takes_its_title_from_its_name() {
        assert_eq!(parse("my-first-post.md", "Body").title, "My first post");
        assert_eq!(parse("my-first-post/index.md", "Body").title, "My first post");
        assert_eq!(parse("index.md", "").title, "");
    }

    #[test]
    fn what_means_nothing_here_is_kept() {
        let text = "+++\ntitle = 'A'\nweight = 3\nsince = 2019-09-25\n[extra]\nteam = 'B'\n[params]\nauthor = 'Ada'\n\
                    [taxonomies]\ntags = ['a']\nseries = ['b']\n+++\n";
        let post = parse("a.md", text);
        let extra = json!({
            "weight": 3,
            "since": "2019-09-25",
            "extra": {"team": "B"},
            "params": {"author": "Ada"},
            "taxonomies": {"series": ["b"]},
        });
        assert_eq!(Value::Object(post.extra), extra);
        assert_eq!(post.authors, ["Ada"]);
    }

    #[test]
    fn a_date_that_cannot_be_read_is_a_note() {
        let post = parse("2019-09-25-a.md", "---\ndate: soon\n---\n");
        assert_eq!(
            (post.date, post.notes),
            (None, vec!["The date `soon` cannot be read.".to_owned()])
        );
    }

    #[test]
    fn notes_and_pictures_tell_the_line_of_the_file() {
        let text = "---\ntitle: A\n---\n\n![b](b.png)\n```\n{% c %} ![d](d.png)\n```\n{% e %}\n";
        let post = parse("a.md", text);
        let picture = Picture { line: 5, at: 5..10, address: "b.png".to_owned() };
        assert_eq!(post.pictures, [picture]);
        assert_eq!(
            post.notes,
            ["Line 9: the template tag `{% e` does nothing here and stays in the text."]
        );
    }
}
