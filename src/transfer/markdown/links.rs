//! Links from one text of a folder to another, which are to lead to the posts that these become.

use super::files::{MARKDOWN, Source};
use super::read;
use crate::text::Slug;
use chrono_tz::Tz;
use percent_encoding::percent_decode_str;
use std::collections::HashMap;

/// The texts of a folder, and what addresses they will have here.
pub struct Texts<'s> {
    sources: &'s [Source],
    zone: Tz,
    /// By path; read when somebody asks for the first time.
    slugs: Option<HashMap<&'s str, Slug>>,
}

/// Zola's name for the root of all texts, and Hugo's and Jekyll's folders for them.
const ROOT: &str = "@/";
const FOLDERS: [&str; 3] = ["", "content/", "_posts/"];

/// Whether a link leads to another text and not to a page.
pub fn leads_to_text(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let ending = path.rsplit_once('.').map(|(_, ending)| ending);
    ending.is_some_and(|ending| MARKDOWN.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

impl<'s> Texts<'s> {
    /// Those in `sources`, whose times are meant in `zone`.
    pub fn of(sources: &'s [Source], zone: Tz) -> Texts<'s> {
        Texts { sources, zone, slugs: None }
    }

    /// Where a link to `address` in the text at `path` is to lead.
    ///
    /// # Errors
    /// Why that cannot be said.
    pub fn lead(&mut self, path: &str, address: &str) -> Result<String, &'static str> {
        let (target, part) = address.find('#').map_or((address, ""), |at| address.split_at(at));
        let target = target.split('?').next().unwrap_or_default();
        let target = percent_decode_str(target).decode_utf8_lossy();
        let (sources, zone) = (self.sources, self.zone);
        let slugs = self.slugs.get_or_insert_with(|| slugs(sources, zone));
        let found = places(path, &target).find_map(|place| slugs.get(place.as_str()));
        let slug = found.ok_or("leads to no text in the imported folder")?;
        match slugs.values().filter(|other| *other == slug).count() {
            1 => Ok(format!("/posts/{}{part}", slug.as_str())),
            _ => Err("leads to one of several texts whose addresses are the same"),
        }
    }
}

fn slugs(sources: &[Source], zone: Tz) -> HashMap<&str, Slug> {
    let slug = |source| {
        let (_, file) = read(source, zone).ok()?;
        file.slug.as_deref().and_then(Slug::from_text).or_else(|| Slug::from_text(&file.title))
    };
    sources.iter().filter_map(|source| Some((source.path.as_str(), slug(source)?))).collect()
}

/// Where the text may lie that `address` in the one at `path` means, the likeliest first.
fn places(path: &str, address: &str) -> impl Iterator<Item = String> {
    let beside = path.rsplit_once('/').map_or("", |(beside, _)| beside);
    let from_root = address.strip_prefix(ROOT).or(address.strip_prefix('/'));
    let relative = from_root.is_none().then(|| joined(beside, address)).flatten();
    let whole = from_root.unwrap_or_default().to_owned();
    // Of a site only the folder of its posts may be here.
    let shorter: Vec<_> =
        whole.match_indices('/').map(|(at, _)| whole[at + 1..].to_owned()).collect();
    let from_root = FOLDERS.iter().map(move |folder| format!("{folder}{whole}"));
    relative.into_iter().chain(from_root.collect::<Vec<_>>()).chain(shorter)
}

/// `address` as it is meant in `folder`; nothing if it leads out of everything.
fn joined(folder: &str, address: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in address.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(path: &str, address: &str) -> Vec<String> {
        places(path, address).collect()
    }

    #[test]
    fn a_link_is_looked_for_beside_the_text_or_from_the_root() {
        assert_eq!(all("a/b.md", "../c/./d.md")[0], "c/d.md");
        assert_eq!(all("b.md", "c.md")[0], "c.md");
        assert_eq!(all("a/b.md", "@/c/d.md")[..2], ["c/d.md", "content/c/d.md"]);
        assert_eq!(all("a/b.md", "@/c/d.md").last().unwrap(), "d.md");
        assert!(!all("b.md", "../../c.md").contains(&"c.md".to_owned()));
    }

    #[test]
    fn a_link_to_markdown_leads_to_a_text() {
        assert!(
            leads_to_text("@/a/b.md#c") && leads_to_text("b.MD") && leads_to_text("../b.markdown")
        );
        assert!(!leads_to_text("b.pdf") && !leads_to_text("md") && !leads_to_text("/a#b.md"));
    }
}
