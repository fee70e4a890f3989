use crate::blog::{Result, Site};
use rusqlite::{Connection, Transaction};
use serde::{Deserialize, Serialize};

/// That the backup of a night could not be made, until one can.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// When it was tried last.
    pub at: i64,
    /// Why not.
    pub reason: String,
}

/// Where it is written down, among the settings.
const PLACE: &str = "backup_failure";

/// Writes down why there is no backup.
pub fn remember(tx: &Transaction<'_>, reason: &str, now: i64) -> Result<()> {
    let failure = Failure { at: now, reason: reason.to_owned() };
    Site::note(tx, PLACE, &serde_json::to_string(&failure).unwrap_or_default())
}

/// All is well again.
pub fn forget(tx: &Transaction<'_>) -> Result<()> {
    Site::forget(tx, PLACE)
}

/// Why there is no backup of the last night, if that is so.
pub fn last(conn: &Connection) -> Result<Option<Failure>> {
    let noted = Site::noted(conn, PLACE)?;
    Ok(noted.and_then(|text| serde_json::from_str(&text).ok()))
}
