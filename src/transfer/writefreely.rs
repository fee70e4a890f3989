//! Exports of WriteFreely and Write.as: JSON, or a zip with a text for each post.

use super::intake::Intake;
use super::json::{Place, Step, stream};
use super::parcel::{Label, Parcel, hex};
use super::zip::{Entry, Limits, Zip};
use super::{Error, Plan, Report, Sort, dates};
use crate::blog::Digest;
use crate::blog::post::Visibility;
use crate::text::language_tag;
use chrono_tz::Tz;
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};
use std::fs::File;
use std::io::{Read, Seek};

/// The most bytes of a text.
const LARGEST: u64 = 4 * 1024 * 1024;

/// A blog of an export.
struct Blog {
    /// Its name in addresses.
    alias: String,
    /// Whether it was for everybody. Else it was unlisted, private or behind a password; no export says which.
    is_public: bool,
}

/// Brings in every post of an export.
///
/// A second import of the same file changes nothing.
pub fn import(plan: &Plan<'_>, mut file: File) -> Result<Report, Error> {
    let unreadable =
        |error: std::io::Error| Error::Refused(format!("this export cannot be read: {error}"));
    let mut head = [0; 2];
    file.rewind().map_err(unreadable)?;
    let length = file.read(&mut head).map_err(unreadable)?;
    file.rewind().map_err(unreadable)?;
    match &head[..length] {
        b"PK" => from_zip(plan, file),
        _ => from_json(plan, file),
    }
}

fn from_json(plan: &Plan<'_>, mut file: File) -> Result<Report, Error> {
    // Nothing comes in before all of it was read once.
    let (blogs, count) = survey(&mut file)?;
    file.rewind().map_err(|error| Error::Refused(error.to_string()))?;
    let (mut intake, mut blogs, mut n) = (Intake::open(plan)?, blogs.iter(), 0);
    let mut blog = None;
    stream(&mut file, &step, &mut |place, value| {
        match (place.last().map(String::as_str), value) {
            (Some("alias"), _) => blog = blogs.next(),
            (Some("*"), Value::Object(row)) => {
                n += 1;
                (plan.progress)(n, count);
                // What belongs to no blog of its author's was never published in one.
                let blog = blog.filter(|_| place.len() > 2);
                take(&mut intake, parcel(&row, blog, n))?;
            }
            _ => {}
        }
        Ok(())
    })?;
    intake.finish()
}

fn step(place: Place<'_>) -> Step {
    match place.last().map(String::as_str) {
        Some("collections") => Step::Into,
        Some("posts" | "alias" | "public") => Step::Give,
        _ => Step::Skip,
    }
}

/// The blogs in their order, and how many posts there are.
fn survey(file: &mut File) -> Result<(Vec<Blog>, u64), Error> {
    let (mut blogs, mut count) = (Vec::<Blog>::new(), 0);
    stream(file, &step, &mut |place, value| {
        match (place.last().map(String::as_str), value) {
            (Some("alias"), alias) => {
                let alias = alias.as_str().unwrap_or_default().to_owned();
                blogs.push(Blog { alias, is_public: true });
            }
            (Some("public"), Value::Bool(is_public)) => {
                blogs.iter_mut().last().into_iter().for_each(|blog| blog.is_public = is_public);
            }
            (Some("*"), _) => count += 1,
            _ => {}
        }
        Ok(())
    })?;
    match count {
        0 => {
            let reason = "this is no export of WriteFreely: there is no post in it";
            Err(Error::Refused(reason.to_owned()))
        }
        _ => Ok((blogs, count)),
    }
}

fn take(intake: &mut Intake<'_>, mut parcel: Parcel) -> Result<(), Error> {
    if parcel.date.is_none() && !parcel.is_draft {
        parcel.notes.push("it has no date that can be read; it got the present one".to_owned());
    }
    let sorts = parcel.all_sorts(intake.plan().now);
    sorts.iter().for_each(|sort| intake.report.count(sort.clone()).found += 1);
    match intake.expects(&parcel.label, &sorts, 0)? {
        true => intake.take(parcel),
        false => Ok(()),
    }
}

