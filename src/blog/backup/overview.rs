use super::failure::{self, Failure};
use super::{Contents, Folder, Occasion, Verdicts};
use crate::blog::site::Backups;
use crate::blog::{Result, Site};
use rusqlite::Connection;
use serde::Serialize;
use std::path::Path;

/// What an owner should know of the backups at a glance.
#[derive(Debug, Serialize)]
pub struct Overview {
    /// The last one that is good, as far as anybody knows.
    pub last: Option<Last>,
    /// Those in which damage was found.
    pub damaged: Vec<Damaged>,
    /// Whether there is any, good or not.
    pub any: bool,
    /// Why there is none of the last night.
    pub failure: Option<Failure>,
    /// Whether they are made every night and yet the last is days old.
    pub is_late: bool,
}

/// The last good backup.
#[derive(Debug, Serialize)]
pub struct Last {
    /// When it was made.
    pub made_at: i64,
    /// What is in it, in words.
    pub contents: String,
}

/// A backup to which there is no going back.
#[derive(Debug, Serialize)]
pub struct Damaged {
    /// What it is called.
    pub name: String,
    /// When it was made.
    pub made_at: i64,
    /// What is wrong with it.
    pub problem: String,
}

/// So many seconds after one night there is one of the next.
const LATE: i64 = 2 * 24 * 60 * 60;

impl Overview {
    /// The backups of `database`, to which `conn` leads.
    pub fn of(conn: &Connection, database: &Path, now: i64) -> Result<Overview> {
        let (all, unread) = match Folder::beside(database).all() {
            Ok(all) => (all, None),
            Err(error) => (Vec::new(), Some(Failure { at: now, reason: error.to_string() })),
        };
        let verdicts = Verdicts::given(conn)?;
        let good = |kept: &super::Kept| {
            let is_damaged = verdicts.problem(kept.name).is_some();
            let contents: Contents = (!is_damaged).then(|| kept.contents().ok())??;
            Some(Last { made_at: kept.name.made_at, contents: contents.to_string() })
        };
        let damaged = |kept: &super::Kept| {
            let problem = verdicts.problem(kept.name)?.to_owned();
            Some(Damaged { name: kept.name.to_string(), made_at: kept.name.made_at, problem })
        };
        let mut nights = all.iter().filter(|kept| kept.name.occasion == Occasion::Night);
        let is_late = nights.next().is_some_and(|night| night.name.made_at < now - LATE);
        Ok(Overview {
            last: all.iter().find_map(good),
            damaged: all.iter().filter_map(damaged).collect(),
            any: !all.is_empty(),
            failure: failure::last(conn)?.or(unread),
            is_late: is_late && Site::load(conn)?.backups == Backups::Nightly,
        })
    }
}
