//! Folders of Markdown files with front matter: Hugo, Zola, Jekyll, GoBlog, Bear, or none.

mod dates;
#[cfg(test)]
mod dialects;
mod file;
mod files;
mod foreign;
mod front_matter;
mod header;
mod languages;
mod names;
mod pictures;
mod prose;

use super::{Error, Report};
use crate::blog::post::{Arrival, Draft, Manuscript, Origin, Release, Visibility};
use crate::blog::{self, Digest, Post, Site, Tag, User, Word, search};
use crate::db::Db;
use crate::text::markdown::Pictures;
use crate::text::{Slug, single_line};
use file::PostFile;
use files::Source;
use rusqlite::Transaction;
use std::path::Path;

/// How many posts are saved in one transaction: others wait for no more than that.
const BATCH: usize = 100;

/// Brings in every post below `dir`. What has no known author belongs to the account called `author`, or else to the
/// first owner. `progress` is told how many files are done, and of how many.
///
/// A second import of the same files changes nothing.
pub fn import(
    db: &Db,
    dir: &Path,
    author: Option<&str>,
    now: i64,
    progress: &dyn Fn(usize, usize),
) -> Result<Report, Error> {
    let mut report = Report::default();
    let (site, owner) = (db.read(Site::load)?, owner(db, author)?);
    let sources = files::below(dir, &mut report)?;
    for (n, batch) in sources.chunks(BATCH).enumerate() {
        let posts: Vec<_> =
            batch.iter().filter_map(|source| Incoming::read(source, &site, &mut report)).collect();
        db.write(|tx| {
            posts.iter().try_for_each(|post| post.save(tx, owner.as_ref(), now, &mut report))?;
            search::catch_up(tx, usize::MAX).map_err(blog::Error::Storage)?;
            Ok::<_, Error>(())
        })?;
        progress((n * BATCH + batch.len()).min(sources.len()), sources.len());
    }
    Ok(report)
}

fn owner(db: &Db, author: Option<&str>) -> Result<Option<User>, Error> {
    match author {
        None => Ok(db.read(User::first_owner)?),
        Some(name) => match db.read(|conn| User::named(conn, name)) {
            Err(blog::Error::NotFound) => Err(Error::NoSuchAuthor(name.to_owned())),
            found => Ok(Some(found?)),
        },
    }
}

/// A post on its way in, rendered.
struct Incoming {
    path: String,
    source: String,
    digest: Digest,
    file: PostFile,
    arrival: Arrival,
}

impl Incoming {
    fn read(source: &Source, site: &Site, report: &mut Report) -> Option<Incoming> {
        let path = source.path.as_str();
        let mut left_out = |reason: String| report.left_out.push(format!("{path}: {reason}"));
        let text = source.text().map_err(&mut left_out).ok()?;
        let mut file = PostFile::parse(path, &text, site.timezone)
            .map_err(|error| left_out(error.to_string()))
            .ok()?;
        let arrival = arrival(&mut file, source).map_err(|problems| {
            let reasons: Vec<_> = problems.into_iter().map(|problem| problem.message).collect();
            left_out(reasons.join(" "))
        });
        let arrival = arrival.ok()?;
        report.notes.extend(file.notes.iter().map(|note| format!("{path}: {note}")));
        report.pictures.extend(
            file.pictures.iter().map(|(line, address)| format!("{path}, line {line}: {address}")),
        );
        Some(Incoming {
            path: source.path.clone(),
            // Two blogs may each have an `index.md`; hardly with the same title and date.
            source: format!("markdown:{path}:{}:{}", file.title, file.date.unwrap_or_default()),
            digest: source.digest(&text),
            arrival,
            file,
        })
    }

    fn save(
        &self,
        tx: &Transaction<'_>,
        owner: Option<&User>,
        now: i64,
        report: &mut Report,
    ) -> Result<(), Error> {
        match Post::imported(tx, &self.source)? {
            Some(digest) if digest == self.digest => report.unchanged += 1,
            Some(_) => report.changed.push(self.path.clone()),
            None => {
                self.insert(tx, owner, now)?;
                report.imported += 1;
                report.drafts += usize::from(matches!(self.arrival, Arrival::Draft(_)));
            }
        }
        Ok(())
    }

    fn insert(&self, tx: &Transaction<'_>, owner: Option<&User>, now: i64) -> Result<(), Error> {
        let authors = &self.file.authors;
        let known = authors.first().and_then(|name| User::named(tx, name).ok());
        let signed_by_account = known.is_some() && authors.len() == 1;
        let byline = (!signed_by_account && !authors.is_empty()).then(|| authors.join(", "));
        let origin = Origin {
            source: &self.source,
            digest: self.digest,
            byline: byline.as_deref(),
            updated_at: self.file.updated,
            aliases: &self.file.aliases,
            front_matter: &serde_json::Value::Object(self.file.extra.clone()).to_string(),
        };
        Ok(Post::import(tx, known.as_ref().or(owner), &self.arrival, &origin, now)?)
    }
}

fn arrival(file: &mut PostFile, source: &Source) -> Result<Arrival, Vec<blog::Problem>> {
    let tags = Tag::parse_all(file.tags.iter().map(String::as_str));
    let mut manuscript =
        Manuscript::new(&file.title, &file.content).tagged(&tags.map_err(|problem| vec![problem])?);
    manuscript.summary = single_line(&file.summary);
    manuscript.publish_at = file.date;
    manuscript.visibility =
        file.visibility.as_deref().and_then(Visibility::from_word).unwrap_or_default();
    // A slug that is none of ours still leads here, as an alias; the title suggests another.
    match file.slug.as_deref().map(Slug::from_text) {
        None => {}
        Some(Some(slug)) => manuscript.slug = slug.as_str().to_owned(),
        Some(None) => file
            .notes
            .push("its address has no letter or digit; the title gave it another".to_owned()),
    }
    let release = Release::At(file.date.unwrap_or(source.changed_at));
    // What comes from elsewhere mentions no file of ours yet.
    let draft = Draft::of(manuscript.clone(), release, &Pictures::default())?;
    if file.draft {
        return Ok(Arrival::Draft(Box::new(manuscript)));
    }
    if file.date.is_none() {
        file.notes
            .push("it has no date; it got the one at which the file was last changed".to_owned());
    }
    Ok(Arrival::Out(Box::new(draft)))
}
