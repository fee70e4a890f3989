//! Finds the Markdown files of a folder.

use super::{Error, Report};
use crate::blog::Digest;
use sha2::{Digest as _, Sha256};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use walkdir::{DirEntry, WalkDir};

/// A Markdown file that may be a post.
pub struct Source {
    /// Below the folder, with `/` between the parts.
    pub path: String,
    /// When the file was last changed, in seconds since 1970.
    pub changed_at: i64,
    file: PathBuf,
}

/// A file larger than this holds no post that could be saved.
const MAX_LEN: u64 = 4 * 1024 * 1024;

/// Every Markdown file below `dir` in the order of their names. What looks like a post and is none is reported.
pub fn below(dir: &Path, report: &mut Report) -> Result<Vec<Source>, Error> {
    let unreadable = |cause: String| Error::Unreadable { path: dir.to_owned(), cause };
    if !dir.is_dir() {
        return Err(unreadable("it is no folder".to_owned()));
    }
    let mut sources = Vec::new();
    let visible = |entry: &DirEntry| entry.depth() == 0 || !is_hidden(entry);
    for entry in WalkDir::new(dir).sort_by_file_name().into_iter().filter_entry(visible) {
        let entry = entry.map_err(|error| unreadable(error.to_string()))?;
        if entry.file_type().is_file() && is_markdown(entry.path()) {
            let path = entry
                .path()
                .strip_prefix(dir)
                .unwrap_or(entry.path())
                .to_string_lossy()
                .replace('\\', "/");
            match entry.file_name().to_string_lossy().starts_with("_index.") {
                true => {
                    report.left_out.push(format!("{path}: it describes a section and is no post"))
                }
                false => sources.push(Source {
                    path,
                    changed_at: changed_at(&entry),
                    file: entry.into_path(),
                }),
            }
        }
    }
    Ok(sources)
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

fn is_markdown(path: &Path) -> bool {
    let end = path.extension().map(|end| end.to_ascii_lowercase());
    end.is_some_and(|end| ["md", "markdown", "mdown", "mkd"].iter().any(|known| end == *known))
}

fn changed_at(entry: &DirEntry) -> i64 {
    let time = entry.metadata().ok().and_then(|metadata| metadata.modified().ok());
    let since = time.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    since.map_or(0, |since| since.as_secs() as i64)
}
