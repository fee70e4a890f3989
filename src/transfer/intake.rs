//! The door through which all posts and files from elsewhere come in, a batch at a time.

use super::fit::reasons;
use super::parcel::{Author, Label, Parcel};
use super::{Error, Report, Sort};
use crate::blog::media::Incoming;
use crate::blog::post::{Arrival, Draft, Origin, Release};
use crate::blog::{self, Media, Post, Site, User, search};
use crate::db::Db;
use crate::files;
use rusqlite::{Connection, Transaction};
use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;

/// How many posts are saved in one transaction: others wait for no more than that.
const BATCH: usize = 100;
/// How many bytes of text.
const HEAVY: usize = 2 * 1024 * 1024;

/// What every import needs to know.
pub struct Plan<'a> {
    /// Where it goes.
    pub db: &'a Db,
    /// The account that owns what has no known author, else the first owner.
    pub author: Option<&'a str>,
    /// The present.
    pub now: i64,
    /// The most bytes of a file.
    pub largest_file: u64,
    /// Is told how much is done, and of how much.
    pub progress: &'a dyn Fn(u64, u64),
}

/// Takes posts and files in and keeps the report.
pub struct Intake<'a> {
    plan: &'a Plan<'a>,
    /// The site as it is.
    pub site: Site,
    /// What there is to say so far.
    pub report: Report,
    owner: Option<User>,
    folder: PathBuf,
    batch: Vec<Ready>,
    weight: usize,
}

/// A post that is rendered and waits for its batch.
struct Ready {
    parcel: Parcel,
    arrival: Arrival,
    sorts: Vec<Sort>,
}

/// Why a file did not come in.
pub type Unbrought = String;

impl<'a> Intake<'a> {
    /// Opens the door.
    ///
    /// # Errors
    /// The author that `plan` names is not there.
    pub fn open(plan: &'a Plan<'a>) -> Result<Intake<'a>, Error> {
        let (site, owner) = (plan.db.read(Site::load)?, owner(plan.db, plan.author)?);
        Ok(Intake {
            plan,
            site,
            owner,
            report: Report::default(),
            folder: super::folder_of(plan.db.path()).to_owned(),
            batch: Vec::new(),
            weight: 0,
        })
    }

    /// What every import needs to know.
    pub fn plan(&self) -> &'a Plan<'a> {
        self.plan
    }

    /// Whether a post has to come in. One that is here already is only counted, as these sorts and with so many comments.
    pub fn expects(
        &mut self,
        label: &Label,
        sorts: &[Sort],
        comments: usize,
    ) -> Result<bool, Error> {
        let known = self.plan.db.read(|conn| Post::imported(conn, &label.source))?;
        if let Some(digest) = known {
            self.report.here_already(label, digest == label.digest, sorts, comments);
        }
        Ok(known.is_none())
    }

    /// Leaves something out that counts as these sorts, and says why.
    pub fn leave_out(&mut self, place: &str, reason: &str, sorts: &[Sort]) {
        self.report.left_out.push(format!("{place}: {reason}"));
        sorts.iter().for_each(|sort| self.report.count(sort.clone()).left_out += 1);
    }

    /// Takes a post in, together with others that come soon.
    pub fn take(&mut self, mut parcel: Parcel) -> Result<(), Error> {
        parcel.fit();
        let sorts = parcel.all_sorts(self.plan.now);
        let place = parcel.label.place.clone();
        let comments = parcel.comments.len();
        match self.rendered(&parcel)? {
            Ok(arrival) => {
                self.weight += parcel.manuscript.content.len()
                    + parcel.comments.iter().map(|comment| comment.content.len()).sum::<usize>();
                self.batch.push(Ready { parcel, arrival, sorts });
            }
            Err(reason) => {
                self.leave_out(&place, &reason, &sorts);
                if comments > 0 {
                    self.report.count(Sort::Comments).left_out += comments;
                }
            }
        }
        if self.batch.len() >= BATCH || self.weight >= HEAVY {
            self.flush()?;
        }
        Ok(())
    }

    /// Takes in what is still waiting.
    pub fn finish(mut self) -> Result<Report, Error> {
        self.flush()?;
        Ok(self.report)
    }

    fn rendered(&self, parcel: &Parcel) -> Result<Result<Arrival, String>, Error> {
        let mut manuscript = parcel.manuscript.clone();
        manuscript.publish_at = parcel.date;
        let pictures = self.plan.db.read(|conn| Media::pictures(conn, &manuscript.content))?;
        let release = Release::At(parcel.date.unwrap_or(self.plan.now));
        Ok(match Draft::of(manuscript.clone(), release, &pictures) {
            Err(problems) => Err(reasons(problems)),
            Ok(_) if parcel.is_draft => Ok(Arrival::Draft(Box::new(manuscript))),
            Ok(draft) => Ok(Arrival::Out(Box::new(draft))),
        })
    }

    /// All of a batch comes in, or nothing of it.
    fn flush(&mut self) -> Result<(), Error> {
        let batch = std::mem::take(&mut self.batch);
        self.weight = 0;
        let (plan, owner, report) = (self.plan, self.owner.as_ref(), &mut self.report);
        plan.db.write(|tx| {
            batch.iter().try_for_each(|ready| ready.save(tx, owner, plan.now, report))?;
            search::catch_up(tx, usize::MAX).map_err(blog::Error::Storage)?;
            Ok(())
        })
    }

    /// The file from `source`, which `fetch` writes into an empty one if it is not here yet; or why it did not come.
    pub fn bring(
        &mut self,
        source: Option<&str>,
        name: &str,
        alt: &str,
        fetch: impl FnOnce(&mut File) -> Result<(), Unbrought>,
    ) -> Result<Result<Media, Unbrought>, Error> {
        let known = source.map(|source| self.plan.db.read(|conn| Media::imported(conn, source)));
        if let Some(Some(media)) = known.transpose()?.flatten() {
            return Ok(Ok(media));
        }
        let incoming = match self.prepare(name, fetch) {
            Ok(incoming) => incoming,
            Err(reason) => return Ok(Err(reason)),
        };
        let (owner, now) = (self.owner.as_ref(), self.plan.now);
        let media = self.plan.db.write(|tx| {
            let mut media = Media::keep(tx, owner, &incoming, now)?;
            if media.alt.is_empty() && !alt.is_empty() {
                match media.describe(tx, alt) {
                    // One that is too long is none.
                    Ok(()) | Err(blog::Error::Invalid(_)) => {}
                    Err(error) => return Err(error),
                }
            }
            source.map_or(Ok(()), |source| media.note_source(tx, source))?;
            Ok::<_, blog::Error>(media)
        })?;
        Ok(Ok(media))
    }

    fn prepare(
        &self,
        name: &str,
        fetch: impl FnOnce(&mut File) -> Result<(), Unbrought>,
    ) -> Result<Incoming, Unbrought> {
        let mut file = tempfile::tempfile_in(&self.folder).map_err(|error| error.to_string())?;
        fetch(&mut file)?;
        let prepared = files::prepare(file, &self.folder).map_err(|error| error.to_string())?;
        Incoming::new(name, prepared).map_err(|error| error.to_string())
    }
}

