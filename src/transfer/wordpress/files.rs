//! The pictures and files of an export: found in a folder of uploads, or fetched, and put where texts show them.

use super::originals::{Originals, Spot};
use super::survey::Survey;
use crate::blog::Media;
use crate::transfer::addresses::{Address, changed};
use crate::transfer::fetch::Fetcher;
use crate::transfer::folder::{Folder, copy_file};
use crate::transfer::intake::Intake;
use crate::transfer::{Error, Sort};
use percent_encoding::percent_decode_str;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// Where WordPress keeps files.
const UPLOADS: &str = "wp-content/uploads/";
/// The most files of which is kept in mind that they did not come.
const MOST_MISSING: usize = 100_000;
/// Endings of what may be a file, of a link.
const ENDINGS: [&str; 26] = [
    "jpg", "jpeg", "png", "gif", "webp", "avif", "svg", "bmp", "pdf", "mp3", "m4a", "ogg", "oga",
    "wav", "flac", "mp4", "m4v", "webm", "ogv", "mov", "zip", "doc", "docx", "xls", "xlsx", "odt",
];

/// Where files come from.
pub struct Files<'a> {
    survey: &'a Survey,
    uploads: Option<Folder>,
    fetcher: Option<Fetcher>,
    originals: Originals<'a>,
    /// Why files did not come that were asked for, so that nobody asks twice.
    missing: HashMap<String, String>,
}

impl<'a> Files<'a> {
    /// Files from a folder, or from their hosts, or from nowhere.
    pub fn new(
        survey: &'a Survey,
        uploads: Option<&Path>,
        fetch: Option<Fetcher>,
    ) -> Result<Files<'a>, Error> {
        let folder = match uploads {
            None => None,
            Some(path) => {
                let cause = "it is no folder".to_owned();
                let unreadable = Error::Unreadable { path: path.to_owned(), cause };
                Some(Folder::open(path).ok_or(unreadable)?)
            }
        };
        Ok(Files {
            survey,
            uploads: folder,
            fetcher: fetch,
            originals: Originals::of(survey),
            missing: HashMap::new(),
        })
    }

    /// `html` with our addresses in place of those of the old blog. What did not come is told.
    pub fn put_into(
        &mut self,
        intake: &mut Intake<'_>,
        place: &str,
        html: &str,
    ) -> Result<String, Error> {
        let mut failed = None;
        let mut told = Vec::new();
        let html = changed(html, |element, url| {
            let new = self.address(intake, element, url, &mut told);
            new.unwrap_or_else(|error| {
                failed = Some(error);
                None
            })
        });
        told.sort();
        told.dedup();
        intake.report.pictures.extend(told.iter().map(|line| format!("{place}: {line}")));
        failed.map_or(Ok(html), Err)
    }

    /// Whether a text that was taken in still shows files from where it comes from.
    pub fn shows_there(&self, text: &str) -> bool {
        let words = text.split(|c: char| c.is_whitespace() || "()<>\"'".contains(c));
        let addresses = words.filter_map(|word| word.find("://").map(|at| &word[at + 1..]));
        addresses
            .filter_map(Address::parse)
            .any(|address| self.survey.file_hosts.contains(&address.host) && is_file(&address.path))
    }

    /// What stands here for an address, if something else does.
    fn address(
        &mut self,
        intake: &mut Intake<'_>,
        element: &str,
        url: &str,
        told: &mut Vec<String>,
    ) -> Result<Option<String>, Error> {
        let Some(address) = Address::parse(url) else { return Ok(None) };
        if element == "a" && !is_file(&address.path) {
            return Ok(self.survey.is_within(&address).then(|| within(&address)));
        }
        if !address.host.is_empty() && !self.survey.file_hosts.contains(&address.host) {
            return Ok(None);
        }
        match self.bring(intake, url, "")? {
            Ok(media) => Ok(Some(media.url())),
            Err(reason) => {
                told.push(format!("{url} ({reason})"));
                Ok(None)
            }
        }
    }

    /// The file that was at `url` there; or why it did not come.
    pub fn bring(
        &mut self,
        intake: &mut Intake<'_>,
        url: &str,
        alt: &str,
    ) -> Result<Result<Media, String>, Error> {
        let mut why = None;
        for spot in self.originals.spots(url) {
            match self.bring_from(intake, spot, alt)? {
                Ok(media) => return Ok(Ok(media)),
                Err(reason) => why = why.or(Some(reason)),
            }
        }
        Ok(Err(why.unwrap_or_default()))
    }

    fn bring_from(
        &mut self,
        intake: &mut Intake<'_>,
        Spot { url, source }: Spot,
        alt: &str,
    ) -> Result<Result<Media, String>, Error> {
        if let Some(reason) = self.missing.get(&source) {
            return Ok(Err(reason.clone()));
        }
        let name = url.rsplit('/').next().unwrap_or_default();
        let name = percent_decode_str(name).decode_utf8_lossy().into_owned();
        let most = intake.plan().largest_file;
        let found = self.uploads.as_ref().and_then(|folder| in_uploads(folder, &url));
        let fetcher = self.fetcher.as_mut();
        let has_uploads = self.uploads.is_some();
        let alt = self.originals.alt(&source).unwrap_or(alt);
        let brought = intake.bring(Some(&source), &name, alt, |to| match (found, fetcher) {
            (Some(found), _) => copy_file(&found, to, most),
            (None, Some(fetcher)) if url.contains("://") => fetcher.fetch(&encoded(&url), to),
            (None, _) if has_uploads => Err("it is not in the folder of uploads".to_owned()),
            (None, _) => {
                Err("neither a folder of uploads was given nor leave to fetch it".to_owned())
            }
        })?;
        if let Err(reason) = &brought
            && self.missing.len() < MOST_MISSING
        {
            self.missing.insert(source, reason.clone());
        }
        Ok(brought)
    }
}

