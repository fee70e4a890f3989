//! Finds the posts in a folder of files.

use super::{Error, Report};
use crate::blog::Digest;
use sha2::{Digest as _, Sha256};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use walkdir::{DirEntry, WalkDir};

/// A file that may be a post.
pub struct Source {
    /// Below the folder, with `/` between the parts.
    pub path: String,
    /// When the file was last changed, in seconds since 1970.
    pub changed_at: i64,
    /// Whether it is HTML and no Markdown.
    pub is_html: bool,
    file: PathBuf,
}

/// What a file is taken for.
enum Role {
    Post,
    /// It looks like a post and is none, for a reason.
    LeftOut(&'static str),
    /// A page of a theme, mostly, or of a site that was built.
    Html,
    Other,
}

/// What the names of Markdown files end in.
pub const MARKDOWN: [&str; 4] = ["md", "markdown", "mdown", "mkd"];
const HTML: [&str; 2] = ["html", "htm"];
/// Other languages that generators understand.
const UNREAD: [&str; 6] = ["mdx", "rst", "adoc", "asciidoc", "org", "textile"];

/// A file larger than this holds no post that could be saved.
const MAX_LEN: u64 = 4 * 1024 * 1024;

/// Every post below `dir` in the order of their names. What looks like a post and is none is reported.
pub fn below(dir: &Path, report: &mut Report) -> Result<Vec<Source>, Error> {
    let unreadable = |cause: String| Error::Unreadable { path: dir.to_owned(), cause };
    if !dir.is_dir() {
        return Err(unreadable("it is no folder".to_owned()));
    }
    let (mut sources, mut html) = (Vec::new(), 0);
    let visible = |entry: &DirEntry| entry.depth() == 0 || !is_hidden(entry);
    for entry in WalkDir::new(dir).sort_by_file_name().into_iter().filter_entry(visible) {
        let entry = entry.map_err(|error| unreadable(error.to_string()))?;
        let path = entry.path().strip_prefix(dir).unwrap_or(entry.path());
        let path = path.to_string_lossy().replace('\\', "/");
        match role(&entry, &path) {
            Role::Post => sources.push(Source {
                path,
                changed_at: changed_at(&entry),
                is_html: ends_in(&entry, &HTML),
                file: entry.into_path(),
            }),
            Role::LeftOut(reason) => report.left_out.push(format!("{path}: {reason}")),
            Role::Html => html += 1,
            Role::Other => {}
        }
    }
    if html > 0 {
        let line = format!("{html} HTML files: only those in _posts and _drafts are posts");
        report.left_out.push(line);
    }
    Ok(sources)
}

fn role(entry: &DirEntry, path: &str) -> Role {
    let is_html = ends_in(entry, &HTML);
    // As Jekyll has it.
    let is_html_post = is_html && path.split('/').any(|part| matches!(part, "_posts" | "_drafts"));
    let may_be_post = is_html_post || ends_in(entry, &MARKDOWN);
    let is_link = entry.file_type().is_symlink();
    match () {
        () if is_link && (may_be_post || entry.path().is_dir()) => {
            Role::LeftOut("it is a link, and links are not followed")
        }
        () if !entry.file_type().is_file() => Role::Other,
        () if may_be_post && entry.file_name().to_string_lossy().starts_with("_index.") => {
            Role::LeftOut("it describes a section and is no post")
        }
        () if may_be_post => Role::Post,
        () if is_html => Role::Html,
        () if ends_in(entry, &UNREAD) => Role::LeftOut("only Markdown and HTML are read here"),
        () => Role::Other,
    }
}

impl Source {
    /// What the file says.
    pub fn text(&self) -> Result<String, String> {
        let size = fs::metadata(&self.file).map_err(|error| error.to_string())?.len();
        if size > MAX_LEN {
            return Err("it is larger than 4 MiB".to_owned());
        }
        let bytes = fs::read(&self.file).map_err(|error| error.to_string())?;
        String::from_utf8(bytes).map_err(|_| "it is not in UTF-8".to_owned())
    }

    /// Of what the file says.
    pub fn digest(&self, text: &str) -> Digest {
        Sha256::digest(text).into()
    }
}

fn is_hidden(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    name.starts_with('.') || (entry.file_type().is_dir() && name == "node_modules")
}

fn ends_in(entry: &DirEntry, endings: &[&str]) -> bool {
    let end = entry.path().extension().map(|end| end.to_ascii_lowercase());
    end.is_some_and(|end| endings.iter().any(|known| end == *known))
}

fn changed_at(entry: &DirEntry) -> i64 {
    let time = entry.metadata().ok().and_then(|metadata| metadata.modified().ok());
    let since = time.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    since.map_or(0, |since| since.as_secs() as i64)
}