/// Copies at most `most` bytes, or says that there are more.
pub fn copy(from: &mut impl Read, to: &mut File, most: u64) -> Result<(), Unbrought> {
    let copied = io::copy(&mut from.take(most + 1), to).map_err(|error| error.to_string())?;
    match copied > most {
        true => Err(format!("it is larger than {} MB", most / 1_000_000)),
        false => Ok(()),
    }
}

impl Ready {
    fn save(
        &self,
        tx: &Transaction<'_>,
        owner: Option<&User>,
        now: i64,
        report: &mut Report,
    ) -> Result<(), Error> {
        let Parcel { label, comments, .. } = &self.parcel;
        // The same may have come twice in one batch.
        if let Some(digest) = Post::imported(tx, &label.source)? {
            let is_same = digest == label.digest;
            report.here_already(label, is_same, &self.sorts, comments.len());
            return Ok(());
        }
        let taken = self.insert(tx, owner, now)?;
        report.imported += 1;
        report.drafts += usize::from(self.parcel.is_draft);
        report.came_in(&self.sorts);
        if !comments.is_empty() {
            report.count(Sort::Comments).imported += comments.len();
        }
        let told = self.parcel.notes.iter().map(|note| format!("{}: {note}", label.place));
        report.notes.extend(told);
        let taken = taken.iter().map(|path| {
            format!("{}: its old address /{path} leads to another post already", label.place)
        });
        report.notes.extend(taken);
        Ok(())
    }

    /// The old addresses that lead elsewhere.
    fn insert(
        &self,
        tx: &Transaction<'_>,
        owner: Option<&User>,
        now: i64,
    ) -> Result<Vec<String>, Error> {
        let authors = &self.parcel.authors;
        let known = authors.first().and_then(|author| account(tx, author));
        let signed_by_account = known.is_some() && authors.len() == 1;
        let names: Vec<_> = authors.iter().map(|author| author.name.as_str()).collect();
        let byline = (!signed_by_account && !names.is_empty()).then(|| names.join(", "));
        let origin = Origin {
            source: &self.parcel.label.source,
            digest: self.parcel.label.digest,
            byline: byline.as_deref(),
            updated_at: self.parcel.updated_at,
            aliases: &self.parcel.aliases,
            comments: &self.parcel.comments,
            front_matter: &serde_json::Value::Object(self.parcel.extra.clone()).to_string(),
        };
        Ok(Post::import(tx, known.as_ref().or(owner), &self.arrival, &origin, now)?)
    }
}

impl Report {
    fn here_already(&mut self, label: &Label, is_same: bool, sorts: &[Sort], comments: usize) {
        match is_same {
            true => self.unchanged += 1,
            false => self.changed.push(label.place.clone()),
        }
        sorts.iter().for_each(|sort| self.count(sort.clone()).here += 1);
        if comments > 0 {
            self.count(Sort::Comments).here += comments;
        }
    }
}

/// The account here of somebody who wrote there.
fn account(conn: &Connection, author: &Author) -> Option<User> {
    let names = author.login.iter().chain([&author.name]);
    names.into_iter().find_map(|name| User::named(conn, name).ok())
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
