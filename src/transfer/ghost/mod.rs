//! Exports of Ghost: JSON, or a zip with it and the pictures.

mod images;
mod lexical;
mod markup;
mod mobiledoc;
mod post;
mod redirects;
mod survey;

use super::intake::Intake;
use super::json::{Place, Step, stream};
use super::zip::{Entry, Limits, Zip};
use super::{Error, Plan, Report, Sort};
use images::Images;
use redirects::Redirects;
use serde_json::Value;
use std::cmp::Reverse;
use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::Path;
use survey::Survey;

/// The most bytes of the JSON in an archive.
const LARGEST_EXPORT: u64 = 4 * 1024 * 1024 * 1024;
/// The most bytes of the settings in an archive that are read.
const LARGEST_SETTINGS: u64 = 4 * 1024 * 1024;

/// Brings in everything in an export that has a place here.
///
/// A second import of the same file changes nothing.
pub fn import(plan: &Plan<'_>, mut file: File) -> Result<Report, Error> {
    let mut head = [0; 2];
    let length = rewound(&mut file)?.read(&mut head).map_err(|error| unreadable(&error))?;
    match &head[..length] {
        b"PK" => {
            let mut zip = Zip::open(file, Limits::IMPORT)?;
            let (json, others) = export_in(&mut zip, super::folder_of(plan.db.path()))?;
            let redirects = redirects_in(&mut zip)?;
            move_in(plan, json, Images::of(zip), redirects, others)
        }
        _ => move_in(plan, file, Images::none(), Redirects::default(), Vec::new()),
    }
}

fn move_in(
    plan: &Plan<'_>,
    mut json: File,
    images: Images,
    redirects: Redirects,
    notes: Vec<String>,
) -> Result<Report, Error> {
    let mut intake = Intake::open(plan)?;
    // Nothing comes in before all of it was read once.
    let (survey, report) = Survey::of(rewound(&mut json)?)?;
    intake.report = report;
    intake.report.notes.extend(notes);
    intake.report.notes.extend(redirects.notes.iter().cloned());
    let mut mover = Mover { survey, images, redirects, intake };
    let count = mover.survey.posts;
    let mut n = 0;
    let step = |place: Place<'_>| step(place, &["posts"]);
    stream(rewound(&mut json)?, &step, &mut |_, value| {
        n += 1;
        (plan.progress)(n, count);
        match value {
            Value::Object(row) => mover.post(&row, n),
            _ => Ok(()),
        }
    })?;
    let unused = mover.redirects.unused();
    mover.intake.report.notes.extend(unused);
    mover.intake.finish()
}

/// The way to the rows of some tables: `db`, a list, and `data`, or only `data`.
fn step(place: Place<'_>, tables: &[&str]) -> Step {
    let names: Vec<_> = place.iter().map(String::as_str).collect();
    match names.as_slice() {
        ["db"] | ["db", "*", "data"] | ["data"] => Step::Into,
        ["db", "*", "data", table] | ["data", table] if tables.contains(table) => Step::Give,
        _ => Step::Skip,
    }
}

/// Moves posts over, one by one.
struct Mover<'a> {
    survey: Survey,
    images: Images,
    redirects: Redirects,
    intake: Intake<'a>,
}

fn rewound(file: &mut File) -> Result<&mut File, Error> {
    file.rewind().map_err(|error| unreadable(&error))?;
    Ok(file)
}

fn unreadable(error: &io::Error) -> Error {
    Error::Refused(format!("this export cannot be read: {error}"))
}

/// The export in an archive: the largest JSON with posts in it. What is said of others like it comes along.
fn export_in(zip: &mut Zip, folder: &Path) -> Result<(File, Vec<String>), Error> {
    let mut entries: Vec<_> = zip.entries().iter().filter(may_be_export).cloned().collect();
    entries.sort_by_key(|entry| Reverse(entry.size));
    let largest = entries.first().cloned();
    entries.retain(|entry| entry.size <= LARGEST_EXPORT && has_posts(zip, entry));
    let (export, others) = match entries.split_first() {
        Some((export, others)) => (export.clone(), others),
        None => {
            let reason = "this is no export of Ghost: there is no JSON in it";
            (largest.ok_or_else(|| Error::Refused(reason.to_owned()))?, entries.as_slice())
        }
    };
    if export.size > LARGEST_EXPORT {
        return Err(Error::Refused(format!(
            "{} in it is larger than anything that is read here",
            export.name
        )));
    }
    let mut file = tempfile::tempfile_in(folder).map_err(|error| unreadable(&error))?;
    io::copy(&mut zip.read(&export)?, &mut file).map_err(|error| unreadable(&error))?;
    let name = |other: &Entry| format!("{} is another export; the larger one came in", other.name);
    Ok((file, others.iter().map(name).collect()))
}

fn may_be_export(entry: &&Entry) -> bool {
    let name = entry.name.rsplit('/').next().unwrap_or_default();
    let in_theme = entry.name.split('/').any(|folder| folder == "themes");
    name.ends_with(".json") && !name.starts_with("redirects") && name != "package.json" && !in_theme
}

/// Whether there is a post where an export has them; nothing after the first is read.
fn has_posts(zip: &mut Zip, entry: &Entry) -> bool {
    let Ok(from) = zip.read(entry) else { return false };
    let mut found = false;
    // What ends the reading is no matter: an export that is broken says so when it is read.
    let _ = stream(from, &|place| step(place, &["posts"]), &mut |_, _| {
        found = true;
        Err(Error::Refused("there is a post".to_owned()))
    });
    found
}

fn redirects_in(zip: &mut Zip) -> Result<Redirects, Error> {
    let mut redirects = Redirects::default();
    for entry in zip.entries().to_vec() {
        let name = entry.name.rsplit('/').next().unwrap_or_default();
        let is_settings =
            matches!(name, "redirects.json" | "redirects.yaml" | "redirects.yml" | "routes.yaml");
        if is_settings && !entry.name.contains("themes/") {
            let text = String::from_utf8_lossy(&zip.bytes(&entry, LARGEST_SETTINGS)?).into_owned();
            redirects.learn(name, &text);
        }
    }
    Ok(redirects)
}

impl Mover<'_> {
    fn found(&mut self, sorts: &[Sort]) {
        sorts.iter().for_each(|sort| self.intake.report.count(sort.clone()).found += 1);
    }
}
