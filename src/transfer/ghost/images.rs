//! The pictures and files of an export: those in the archive beside it.

use crate::blog::Media;
use crate::transfer::addresses::{Address, changed};
use crate::transfer::intake::{Intake, copy};
use crate::transfer::markdown::prose::without_code;
use crate::transfer::zip::{Entry, Zip};
use crate::transfer::{Error, Sort};
use std::collections::HashMap;
use std::ops::Range;

/// What stands for the address of the blog in an export.
const GHOST_URL: &str = "__GHOST_URL__";

/// Where Ghost serves pictures and files.
const FOLDERS: [&str; 3] = ["/content/images/", "/content/media/", "/content/files/"];
/// What an address in Markdown stands between.
const AROUND: [char; 11] = [' ', '(', ')', '"', '\'', '<', '>', '\t', '\n', '[', ']'];

/// Pictures and files by their places in Ghost's folder of content: `images/2019/09/heron.jpg`.
pub struct Images {
    zip: Option<Zip>,
    places: HashMap<String, Entry>,
}

impl Images {
    /// Those of an archive.
    pub fn of(zip: Zip) -> Images {
        let mut places = HashMap::new();
        for entry in zip.entries() {
            if let Some(place) = place(&format!("/{}", entry.name)) {
                places.insert(place, entry.clone());
            }
        }
        Images { zip: Some(zip), places }
    }

    /// None at all.
    pub fn none() -> Images {
        Images { zip: None, places: HashMap::new() }
    }

    /// `html` with our addresses in place of those of the old blog. What did not come is told.
    pub fn put_into(
        &mut self,
        intake: &mut Intake<'_>,
        label: &str,
        html: &str,
    ) -> Result<String, Error> {
        let mut failed = None;
        let html = changed(html, |_, url| {
            let new = self.address(intake, label, url);
            new.unwrap_or_else(|error| {
                failed = Some(error);
                None
            })
        });
        failed.map_or(Ok(html), Err)
    }

    /// The same for Markdown, in which addresses stand anywhere.
    pub fn put_into_markdown(
        &mut self,
        intake: &mut Intake<'_>,
        label: &str,
        text: &str,
    ) -> Result<String, Error> {
        let mut out = String::with_capacity(text.len());
        let mut done = 0;
        for place in addresses(text) {
            let url = &text[place.clone()];
            out.push_str(&text[done..place.start]);
            out.push_str(&self.address(intake, label, url)?.unwrap_or_else(|| url.to_owned()));
            done = place.end;
        }
        Ok(out + &text[done..])
    }

    fn address(
        &mut self,
        intake: &mut Intake<'_>,
        label: &str,
        url: &str,
    ) -> Result<Option<String>, Error> {
        match self.bring(intake, url, "")? {
            Some(Ok(media)) => return Ok(Some(media.url())),
            Some(Err(reason)) => intake.report.pictures.push(format!("{label}: {url} ({reason})")),
            None => {}
        }
        // What led to the blog leads to this one, where the old addresses lead on.
        let path = url.strip_prefix(GHOST_URL);
        Ok(path
            .map(|path| if path.starts_with('/') { path.to_owned() } else { format!("/{path}") }))
    }

    /// The picture or file that was at `url` there; or why it did not come. `None` for what never was the blog's.
    pub fn bring(
        &mut self,
        intake: &mut Intake<'_>,
        url: &str,
        alt: &str,
    ) -> Result<Option<Result<Media, String>>, Error> {
        let is_own = url.starts_with(GHOST_URL) || url.starts_with('/');
        let path = url.strip_prefix(GHOST_URL).unwrap_or(url);
        let Some(place) =
            Address::parse(path).and_then(|address| place(&format!("/{}", address.path)))
        else {
            return Ok(None);
        };
        let Some(entry) = self.places.get(&place).cloned() else {
            let reason = match &self.zip {
                None => "pictures are in a backup of Ghost, and this is only its text",
                Some(_) => "it is not in the archive",
            };
            if is_own {
                intake.report.count(Sort::Files).found += 1;
                intake.report.count(Sort::Files).left_out += 1;
            }
            return Ok(is_own.then(|| Err(reason.to_owned())));
        };
        let (name, most) =
            (place.rsplit('/').next().unwrap_or_default(), intake.plan().largest_file);
        let zip = self.zip.as_mut();
        let brought = intake.bring(None, name, alt, |to| {
            let zip = zip.ok_or("it is in no archive")?;
            let mut from = zip.read(&entry).map_err(|error| error.to_string())?;
            copy(&mut from, to, most)
        })?;
        let count = intake.report.count(Sort::Files);
        count.found += 1;
        match &brought {
            Ok(_) => count.imported += 1,
            Err(_) => count.left_out += 1,
        }
        Ok(Some(brought))
    }
}

/// Where addresses of the blog stand in Markdown. In code they are only read, unless it was the export that put them there.
fn addresses(text: &str) -> Vec<Range<usize>> {
    let prose = without_code(text);
    let of_files = FOLDERS.iter().flat_map(|folder| prose.match_indices(folder));
    let mut starts: Vec<_> = text.match_indices(GHOST_URL).chain(of_files).collect();
    starts.sort_unstable();
    let (mut found, mut done) = (Vec::new(), 0);
    for (at, name) in starts.into_iter() {
        if at < done {
            continue;
        }
        let before = text[done..at].rfind(AROUND).map_or(done, |before| done + before + 1);
        let start = if name == GHOST_URL { at } else { before };
        done = text[at..].find(AROUND).map_or(text.len(), |end| at + end);
        found.push(start..done);
    }
    found
}

/// The place of a file in the folder of content; sizes that Ghost made lead to the whole picture.
fn place(path: &str) -> Option<String> {
    let start =
        ["/images/", "/media/", "/files/"].iter().filter_map(|folder| path.find(folder)).min()?;
    let place = &path[start + 1..];
    match place.strip_prefix("images/size/") {
        Some(sized) => sized.split_once('/').map(|(_, rest)| format!("images/{rest}")),
        None => Some(place.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_the_same_in_an_address_and_in_an_archive() {
        for path in [
            "/content/images/2019/a.png",
            "/images/2019/a.png",
            "/blog/content/images/size/w600/2019/a.png",
            "/backup/content/images/2019/a.png",
        ] {
            assert_eq!(place(path).as_deref(), Some("images/2019/a.png"), "{path}");
        }
        assert_eq!(place("/about"), None);
    }

    #[test]
    fn addresses_in_markdown_are_found_whole() {
        let text = "![é](/content/images/a.png) <img src=\"https://a.example/content/media/b.mp4\">\n[c]: __GHOST_URL__/about/\n\
            `/content/files/d` `__GHOST_URL__/e`__GHOST_URL__";
        let found: Vec<_> = addresses(text).into_iter().map(|place| &text[place]).collect();
        let expected = [
            "/content/images/a.png",
            "https://a.example/content/media/b.mp4",
            "__GHOST_URL__/about/",
            "__GHOST_URL__/e`__GHOST_URL__",
        ];
        assert_eq!(found, expected);
    }
}