/// Counts a file that stands by itself in an export.
pub fn take_attachment(
    files: &mut Files<'_>,
    intake: &mut Intake<'_>,
    place: &str,
    url: &str,
    alt: &str,
) -> Result<(), Error> {
    match files.bring(intake, url, alt)? {
        Ok(_) => intake.report.count(Sort::Files).imported += 1,
        Err(reason) => {
            intake.report.count(Sort::Files).left_out += 1;
            intake.report.pictures.push(format!("{place}: {url} ({reason})"));
        }
    }
    Ok(())
}

/// An address of the old blog as one of this site, where the old addresses lead on.
fn within(address: &Address<'_>) -> String {
    let path = crate::transfer::addresses::encoded_path(&address.path);
    let query =
        if address.query.is_empty() { String::new() } else { format!("?{}", address.query) };
    format!("/{path}{query}{}", address.fragment)
}

fn encoded(url: &str) -> String {
    let is_plain = |c: char| c.is_ascii_graphic();
    match url.chars().all(is_plain) {
        true => url.to_owned(),
        false => percent_encoding::utf8_percent_encode(url, percent_encoding::CONTROLS)
            .to_string()
            .replace(' ', "%20"),
    }
}

fn is_file(path: &str) -> bool {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    path.contains(UPLOADS) || ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

/// The file in a folder of uploads, or in one that holds such a folder.
fn in_uploads(folder: &Folder, url: &str) -> Option<PathBuf> {
    let address = Address::parse(url)?;
    let path = address.path.as_str();
    let below = path.find(UPLOADS).map_or(path, |at| &path[at + UPLOADS.len()..]);
    ["", "uploads/", UPLOADS].iter().find_map(|root| folder.find(&format!("{root}{below}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_to_a_file_is_told_from_one_to_a_page() {
        assert!(is_file("wp-content/uploads/2019/x.zip") && is_file("a/B.JPG"));
        assert!(!is_file("2019/09/25/hello") && !is_file("about.html"));
    }
}
