//! Exports of WordPress: WXR 1.0 to 1.2 (an RSS feed with more in it).

mod blocks;
#[cfg(test)]
mod broken;
mod convert;
mod fields;
mod files;
mod gallery;
mod item;
mod labels;
mod names;
mod originals;
mod paragraphs;
mod places;
mod renewal;
mod replacements;
mod scan;
mod shortcodes;
mod survey;
mod terms;

use super::fetch::Fetcher;
use super::intake::Intake;
use super::parcel::{Author, Label, Parcel};
use super::{Error, Plan, Report, Sort};
use crate::blog::post::{Kind, Visibility};
use crate::text::words_of;
use files::{Files, take_attachment};
use item::{Item, Part};
use scan::Scanner;
use std::fs::File;
use std::io::{Read, Seek};
use std::path::Path;
use survey::Survey;
use terms::Moved;

/// Where the pictures and files of an export come from, and what may be wrong with it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sources<'a> {
    /// A copy of the folder `wp-content/uploads`.
    pub uploads: Option<&'a Path>,
    /// Whether they may be fetched from their hosts.
    pub may_fetch: bool,
    /// Whether what is there of an export that was cut off is wanted.
    pub may_be_cut: bool,
}

/// Brings in everything in an export that has a place here.
///
/// A second import of the same file changes nothing.
pub fn import(plan: &Plan<'_>, mut file: File, sources: Sources<'_>) -> Result<Report, Error> {
    let length = file.metadata().map_or(0, |metadata| metadata.len());
    let mut intake = Intake::open(plan)?;
    // Both readings count.
    let (survey, report) = Survey::of(reader(&mut file)?, &|at| (plan.progress)(at, length * 2))?;
    if let Some(cut) = survey.cut.as_ref().filter(|_| !sources.may_be_cut) {
        return Err(Error::Refused(format!(
            "{cut}. Nothing was imported; export it again. Without the old blog, \
             `monograph import wordpress --partial` takes what stands before that"
        )));
    }
    intake.report = report;
    let fetcher = sources.may_fetch.then(|| Fetcher::new(plan.largest_file));
    let files = Files::new(&survey, sources.uploads, fetcher)?;
    let mut mover = Mover { files, survey: &survey, intake, moved: Moved::default() };
    let mut scanner = Scanner::new(reader(&mut file)?)?;
    while let Some(part) = scanner.next()? {
        if let Part::Item(item) = part {
            mover.item(*item)?;
        }
        (plan.progress)(length + scanner.position(), length * 2);
    }
    mover.intake.report.notes.extend(mover.moved.told());
    mover.intake.finish()
}

fn reader(file: &mut File) -> Result<impl Read + '_, Error> {
    file.rewind()
        .map_err(|error| Error::Refused(format!("this export cannot be read: {error}")))?;
    Ok(file)
}

/// Moves items over, one by one.
struct Mover<'a> {
    survey: &'a Survey,
    files: Files<'a>,
    intake: Intake<'a>,
    moved: Moved,
}

