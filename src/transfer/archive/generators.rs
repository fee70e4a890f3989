//! What Zola and Hugo need to make a site of an archive: their settings, and the plainest of layouts.

use include_dir::{Dir, DirEntry, include_dir};
use std::collections::BTreeMap;
use toml::{Table, Value, toml};

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/assets/archive");

/// The files with their places, for a blog with these settings.
pub fn files(settings: &BTreeMap<String, String>) -> Vec<(String, String)> {
    let word = |key: &str, default: &str| {
        Value::String(settings.get(key).map_or(default, String::as_str).to_owned())
    };
    let (title, tagline) = (word("title", "My Blog"), word("tagline", ""));
    let language = word("language", "en");
    let mut files = vec![
        ("config.toml".to_owned(), zola(&title, &tagline, &language).to_string()),
        ("hugo.toml".to_owned(), hugo(&title, &tagline, &language).to_string()),
    ];
    built_in(&FILES, &mut files);
    files
}

fn zola(title: &Value, tagline: &Value, language: &Value) -> Table {
    let mut settings = toml! {
        base_url = "/"
        generate_feeds = true
        taxonomies = [{ name = "tags" }]

        [slugify]
        paths = "safe"
        taxonomies = "safe"
    };
    settings.insert("title".to_owned(), title.clone());
    settings.insert("description".to_owned(), tagline.clone());
    settings.insert("default_language".to_owned(), language.clone());
    settings
}

fn hugo(title: &Value, tagline: &Value, language: &Value) -> Table {
    let mut settings = toml! {
        baseURL = "/"

        [frontmatter]
        lastmod = ["updated", ":default"]

        [markup.goldmark.renderer]
        unsafe = true
    };
    settings.insert("title".to_owned(), title.clone());
    let words =
        [("description".to_owned(), tagline.clone()), ("language".to_owned(), language.clone())];
    settings.insert("params".to_owned(), Value::Table(Table::from_iter(words)));
    settings
}

fn built_in(dir: &Dir<'static>, files: &mut Vec<(String, String)>) {
    for entry in dir.entries() {
        match entry {
            DirEntry::Dir(dir) => built_in(dir, files),
            DirEntry::File(file) => {
                let text = file.contents_utf8().unwrap_or_default().to_owned();
                files.push((file.path().to_string_lossy().replace('\\', "/"), text));
            }
        }
    }
}
