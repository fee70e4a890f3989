use super::{Cover, FORMAT, page, place};
use crate::blog::whole::{self, Past, StoredFile, Writing};
use crate::blog::{self, User, search};
use crate::db::Db;
use crate::transfer::Error;
use crate::transfer::zip::{Entry, Limits, Zip};
use rusqlite::Transaction;
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use std::fmt;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// The most files: with two for each of a million posts.
const MOST_FILES: usize = 2_000_000;
/// So many times larger than it is, an archive may become: texts that are like each other are packed well.
const MOST_GROWTH: u64 = 200;
/// So many bytes it may hold in any case: a few long texts of the same letters grow more. All of it goes to the disk, a post
/// at a time.
const MOST_ANYWAY: u64 = 256 * 1024 * 1024;
/// The most bytes of `monograph.json`.
const MOST_HEAD: u64 = 64 * 1024 * 1024;
/// The most bytes of a line: 2 MiB of text, each byte written as `\u0001`, and what is said of it.
const MOST_LINE: u64 = 16 * 1024 * 1024;

/// What came in.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Unpacked {
    /// How many posts and pages.
    pub posts: usize,
    /// How many of them are here already; then nothing came in.
    pub here: usize,
    /// How many versions and saves.
    pub texts: usize,
    /// How many pictures and files.
    pub files: usize,
    /// The accounts, which have no password unless they were here before.
    pub accounts: Vec<String>,
    /// What did not come in, and why.
    pub left_out: Vec<String>,
}

/// Takes in an archive, all of it or nothing. `author` owns what has no author. `progress` is told how many posts are
/// done, and of how many.
///
/// # Errors
/// Where something has been written here already, unless it is just what the archive holds.
pub fn import(
    db: &Db,
    path: &Path,
    author: Option<&str>,
    progress: &dyn Fn(usize, usize),
) -> Result<Unpacked, Error> {
    let unread = |error: std::io::Error| Error::Unreadable {
        path: path.to_owned(),
        cause: error.to_string(),
    };
    let file = File::open(path).map_err(unread)?;
    let bytes = file.metadata().map_err(unread)?.len().saturating_mul(MOST_GROWTH).max(MOST_ANYWAY);
    let zip = Zip::open(file, Limits { entries: MOST_FILES, bytes })?;
    let mut archive = Archive::new(zip, author);
    db.write(|tx| match whole::is_empty(tx)? {
        true => archive.unpack(tx, progress),
        false => archive.compare(tx),
    })
}

struct Archive<'a> {
    zip: Zip,
    names: HashMap<String, Entry>,
    author: Option<&'a str>,
    done: Unpacked,
}