impl Mover<'_> {
    fn item(&mut self, item: Item) -> Result<(), Error> {
        if item.kind == "attachment" {
            return self.attachment(&item);
        }
        let kind = match item.kind.as_str() {
            "post" | "" => Kind::Post,
            "page" => Kind::Page,
            other => {
                let sort = Sort::Other(format!(
                    "of the kind “{}”",
                    other.chars().take(40).collect::<String>()
                ));
                let reason = format!("there is no place here for the kind “{other}”");
                self.leave_out(&item, &reason, &[sort]);
                return Ok(());
            }
        };
        let sorts = sorts(&item, kind, self.intake.plan().now, self.intake.site.timezone);
        match reason_to_leave_out(&item) {
            Some(reason) => {
                self.leave_out(&item, reason, &sorts);
                return Ok(());
            }
            None => self.found(&item, &sorts),
        }
        let label = labels::of(&item, self.survey);
        if !self.intake.expects(&label, &sorts, item.comments.len())? {
            return self.renew(&item, &label);
        }
        self.moved.note(&item);
        match self.parcel(item, label, kind)? {
            Ok(parcel) => self.intake.take(*parcel)?,
            Err((place, reason)) => self.intake.leave_out(&place, &reason, &sorts),
        }
        Ok(())
    }

    fn attachment(&mut self, item: &Item) -> Result<(), Error> {
        self.intake.report.count(Sort::Files).found += 1;
        let url = if item.file.is_empty() { &item.guid } else { &item.file };
        let alt = item.meta("_wp_attachment_image_alt").next().unwrap_or_default();
        take_attachment(&mut self.files, &mut self.intake, &item.place(), url, alt)
    }

    /// Counts what there is, before anything is known of what becomes of it.
    fn found(&mut self, item: &Item, sorts: &[Sort]) {
        let report = &mut self.intake.report;
        sorts.iter().for_each(|sort| report.count(sort.clone()).found += 1);
        if !item.comments.is_empty() {
            report.count(Sort::Comments).found += item.comments.len();
        }
        if item.spam > 0 {
            let spam = report.count(Sort::Spam);
            spam.found += item.spam;
            spam.left_out += item.spam;
        }
    }

    fn leave_out(&mut self, item: &Item, reason: &str, sorts: &[Sort]) {
        self.found(item, sorts);
        if !item.comments.is_empty() {
            self.intake.report.count(Sort::Comments).left_out += item.comments.len();
        }
        self.intake.leave_out(&item.place(), reason, sorts);
    }

    /// The post as it comes in; or where it is, and why it does not.
    fn parcel(
        &mut self,
        mut item: Item,
        label: Label,
        kind: Kind,
    ) -> Result<Result<Box<Parcel>, (String, String)>, Error> {
        let mut notes = std::mem::take(&mut item.notes);
        let content = match convert::content(
            &item,
            self.survey,
            &mut self.files,
            &mut self.intake,
            &mut notes,
        )? {
            Ok(content) => content,
            Err(error) => return Ok(Err((label.place, error.to_string()))),
        };
        let mut parcel = Parcel::new(label, &words_of(&item.title), &content);
        parcel.manuscript.kind = kind;
        parcel.manuscript.slug = places::slug(&item);
        parcel.manuscript.summary = words_of(&item.excerpt);
        parcel.manuscript.pinned = item.is_sticky && kind == Kind::Post;
        parcel.manuscript.visibility = visibility(&item);
        parcel.is_draft = is_draft(&item);
        parcel.date = item.published_at(self.intake.site.timezone);
        if parcel.date.is_none() && !parcel.is_draft {
            notes.push("it has no date; it got the present one".to_owned());
        }
        parcel.updated_at = item.modified_at();
        parcel.tags = terms::tags(&item);
        parcel.authors = self.author(&item).into_iter().collect();
        parcel.aliases = places::of(&item, self.survey);
        parcel.sorts = odd_sorts(&item);
        if !item.password.is_empty() {
            notes.push("it had a password; here it is for who is signed in".to_owned());
        }
        if item.uncounted_comments > 0 {
            notes.push(format!(
                "{} of its comments were left out: there are too many",
                item.uncounted_comments
            ));
        }
        parcel.comments = item.comments;
        parcel.notes = notes;
        Ok(Ok(Box::new(parcel)))
    }

    fn author(&self, item: &Item) -> Option<Author> {
        let login = item.creator.as_str();
        let shown = self.survey.authors.get(login).filter(|shown| !shown.trim().is_empty());
        let name = shown.map_or(login, |shown| shown.trim());
        (!name.is_empty()).then(|| Author { name: name.to_owned(), login: Some(login.to_owned()) })
    }
}

fn reason_to_leave_out(item: &Item) -> Option<&'static str> {
    match item.status.as_str() {
        "trash" => Some("it was in the trash"),
        "auto-draft" => Some("it was never written"),
        _ if !item.is_whole => Some("its end is missing"),
        _ if scan::is_too_long(&item.content) => Some("a post has at most 2 MiB of text"),
        _ => None,
    }
}

fn is_draft(item: &Item) -> bool {
    !matches!(item.status.as_str(), "publish" | "future" | "private" | "inherit" | "")
}

fn visibility(item: &Item) -> Visibility {
    match item.status == "private" || !item.password.is_empty() {
        true => Visibility::Private,
        false => Visibility::Public,
    }
}

/// What it counts as beside post or page, if only WordPress has that.
fn odd_sorts(item: &Item) -> Vec<Sort> {
    let pending = (item.status == "pending").then_some(Sort::Pending);
    let protected = (!item.password.is_empty()).then_some(Sort::Protected);
    pending.into_iter().chain(protected).collect()
}

/// As what an item counts: the same as its parcel will.
fn sorts(item: &Item, kind: Kind, now: i64, zone: chrono_tz::Tz) -> Vec<Sort> {
    if item.status == "trash" {
        return vec![Sort::Trashed];
    }
    let label = Label { place: String::new(), source: String::new(), digest: [0; 32] };
    let mut parcel = Parcel::new(label, "", "");
    parcel.manuscript.kind = kind;
    parcel.manuscript.pinned = item.is_sticky && kind == Kind::Post;
    parcel.manuscript.visibility = visibility(item);
    parcel.is_draft = is_draft(item);
    parcel.date = item.published_at(zone);
    parcel.sorts = odd_sorts(item);
    parcel.all_sorts(now)
}
