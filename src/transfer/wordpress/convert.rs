//! The text of an item as it is kept here.

use super::files::Files;
use super::gallery::Galleries;
use super::item::Item;
use super::survey::{Attachment, Survey};
use super::{blocks, paragraphs, shortcodes};
use crate::text::markdown::TooComplex;
use crate::text::markdown_of;
use crate::transfer::idle::{self, told};
use crate::transfer::intake::Intake;
use crate::transfer::{Error, frames};

/// Why a picture does not come that is only named by its number.
const ABSENT: &str = "it is not in the export";

/// The Markdown of an item, its files brought along; or why there is none. What will not work here is noted.
pub fn content(
    item: &Item,
    survey: &Survey,
    files: &mut Files<'_>,
    intake: &mut Intake<'_>,
    notes: &mut Vec<String>,
) -> Result<Result<String, TooComplex>, Error> {
    let html = html(item, survey, intake, notes);
    notes.extend(idle::in_html(&html));
    let html = files.put_into(intake, &item.place(), &html)?;
    let text = match markdown_of(&html) {
        Ok(text) => text,
        Err(error) => return Ok(Err(error)),
    };
    let Some(id) = featured(item) else { return Ok(Ok(text)) };
    match survey.files.get(&id) {
        Some(file) => with_featured(file, &text, files, intake, notes).map(Ok),
        None => {
            let line = format!("{}: picture {id}, which stands for it ({ABSENT})", item.place());
            intake.report.pictures.push(line);
            Ok(Ok(text))
        }
    }
}

/// The number of the picture that stands for a post.
pub fn featured(item: &Item) -> Option<u64> {
    item.meta("_thumbnail_id").next()?.parse().ok().filter(|id| *id > 0)
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
fn html(item: &Item, survey: &Survey, intake: &mut Intake<'_>, notes: &mut Vec<String>) -> String {
    let bare = blocks::bare(&item.content);
    notes.extend(told("block", "shows nothing here", &bare.empty));
    let mut galleries = Galleries::new(item, survey);
    let replaced = shortcodes::replaced(&bare.html, &mut |ids| galleries.html(ids));
    let missing = galleries.missing.iter();
    let place = item.place();
    intake
        .report
        .pictures
        .extend(missing.map(|id| format!("{place}: picture {id} of a gallery ({ABSENT})")));
    if galleries.unmade > 0 {
        notes.push(format!(
            "{} of its galleries stay in the text as they were: it has no room",
            galleries.unmade
        ));
    }
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
