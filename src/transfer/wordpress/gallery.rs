//! The galleries of a post, which name pictures by their numbers.

use super::item::Item;
use super::survey::{Attachment, Survey};
use crate::blog::post::Draft;
use std::collections::BTreeSet;

/// The most bytes that are made of all galleries of a post: each may have all pictures.
const MOST: usize = Draft::MAX_CONTENT / 4;

/// The galleries of one post.
pub struct Galleries<'a> {
    item: &'a Item,
    survey: &'a Survey,
    /// Numbers of what is not in the export.
    pub missing: BTreeSet<u64>,
    /// How many were not made because the post has no room for them.
    pub unmade: usize,
    room: usize,
}

impl<'a> Galleries<'a> {
    /// Those of an item, none of which is made yet.
    pub fn new(item: &'a Item, survey: &'a Survey) -> Galleries<'a> {
        Galleries { item, survey, missing: BTreeSet::new(), unmade: 0, room: MOST }
    }

    /// The pictures of a gallery; without numbers, those that belong to the post. `None` if there is nothing to see, or
    /// no room. Where one had no room there is none for those after it.
    pub fn html(&mut self, ids: Option<Vec<u64>>) -> Option<String> {
        if self.unmade > 0 {
            self.unmade += 1;
            return None;
        }
        let files = match ids.filter(|ids| !ids.is_empty()) {
            Some(ids) => self.named(&ids),
            None => self.own(),
        };
        let mut html = String::from("\n\n");
        for picture in files.into_iter().filter(|file| is_picture(&file.url)) {
            html.push_str(&shown(picture));
            if html.len() > self.room {
                self.unmade = 1;
                return None;
            }
        }
        self.room = self.room.saturating_sub(html.len());
        (!html.trim().is_empty()).then_some(html)
    }

    fn named(&mut self, ids: &[u64]) -> Vec<&'a Attachment> {
        let (found, missing): (Vec<_>, Vec<_>) =
            ids.iter().partition(|id| self.survey.files.contains_key(id));
        self.missing.extend(missing);
        found.into_iter().filter_map(|id| self.survey.files.get(id)).collect()
    }

    fn own(&self) -> Vec<&'a Attachment> {
        let all = self.survey.files.iter();
        let mut own: Vec<_> =
            all.filter(|(_, file)| file.parent == self.item.id && self.item.id > 0).collect();
        own.sort_by_key(|(id, _)| **id);
        own.into_iter().map(|(_, file)| file).collect()
    }
}

fn shown(picture: &Attachment) -> String {
    let (url, alt) = (attribute(&picture.url), attribute(&picture.alt));
    let image = format!("<img src=\"{url}\" alt=\"{alt}\">");
    match picture.caption.trim() {
        "" => format!("<p>{image}</p>\n\n"),
        words => format!("<figure>{image}<figcaption>{words}</figcaption></figure>\n\n"),
    }
}

fn is_picture(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let ending = path.rsplit('.').next().unwrap_or_default().to_lowercase();
    matches!(ending.as_str(), "jpg" | "jpeg" | "png" | "gif" | "webp" | "avif" | "bmp")
}

fn attribute(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}
