//! The one import that is tried or under way. It goes on by itself, however long it takes; whoever looks sees how far it is.

use crate::blog::Word;
use crate::db::Db;
use crate::transfer::{self, Error, Plan, Report, ghost, markdown, wordpress, writefreely};
use crate::web::now;
use std::fs::File;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

/// What somebody moves in from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum System {
    /// A zip of Markdown files.
    Markdown,
    /// An export.
    Wordpress,
    /// An export or a backup.
    Ghost,
    /// An export.
    Writefreely,
}

impl Word for System {
    const ALL: &'static [(System, &'static str)] = &[
        (System::Wordpress, "wordpress"),
        (System::Ghost, "ghost"),
        (System::Writefreely, "writefreely"),
        (System::Markdown, "markdown"),
    ];
}

impl System {
    /// The choices of the form: a word, and what it means.
    pub fn options() -> Vec<String> {
        let means = |system: &System| match system {
            System::Markdown => "Markdown files in a zip (Hugo, Zola, Jekyll, GoBlog, Bear …)",
            System::Wordpress => "WordPress: the XML that Tools → Export gives",
            System::Ghost => "Ghost: the JSON of an export, or the zip of a backup",
            System::Writefreely => "WriteFreely: JSON or zip",
        };
        System::ALL.iter().map(|(system, word)| format!("{word}|{}", means(system))).collect()
    }
}

/// A file that is to be brought in.
#[derive(Clone)]
pub struct Work {
    /// What it is called.
    pub name: String,
    /// What it comes from.
    pub system: System,
    /// Whether its pictures may be fetched from the old blog.
    pub may_fetch: bool,
    /// What was sent; an open file that has no name.
    pub file: Arc<File>,
    /// The most bytes of a file in it.
    pub largest_file: u64,
}

/// How far it is.
#[derive(Clone, Default)]
pub enum Stage {
    /// Nothing is to be done.
    #[default]
    Idle,
    /// It is being tried, or brought in.
    Working {
        /// What it is called.
        name: String,
        /// Whether it is only tried.
        is_trial: bool,
        /// How much is done.
        done: u64,
        /// And of how much.
        of: u64,
    },
    /// It was tried.
    Tried {
        /// To be brought in.
        work: Work,
        /// What it would do.
        report: Arc<Report>,
    },
    /// It was brought in.
    Done {
        /// What it was called.
        name: String,
        /// What it did.
        report: Arc<Report>,
    },
    /// Nothing came of it.
    Failed {
        /// What it was called.
        name: String,
        /// Why.
        reason: String,
    },
}

/// The one import that is tried or under way, on a thread of its own: the end of the program waits for none, and what was
/// under way is gone on with by the next import of the same file.
#[derive(Clone, Default)]
pub struct Imports(Arc<Mutex<Stage>>);

impl Imports {
    /// How far it is.
    pub fn stage(&self) -> Stage {
        self.lock().clone()
    }

    /// Tries a file on a copy of the blog, unless another is under way; says whether it does.
    pub fn begin(&self, work: Work, db: Db) -> bool {
        let is_free = self.occupy(&work.name, true);
        if is_free {
            let imports = self.clone();
            thread::spawn(move || imports.work(work, &db, true));
        }
        is_free
    }

    /// Brings in what was tried; says whether anything was.
    pub fn go_on(&self, db: Db) -> bool {
        let Stage::Tried { work, .. } = self.stage() else { return false };
        if self.occupy(&work.name, false) {
            let imports = self.clone();
            thread::spawn(move || imports.work(work, &db, false));
        }
        true
    }

    /// Makes room for another; says whether there is.
    pub fn forget(&self) -> bool {
        let mut stage = self.lock();
        let is_free = !matches!(*stage, Stage::Working { .. });
        if is_free {
            *stage = Stage::Idle;
        }
        is_free
    }

    fn occupy(&self, name: &str, is_trial: bool) -> bool {
        let mut stage = self.lock();
        let is_free = !matches!(*stage, Stage::Working { .. });
        if is_free {
            *stage = Stage::Working { name: name.to_owned(), is_trial, done: 0, of: 0 };
        }
        is_free
    }

    fn work(&self, work: Work, db: &Db, is_trial: bool) {
        // What fails by a mistake of ours must not look as if it went on for ever.
        let guard = Unfinished { imports: self, name: work.name.clone() };
        let report = match is_trial {
            true => transfer::rehearse(db.path(), |copy| self.import(&work, copy)),
            false => self.import(&work, db),
        };
        std::mem::forget(guard);
        let name = work.name.clone();
        *self.lock() = match report {
            Ok(report) if is_trial => Stage::Tried { work, report: Arc::new(report) },
            Ok(report) => Stage::Done { name, report: Arc::new(report) },
            Err(error) => {
                log::error!("an import of {name} stopped: {error}");
                Stage::Failed { name, reason: error.to_string() }
            }
        };
    }

    fn import(&self, work: &Work, db: &Db) -> Result<Report, Error> {
        let progress = |now_done: u64, of_all: u64| {
            if let Stage::Working { done, of, .. } = &mut *self.lock() {
                (*done, *of) = (now_done, of_all);
            }
        };
        let plan = Plan {
            db,
            author: None,
            now: now(),
            largest_file: work.largest_file,
            progress: &progress,
        };
        let file = work.file.try_clone();
        let file =
            file.map_err(|error| Error::Refused(format!("the file cannot be read: {error}")))?;
        match work.system {
            System::Markdown => markdown::import_zip(&plan, file),
            System::Ghost => ghost::import(&plan, file),
            System::Writefreely => writefreely::import(&plan, file),
            System::Wordpress => {
                let sources =
                    wordpress::Sources { may_fetch: work.may_fetch, ..Default::default() };
                wordpress::import(&plan, file, sources)
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Stage> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Says so if the work ends without an end.
struct Unfinished<'a> {
    imports: &'a Imports,
    name: String,
}

impl Drop for Unfinished<'_> {
    fn drop(&mut self) {
        let reason = "Something went wrong inside the program; the log says what.".to_owned();
        *self.imports.lock() = Stage::Failed { name: self.name.clone(), reason };
    }
}
