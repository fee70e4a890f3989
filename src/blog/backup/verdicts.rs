use super::{Contents, Folder, Kept, Name, check};
use crate::blog::{Result, Site};
use crate::db::Db;
use rusqlite::{Connection, Transaction};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What was found when a backup was looked through last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// When that was.
    pub at: i64,
    /// What is wrong with it.
    pub problem: Option<String>,
}

/// The verdicts on the backups that there are, by their names.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Verdicts(BTreeMap<String, Verdict>);

/// Where they are written down, among the settings.
const PLACE: &str = "backup_verdicts";

impl Verdicts {
    /// Those that were given.
    pub fn given(conn: &Connection) -> Result<Verdicts> {
        let noted = Site::noted(conn, PLACE)?;
        Ok(noted.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
    }

    /// The one on this backup.
    pub fn on(&self, name: Name) -> Option<&Verdict> {
        self.0.get(&name.to_string())
    }

    /// What is known to be wrong with this backup.
    pub fn problem(&self, name: Name) -> Option<&str> {
        self.on(name)?.problem.as_deref()
    }

    /// The backup that has waited longest. A new one was looked through when it was made; what seems to have been done later
    /// than now tells of a wrong clock and does not count.
    pub fn next(&self, all: Vec<Kept>, now: i64) -> Option<Kept> {
        let looked_at = |name: Name| self.on(name).map_or(name.made_at, |verdict| verdict.at);
        all.into_iter().min_by_key(|kept| Some(looked_at(kept.name)).filter(|at| *at <= now))
    }
}

/// Looks a backup through and writes down what was found; what is known of backups that are gone is forgotten.
pub fn examine(db: &Db, kept: &Kept, now: i64) -> Result<Contents> {
    let found = check(&kept.path);
    let verdict = Verdict { at: now, problem: found.as_ref().err().map(ToString::to_string) };
    // A blog that is damaged itself can write nothing down, but asks for a good backup more than any other.
    if let Err(error) = db.write(|tx| remember(tx, &Folder::beside(db.path()), kept.name, verdict))
    {
        log::error!("what was found in {} could not be written down: {error}", kept.name);
    }
    found
}

fn remember(tx: &Transaction<'_>, folder: &Folder, name: Name, verdict: Verdict) -> Result<()> {
    let there: Vec<_> = folder.all()?.iter().map(|kept| kept.name.to_string()).collect();
    let mut verdicts = Verdicts::given(tx)?;
    verdicts.0.retain(|name, _| there.contains(name));
    verdicts.0.insert(name.to_string(), verdict);
    Site::note(tx, PLACE, &serde_json::to_string(&verdicts).unwrap_or_default())
}
