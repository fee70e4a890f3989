//! The text of an item as it is kept here.

use super::files::Files;
use super::item::Item;
use super::survey::{Attachment, Survey};
use super::{blocks, paragraphs, shortcodes};
use crate::text::markdown::TooComplex;
use crate::text::markdown_of;
use crate::transfer::intake::Intake;
use crate::transfer::{Error, frames};
use std::collections::BTreeSet;

/// The most pictures of a gallery.
const MOST_PICTURES: usize = 500;

/// The Markdown of an item, its files brought along; or why there is none. What will not work here is noted.
pub fn content(
    item: &Item,
    survey: &Survey,
    files: &mut Files<'_>,
    intake: &mut Intake<'_>,
    notes: &mut Vec<String>,
) -> Result<Result<String, TooComplex>, Error> {
    let html = html(item, survey, notes);
    let html = files.put_into(intake, &item.place(), &html)?;
    let text = match markdown_of(&html) {
        Ok(text) => text,
        Err(error) => return Ok(Err(error)),
    };
    let featured =
        item.meta("_thumbnail_id").next().and_then(|id| survey.files.get(&id.parse().ok()?));
    Ok(Ok(match featured {
        None => text,
        Some(file) => with_featured(file, &text, files, intake, notes)?,
    }))
}

/// The picture that stands for a post comes first, unless the text shows it anyway.
fn with_featured(
    file: &Attachment,
    text: &str,
    files: &mut Files<'_>,
    intake: &mut Intake<'_>,
    notes: &mut Vec<String>,
) -> Result<String, Error> {
    match files.bring(intake, &file.url, &file.alt)? {
        Ok(media) if text.contains(&media.digest) => Ok(text.to_owned()),
        Ok(media) => Ok(format!("{}\n\n{text}", media.markdown(&file.alt))),
        Err(reason) => {
            notes.push(format!(
                "the picture that stands for it did not come along: {} ({reason})",
                file.url
            ));
            Ok(text.to_owned())
        }
    }
}

/// The text as WordPress would show it.
fn html(item: &Item, survey: &Survey, notes: &mut Vec<String>) -> String {
    let bare = blocks::bare(&item.content);
    notes.extend(told("block", "shows nothing here", &bare.empty));
    let mut gallery = |ids: Option<Vec<u64>>| gallery(item, survey, ids);
    let replaced = shortcodes::replaced(&bare.html, &mut gallery);
    let what = "does nothing here and stays in the text";
    notes.extend(told("shortcode", what, &replaced.unknown));
    let html = match bare.had_blocks {
        true => replaced.html,
        false => paragraphs::made(&replaced.html),
    };
    let (html, frames) = frames::without(&html);
    if frames > 0 {
        notes.push(format!("{frames} frames of other sites are links now"));
    }
    html
}

/// One note on all that have the same fate.
fn told(sort: &str, fate: &str, names: &BTreeSet<String>) -> Option<String> {
    let listed: Vec<_> = names.iter().map(|name| format!("“{name}”")).collect();
    match listed.as_slice() {
        [] => None,
        [name] => Some(format!("the {sort} {name} {fate}")),
        names => {
            let fate = fate.replace("shows", "show").replace("does", "do").replace("stays", "stay");
            Some(format!("the {sort}s {} {fate}", names.join(", ")))
        }
    }
}

/// The pictures of a gallery; without numbers, those that belong to the post.
fn gallery(item: &Item, survey: &Survey, ids: Option<Vec<u64>>) -> String {
    let pictures: Vec<_> = match ids.filter(|ids| !ids.is_empty()) {
        Some(ids) => {
            ids.into_iter().take(MOST_PICTURES).filter_map(|id| survey.files.get(&id)).collect()
        }
        None => {
            let mut own: Vec<_> = survey
                .files
                .iter()
                .filter(|(_, file)| file.parent == item.id && item.id > 0)
                .collect();
            own.sort_by_key(|(id, _)| **id);
            own.into_iter().take(MOST_PICTURES).map(|(_, file)| file).collect()
        }
    };
    let mut html = String::from("\n\n");
    for picture in pictures.into_iter().filter(|file| is_picture(&file.url)) {
        let (url, alt) = (attribute(&picture.url), attribute(&picture.alt));
        let image = format!("<img src=\"{url}\" alt=\"{alt}\">");
        match picture.caption.trim() {
            "" => html.push_str(&format!("<p>{image}</p>\n\n")),
            words => html
                .push_str(&format!("<figure>{image}<figcaption>{words}</figcaption></figure>\n\n")),
        }
    }
    html
}

fn is_picture(url: &str) -> bool {
    let ending = url.rsplit('.').next().unwrap_or_default().to_lowercase();
    matches!(ending.as_str(), "jpg" | "jpeg" | "png" | "gif" | "webp" | "avif" | "bmp")
}

fn attribute(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}
