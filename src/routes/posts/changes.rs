//! What differs between two versions besides the text.

use super::place;
use crate::blog::Word;
use crate::blog::post::Manuscript;
use crate::text::diff::{self, Piece};
use crate::web::local_time;
use chrono_tz::Tz;
use serde::Serialize;

/// A field besides the text that is not the same.
#[derive(Serialize)]
pub struct Field {
    name: &'static str,
    pieces: Vec<Piece>,
}

/// What is not the same besides the text.
pub fn between(old: &Manuscript, new: &Manuscript, zone: Tz) -> Vec<Field> {
    let date = |manuscript: &Manuscript| {
        manuscript.publish_at.map(|at| local_time(at, zone).replace('T', " ")).unwrap_or_default()
    };
    let fields = [
        ("Title", old.title.clone(), new.title.clone()),
        ("Address", old.slug.clone(), new.slug.clone()),
        ("Summary", old.summary.clone(), new.summary.clone()),
        ("Tags", old.tags.clone(), new.tags.clone()),
        ("Kind", old.kind.word().to_owned(), new.kind.word().to_owned()),
        ("Series", series(old), series(new)),
        ("Place in the menu", place::shown(old.menu), place::shown(new.menu)),
        ("Pinned", yes_or_no(old.pinned), yes_or_no(new.pinned)),
        ("Date", date(old), date(new)),
        ("Who may read it", old.visibility.word().to_owned(), new.visibility.word().to_owned()),
    ];
    let changed = fields.into_iter().filter(|(_, old, new)| old != new);
    changed.map(|(name, old, new)| Field { name, pieces: diff::line(&old, &new) }).collect()
}

fn series(manuscript: &Manuscript) -> String {
    let part = place::shown(manuscript.series_position);
    format!("{} {part}", manuscript.series).trim().to_owned()
}

fn yes_or_no(answer: bool) -> String {
    if answer { "yes".to_owned() } else { "no".to_owned() }
}
