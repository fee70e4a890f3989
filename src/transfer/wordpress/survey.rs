//! A first look at an export: what is in it, and where its files are. Only when it was read to its end does anything
//! come in.

use super::item::{Item, Part};
use super::scan::Scanner;
use crate::transfer::addresses::Address;
use crate::transfer::{Error, Report, Sort};
use std::collections::{HashMap, HashSet};
use std::io::Read;

/// The most files and authors that are kept in mind.
const MOST: usize = 200_000;

/// What an export is about.
#[derive(Default)]
pub struct Survey {
    /// The address of the blog, as it stands there.
    pub blog: String,
    /// The hosts that are its own.
    pub hosts: HashSet<String>,
    /// The hosts where its files are: its own, that of the network it is part of, and others that only keep files.
    pub file_hosts: HashSet<String>,
    /// The path of the blog on its host, without a slash at either end.
    pub base: String,
    /// The names that readers see, by those that authors sign in with.
    pub authors: HashMap<String, String>,
    /// The files by their numbers.
    pub files: HashMap<u64, Attachment>,
    /// How many items there are.
    pub items: usize,
    /// Why it has no proper end.
    pub cut: Option<String>,
    /// How many of its bytes were no text.
    pub mended: usize,
    /// Whether it says which version of the format it has.
    pub has_version: bool,
}

/// A picture or file of the blog.
pub struct Attachment {
    /// Where it is.
    pub url: Box<str>,
    /// What there is to see.
    pub alt: Box<str>,
    /// What is written below it.
    pub caption: Box<str>,
    /// The number of the post it belongs to.
    pub parent: u64,
}

impl Survey {
    /// Reads an export to its end.
    ///
    /// # Errors
    /// It is no export that anybody would read.
    pub fn of(from: impl Read, seen: &dyn Fn(u64)) -> Result<(Survey, Report), Error> {
        let (mut survey, mut report) = (Survey::default(), Report::default());
        let mut scanner = Scanner::new(from)?;
        while let Some(part) = scanner.next()? {
            match part {
                Part::Site(name, text) => survey.site(&name, text.trim()),
                Part::Author(login, shown) => {
                    report.count(Sort::Authors).found += 1;
                    if survey.authors.len() < MOST {
                        survey.authors.insert(login, shown);
                    }
                }
                Part::Term("category") => report.count(Sort::Categories).found += 1,
                Part::Term("tag") => report.count(Sort::Tags).found += 1,
                Part::Term(_) => report.count(Sort::Other("other terms".to_owned())).found += 1,
                Part::Item(item) => survey.item(*item),
            }
            seen(scanner.position());
        }
        survey.cut = scanner.cut.take();
        survey.mended = scanner.mended();
        if survey.items == 0 && survey.blog.is_empty() && !survey.has_version {
            let reason = survey.cut.unwrap_or_else(|| "there is no post in it".to_owned());
            return Err(Error::Refused(format!("this is no export of WordPress: {reason}")));
        }
        report.notes.extend(survey.notes());
        Ok((survey, report))
    }

    fn site(&mut self, name: &str, text: &str) {
        match name {
            "wp:base_blog_url" => self.blog = text.to_owned(),
            "link" if self.blog.is_empty() => self.blog = text.to_owned(),
            "wp:wxr_version" => self.has_version = true,
            "wp:base_site_url" => {}
            _ => return,
        }
        if let Some(address) = Address::parse(text) {
            self.file_hosts.insert(address.host.clone());
            if name != "wp:base_site_url" {
                self.hosts.insert(address.host);
                self.base = address.path;
            }
        }
    }

    /// Whether what is at an address is the blog's, and not that of somebody beside it.
    pub fn is_within(&self, address: &Address<'_>) -> bool {
        let below = address.path.strip_prefix(&self.base);
        let is_below = below
            .is_some_and(|rest| self.base.is_empty() || rest.is_empty() || rest.starts_with('/'));
        self.hosts.contains(&address.host) && is_below
    }

    fn item(&mut self, item: Item) {
        self.items += 1;
        if item.kind != "attachment" || item.id == 0 || self.files.len() >= MOST {
            return;
        }
        let url = if item.file.is_empty() { &item.guid } else { &item.file };
        let alt = item.meta("_wp_attachment_image_alt").next().unwrap_or_default();
        let file = Attachment {
            url: url.as_str().into(),
            alt: short(alt),
            caption: short(&item.excerpt),
            parent: item.parent,
        };
        if let Some(address) = Address::parse(&file.url) {
            self.file_hosts.insert(address.host);
        }
        self.files.insert(item.id, file);
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        notes.extend(
            self.cut.iter().map(|cut| format!("{cut}; what stands before that is imported")),
        );
        if !self.has_version {
            notes.push("the export does not say which version of the format it has".to_owned());
        }
        if self.mended > 0 {
            notes.push(format!(
                "{} bytes of the export are no text; they were mended or left out",
                self.mended
            ));
        }
        notes
    }
}

fn short(text: &str) -> Box<str> {
    text[..text.floor_char_boundary(1_000)].into()
}
