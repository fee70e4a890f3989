//! Folders of files with front matter, mostly Markdown: Hugo, Zola, Jekyll, GoBlog, Bear, or none.

mod bundle;
mod cover;
#[cfg(test)]
mod dialects;
mod elements;
mod file;
mod files;
mod foreign;
mod front_matter;
mod header;
mod html;
mod jekyll;
mod languages;
mod links;
mod names;
mod pictures;
pub(super) mod prose;

use super::folder::Folder;
use super::intake::Intake;
use super::parcel::{Author, Label, Parcel};
use super::zip::{Entry, Limits, Zip};
use super::{Error, Plan, Report, Sort};
use crate::blog::Digest;
use crate::blog::Word;
use crate::blog::post::Visibility;
use crate::text::Slug;
use chrono_tz::Tz;
use cover::Cover;
use file::PostFile;
use files::Source;
use links::Texts;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

/// What a zip of files may hold that is unpacked.
const LIMITS: Limits = Limits { bytes: 4 * 1024 * 1024 * 1024, ..Limits::IMPORT };

/// Brings in every post below `dir`, with the pictures and files that lie there. What has no known author belongs to the
/// account that `plan` names.
///
/// A second import of the same files changes nothing.
pub fn import(plan: &Plan<'_>, dir: &Path) -> Result<Report, Error> {
    let mut intake = Intake::open(plan)?;
    let sources = files::below(dir, &mut intake.report)?;
    let folder = Folder::open(dir);
    let mut texts = Texts::of(&sources, intake.site.timezone);
    for (n, source) in sources.iter().enumerate() {
        (plan.progress)(n as u64, sources.len() as u64);
        take(&mut intake, source, folder.as_ref(), &mut texts)?;
    }
    intake.finish()
}

/// The same for a zip of such files.
pub fn import_zip(plan: &Plan<'_>, file: File) -> Result<Report, Error> {
    let mut zip = Zip::open(file, LIMITS)?;
    let room = super::rehearsal_room(plan.db.path())?;
    for entry in zip.entries().to_vec() {
        if entry.size <= plan.largest_file {
            unpack(&mut zip, &entry, room.path())?;
        }
    }
    import(plan, &top(&zip, room.path()))
}

fn unpack(zip: &mut Zip, entry: &Entry, room: &Path) -> Result<(), Error> {
    // Nothing in an archive has a name that leads out of it.
    let place = room.join(&entry.name);
    let mut from = zip.read(entry)?;
    let unpacked = place.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| {
        let mut to = File::create(&place)?;
        io::copy(&mut from, &mut to)?;
        let changed = entry.changed_at.and_then(|at| u64::try_from(at).ok());
        changed.map_or(Ok(()), |at| to.set_modified(UNIX_EPOCH + Duration::from_secs(at)))
    });
    unpacked.map_err(|error| Error::Refused(format!("{} cannot be unpacked: {error}", entry.name)))
}

/// The folder that holds everything, if there is nothing beside it: its name says nothing.
fn top(zip: &Zip, room: &Path) -> PathBuf {
    let mut folders =
        zip.entries().iter().map(|entry| entry.name.split_once('/').map(|(top, _)| top));
    match folders.next().flatten() {
        Some(top) if folders.all(|other| other == Some(top)) => room.join(top),
        _ => room.to_owned(),
    }
}

/// What a file says, and its digest.
fn read(source: &Source, zone: Tz) -> Result<(Digest, PostFile), String> {
    let text = source.text()?;
    let digest = source.digest(&text);
    let (text, note) = if source.is_html { html::as_markdown(&text)? } else { (text, None) };
    let file = PostFile::parse(&source.path, &text, zone);
    let mut file = file.map_err(|error| error.to_string())?;
    file.notes.extend(note);
    Ok((digest, file))
}

fn take(
    intake: &mut Intake<'_>,
    source: &Source,
    folder: Option<&Folder>,
    texts: &mut Texts<'_>,
) -> Result<(), Error> {
    let path = source.path.as_str();
    let (digest, mut file) = match read(source, intake.site.timezone) {
        Ok(read) => read,
        Err(reason) => {
            intake.report.count(Sort::Posts).found += 1;
            intake.leave_out(path, &reason, &[Sort::Posts]);
            return Ok(());
        }
    };
    let label = Label {
        place: path.to_owned(),
        // Two blogs may each have an `index.md`; hardly with the same title and date.
        source: format!("markdown:{path}:{}:{}", file.title, file.date.unwrap_or_default()),
        digest,
    };
    let pictures = std::mem::take(&mut file.pictures);
    let mut parcel = parcel(label.clone(), file, source.changed_at);
    let sorts = parcel.all_sorts(intake.plan().now);
    sorts.iter().for_each(|sort| intake.report.count(sort.clone()).found += 1);
    if !intake.expects(&label, &sorts, 0)? {
        return Ok(());
    }
    if let Some(folder) = folder {
        let content = &mut parcel.manuscript.content;
        let notes = bundle::bring(intake, folder, texts, path, &pictures, content)?;
        parcel.notes.extend(notes);
        let content = &mut parcel.manuscript.content;
        if let Some(cover) = Cover::of(&parcel.extra) {
            bundle::show(intake, folder, path, &cover, content)?;
        }
    }
    intake.take(parcel)
}

fn parcel(label: Label, file: PostFile, changed_at: i64) -> Parcel {
    let mut parcel = Parcel::new(label, &file.title, &file.content);
    parcel.manuscript.summary = file.summary;
    parcel.manuscript.visibility =
        file.visibility.as_deref().and_then(Visibility::from_word).unwrap_or_default();
    parcel.notes = file.notes;
    // A slug that is none of ours still leads here, as an alias; the title suggests another.
    match file.slug.as_deref().map(Slug::from_text) {
        None => {}
        Some(Some(slug)) => parcel.manuscript.slug = slug.as_str().to_owned(),
        Some(None) => parcel
            .notes
            .push("its address has no letter or digit; the title gave it another".to_owned()),
    }
    parcel.is_draft = file.draft;
    parcel.date = file.date;
    if file.date.is_none() && !file.draft {
        parcel.date = Some(changed_at);
        let note = "it has no date; it got the one at which the file was last changed";
        parcel.notes.push(note.to_owned());
    }
    parcel.tags = file.tags;
    parcel.updated_at = file.updated;
    parcel.authors = file.authors.iter().map(|name| Author::named(name)).collect();
    parcel.aliases = file.aliases;
    parcel.extra = file.extra;
    parcel
}