fn parcel(row: &Map<String, Value>, blog: Option<&Blog>, n: u64) -> Parcel {
    let text = |key: &str| row.get(key).and_then(Value::as_str).unwrap_or_default();
    let (id, slug, title, body) = (text("id"), text("slug"), text("title"), text("body"));
    let digest = digest(&[title, body, text("created"), text("language")]);
    let label = Label { place: place(n, id, title), source: source(id, slug, &digest), digest };
    let mut parcel = Parcel::new(label, title, body);
    parcel.manuscript.slug = slug.to_owned();
    parcel.manuscript.language =
        language_tag(text("language")).map(|_| text("language").to_owned()).unwrap_or_default();
    parcel.date = dates::parse(text("created"), Tz::UTC);
    parcel.updated_at = dates::parse(text("updated"), Tz::UTC);
    parcel.is_draft = blog.is_none();
    if blog.is_some_and(|blog| !blog.is_public) {
        parcel.manuscript.visibility = Visibility::Private;
        let note =
            "its blog was unlisted, private or behind a password; here it is for who is signed in";
        parcel.notes.push(note.to_owned());
    }
    let tags = row.get("tags").and_then(Value::as_array).into_iter().flatten();
    parcel.tags = tags.filter_map(Value::as_str).map(str::to_owned).collect();
    parcel.aliases = aliases(blog.map(|blog| blog.alias.as_str()), slug, id);
    parcel
}

/// Where a post was found: on a site of its own, on one of many, and without a blog.
fn aliases(blog: Option<&str>, slug: &str, id: &str) -> Vec<String> {
    let mut aliases = Vec::new();
    if let Some(blog) = blog.filter(|_| !slug.is_empty()) {
        aliases.extend([slug.to_owned(), format!("{blog}/{slug}")]);
    }
    if !id.is_empty() {
        aliases.push(id.to_owned());
    }
    aliases
}

fn place(n: u64, id: &str, title: &str) -> String {
    let title: String = title.chars().take(60).collect();
    format!("post {n} ({id}), “{}”", crate::text::single_line(&title))
}

/// What has no id is told from others by all that there is of it.
fn source(id: &str, slug: &str, digest: &Digest) -> String {
    match id {
        "" => format!("writefreely:{slug}:{}", hex(digest)),
        id => format!("writefreely:{id}"),
    }
}

fn digest(parts: &[&str]) -> Digest {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update((part.len() as u64).to_le_bytes());
        digest.update(part);
    }
    digest.finalize().into()
}

fn from_zip(plan: &Plan<'_>, file: File) -> Result<Report, Error> {
    let mut zip = Zip::open(file, Limits::IMPORT)?;
    let texts: Vec<_> =
        zip.entries().iter().filter(|entry| entry.name.ends_with(".txt")).cloned().collect();
    if texts.is_empty() {
        return Err(Error::Refused(
            "this is no export of WriteFreely: there is no text in it".to_owned(),
        ));
    }
    let mut intake = Intake::open(plan)?;
    let note = "the zip does not say which blogs were public: all are here; the JSON says it";
    intake.report.notes.push(note.to_owned());
    for (n, entry) in texts.iter().enumerate() {
        (plan.progress)(n as u64, texts.len() as u64);
        let read = zip.bytes(entry, LARGEST).map_err(|error| error.to_string());
        let text = read.and_then(|bytes| {
            String::from_utf8(bytes).map_err(|_| "it is not in UTF-8".to_owned())
        });
        match text {
            Ok(text) => take(&mut intake, text_parcel(entry, &text))?,
            Err(reason) => {
                intake.report.count(Sort::Posts).found += 1;
                intake.leave_out(&entry.name, &reason, &[Sort::Posts]);
            }
        }
    }
    intake.finish()
}

/// `blog/slug_id.txt`, whose first line is the title.
fn text_parcel(entry: &Entry, text: &str) -> Parcel {
    let (folder, name) = entry.name.rsplit_once('/').unwrap_or(("", &entry.name));
    let stem = name.strip_suffix(".txt").unwrap_or(name);
    let (slug, id) = stem.rsplit_once('_').unwrap_or(("", stem));
    let text = crate::text::unix_lines(text);
    let (first, rest) = text.split_once('\n').unwrap_or((&text, ""));
    let (title, body) = match first.strip_prefix("# ") {
        Some(title) => (title, rest.trim_start_matches('\n')),
        None => ("", text.as_str()),
    };
    let digest = digest(&[title, body]);
    let label = Label { place: entry.name.clone(), source: source(id, slug, &digest), digest };
    let mut parcel = Parcel::new(label, title, body);
    parcel.manuscript.slug = slug.to_owned();
    parcel.date = entry.changed_at;
    parcel.is_draft = matches!(folder, "" | "drafts");
    parcel.aliases = aliases(folder.rsplit('/').next().filter(|_| !parcel.is_draft), slug, id);
    parcel
}