impl<'a> Archive<'a> {
    fn new(zip: Zip, author: Option<&'a str>) -> Archive<'a> {
        let names = zip.entries().iter().map(|entry| (entry.name.clone(), entry.clone())).collect();
        Archive { zip, names, author, done: Unpacked::default() }
    }

    fn unpack(
        &mut self,
        tx: &Transaction<'_>,
        progress: &dyn Fn(usize, usize),
    ) -> Result<Unpacked, Error> {
        let head = self.cover()?.head;
        head.bring(tx).map_err(|error| at(place::HEAD, error))?;
        self.check_author(tx)?;
        self.files(tx)?;
        let posts = self.posts();
        for entry in &posts {
            self.post(tx, entry)?;
            progress(self.done.posts, posts.len());
        }
        let unknown = head.bring_settings(tx).map_err(|error| at(place::HEAD, error))?;
        let unknown =
            unknown.iter().map(|word| format!("the setting {word}, which is not known here"));
        self.done.left_out.extend(unknown);
        self.done.accounts = head.accounts.into_iter().map(|account| account.name).collect();
        search::catch_up(tx, usize::MAX)?;
        Ok(std::mem::take(&mut self.done))
    }

    fn check_author(&self, tx: &Transaction<'_>) -> Result<(), Error> {
        match self.author.map(|name| (name, User::named(tx, name))) {
            Some((name, Err(blog::Error::NotFound))) => Err(Error::NoSuchAuthor(name.to_owned())),
            Some((_, found)) => Ok(found.map(drop)?),
            None => Ok(()),
        }
    }

    /// Of an archive whose posts are all here, nothing is left to do.
    fn compare(&mut self, tx: &Transaction<'_>) -> Result<Unpacked, Error> {
        self.cover()?;
        for entry in self.posts() {
            if !whole::holds(tx, &self.read_post(&entry)?)? {
                let reason = "there are posts or files here already, and an archive comes into an empty blog; \
                              `--database FILE` names a new one";
                return Err(Error::Refused(reason.to_owned()));
            }
            self.done.here += 1;
        }
        Ok(std::mem::take(&mut self.done))
    }

    fn cover(&mut self) -> Result<Cover, Error> {
        let none = || Error::Refused("this is no archive of Monograph".to_owned());
        let entry = self.names.get(place::HEAD).ok_or_else(none)?;
        let text = self.zip.bytes(entry, MOST_HEAD)?;
        let format = serde_json::from_slice::<serde_json::Value>(&text).ok();
        let format = format.and_then(|cover| cover.get("format")?.as_u64()).ok_or_else(none)?;
        if format > u64::from(FORMAT) {
            let reason =
                "this archive was made by a later version of Monograph; run the later version";
            return Err(Error::Refused(reason.to_owned()));
        }
        serde_json::from_slice(&text).map_err(|error| at(place::HEAD, error))
    }

    fn files(&mut self, tx: &Transaction<'_>) -> Result<(), Error> {
        let Some(list) = self.names.get(place::FILES).cloned() else { return Ok(()) };
        let files: Vec<StoredFile> = lines(&mut self.zip, &list)?.collect::<Result<_, _>>()?;
        for file in files {
            let name = place::of_file(&file);
            let entry = self.names.get(&name).ok_or_else(|| at(&name, "it is not there"))?;
            file.bring(tx, &mut self.zip.read(entry)?).map_err(|error| at(&name, error))?;
            self.done.files += 1;
        }
        Ok(())
    }

    /// The files of posts, in their order.
    fn posts(&self) -> Vec<Entry> {
        let entries = self.zip.entries().iter();
        entries.filter(|entry| place::slug_in(&entry.name).is_some()).cloned().collect()
    }

    fn post(&mut self, tx: &Transaction<'_>, entry: &Entry) -> Result<(), Error> {
        let mut post = self.read_post(entry)?;
        if post.author.is_none() && post.byline.is_none() {
            post.author = self.author.map(str::to_owned);
        }
        let name = place::of_history(&post.slug);
        let history = self.names.get(&name).ok_or_else(|| at(&name, "it is not there"))?;
        let mut count = 0;
        let pasts = lines::<Past>(&mut self.zip, history)?.inspect(|_| count += 1);
        let is_drawn = post.bring(tx, pasts).map_err(|error| match error {
            Error::Blog(error) => at(&entry.name, error),
            other => other,
        })?;
        if !is_drawn {
            let what =
                format!("the look of {}, which takes too long to draw; save it again", entry.name);
            self.done.left_out.push(what);
        }
        self.done.texts += count;
        self.done.posts += 1;
        Ok(())
    }

    fn read_post(&mut self, entry: &Entry) -> Result<Writing, Error> {
        let text = self.zip.bytes(entry, MOST_LINE)?;
        let text = String::from_utf8(text).map_err(|_| at(&entry.name, "it is not UTF-8"))?;
        let slug = place::slug_in(&entry.name).unwrap_or_default();
        page::read(slug, &text).map_err(|reason| at(&entry.name, reason))
    }
}

/// What the lines of a file say, one by one.
fn lines<'z, T: DeserializeOwned + 'z>(
    zip: &'z mut Zip,
    entry: &'z Entry,
) -> Result<impl Iterator<Item = Result<T, Error>> + 'z, Error> {
    let mut from = BufReader::new(zip.read(entry)?);
    let mut number = 0;
    Ok(std::iter::from_fn(move || {
        let mut line = Vec::new();
        number += 1;
        let problem = |reason: String| at(&entry.name, format!("line {number}: {reason}"));
        match from.by_ref().take(MOST_LINE).read_until(b'\n', &mut line) {
            Ok(0) => None,
            Ok(_) => {
                Some(serde_json::from_slice(&line).map_err(|error| problem(error.to_string())))
            }
            Err(error) => Some(Err(problem(error.to_string()))),
        }
    }))
}

fn at(name: &str, reason: impl fmt::Display) -> Error {
    Error::Refused(format!("{name} in this archive cannot be taken in: {reason}"))
}

impl From<blog::Problem> for Error {
    fn from(problem: blog::Problem) -> Error {
        Error::Blog(problem.into())
    }
}

impl fmt::Display for Unpacked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Unpacked { posts, here, texts, files, accounts, left_out } = self;
        if *here > 0 {
            let were = if *here == 1 { "was" } else { "were" };
            return write!(f, "0 posts imported; {here} {were} here already.");
        }
        write!(
            f,
            "{posts} posts and pages imported with {texts} versions and saves, {files} files."
        )?;
        if !accounts.is_empty() {
            let names = accounts.join(", ");
            write!(f, "\n\nAccounts ({}): {names}", accounts.len())?;
            write!(
                f,
                "\n  Who was not here before has no password; `monograph user password NAME` sets one."
            )?;
        }
        if !left_out.is_empty() {
            write!(f, "\n\nLeft out ({}):", left_out.len())?;
            left_out.iter().try_for_each(|line| write!(f, "\n  {line}"))?;
        }
        Ok(())
    }
}
