//! Which file an address is found in.

use percent_encoding::percent_decode_str;
use std::path::PathBuf;

/// An address of the site. An address with a query cannot be a file; the pages of a list have one, so they get numbers.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place {
    /// The path, decoded: `/posts/über-uns`.
    pub path: String,
    /// Of a list: which page of it. The first has none.
    pub page: Option<String>,
}

/// What is kept at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// A page.
    Page,
    /// A page that leads to another address.
    Way,
    /// Anything else.
    File,
}

/// The longest name of a file, in bytes, that every file system takes.
const LONGEST_NAME: usize = 255;

impl Place {
    /// The address without a query.
    pub fn at(path: &str) -> Place {
        Place { path: path.to_owned(), page: None }
    }

    /// The address as it stands in a link, without the host.
    pub fn link(&self) -> String {
        let path = super::encoded(&self.path);
        match &self.page {
            Some(page) => format!("{}/page/{page}", path.trim_end_matches('/')),
            None => path,
        }
    }

    /// Its file below the folder of the site; `None` where no file can be.
    ///
    /// A page is `posts/hello.html`: hosts serve it as `/posts/hello`. What only leads on is `2014/old/index.html`, which
    /// they find with and without a slash at the end.
    pub fn file(&self, content: Content) -> Option<PathBuf> {
        let path = match &self.page {
            Some(page) => format!("{}/page/{page}", self.path.trim_end_matches('/')),
            None => self.path.clone(),
        };
        let mut parts: Vec<_> = path.trim_matches('/').split('/').map(str::to_owned).collect();
        let last = parts.last_mut()?;
        let is_html = last.ends_with(".html") || last.ends_with(".htm");
        match content {
            _ if last.is_empty() => *last = "index.html".to_owned(),
            Content::Page | Content::Way if is_html => {}
            Content::Page => last.push_str(".html"),
            Content::Way => parts.push("index.html".to_owned()),
            Content::File => {}
        }
        parts.iter().all(|part| is_name(part)).then(|| parts.iter().collect())
    }

    /// Whether what is found there never changes, for its address says what it is.
    pub fn is_lasting(&self) -> bool {
        ["/media/", "/assets/", "/covers/"].iter().any(|start| self.path.starts_with(start))
    }
}

fn is_name(part: &str) -> bool {
    let is_hidden = part.starts_with('.') && part != ".well-known";
    let is_odd = |c: char| c.is_control() || matches!(c, '\\' | ':' | '?');
    !part.is_empty() && !is_hidden && part.len() <= LONGEST_NAME && !part.contains(is_odd)
}

/// A path as it stands in a link, decoded; `None` where that makes no text.
pub fn decoded(path: &str) -> Option<String> {
    percent_decode_str(path).decode_utf8().ok().map(|path| path.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, content: Content) -> Option<String> {
        Place::at(path).file(content).map(|file| file.to_string_lossy().into_owned())
    }

    #[test]
    fn every_address_has_a_file_that_hosts_find() {
        for (path, content, expected) in [
            ("/", Content::Page, "index.html"),
            ("/posts", Content::Page, "posts.html"),
            ("/posts/über-uns", Content::Page, "posts/über-uns.html"),
            ("/2014/old", Content::Way, "2014/old/index.html"),
            ("/2014/old.html", Content::Way, "2014/old.html"),
            ("/old.php", Content::Way, "old.php/index.html"),
            ("/feed.xml", Content::File, "feed.xml"),
            ("/media/d/Lies mich", Content::File, "media/d/Lies mich"),
        ] {
            assert_eq!(file(path, content).as_deref(), Some(expected), "{path}");
        }
        let page = Place { page: Some("2".to_owned()), ..Place::at("/tags/été") };
        assert_eq!(page.file(Content::Page), Some("tags/été/page/2.html".into()));
        assert_eq!(page.link(), "/tags/%C3%A9t%C3%A9/page/2");
    }

    #[test]
    fn no_file_is_outside_of_the_folder_or_hidden_in_it() {
        for path in
            ["/..", "/a/../../b", "/a//b", "/.git/config", "/a\\..\\b", "/c:/x", "/a/\0", "/?p=12"]
        {
            assert_eq!(file(path, Content::Way), None, "{path:?}");
        }
        assert_eq!(file(&format!("/{}", "é".repeat(128)), Content::File), None);
    }
}
