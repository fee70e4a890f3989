use super::{Error, print};
use crate::db::{Db, Upgrade, known_schema};
use crate::settings::Settings;
use clap::Args;
use std::path::Path;

/// Brings the database up to date, which otherwise happens when it is next used.
#[derive(Args)]
pub struct Command {
    /// Tries it on a copy and changes nothing
    #[arg(long)]
    dry_run: bool,
}

impl Command {
    /// Does what was asked for.
    pub fn run(self, settings: &Settings) -> Result<(), Error> {
        let database = &settings.database;
        if !database.exists() {
            return Err(crate::db::Error::Missing(database.clone()).into());
        }
        let upgrade = match self.dry_run {
            true => rehearse(database)?,
            false => Db::upgrade(database)?,
        };
        let database = database.display();
        let Some(Upgrade { from, to, kept }) = upgrade else {
            return print(format_args!(
                "{database} is up to date: its schema is {}.",
                known_schema()
            ));
        };
        match (self.dry_run, kept) {
            (true, _) => print(format_args!(
                "{database} can be brought from schema {from} to {to}; tried on a copy, nothing was changed."
            )),
            (false, kept) => {
                print(format_args!("{database} was brought from schema {from} to {to}."))?;
                kept.map_or(Ok(()), |kept| {
                    print(format_args!("{} is what it was before.", kept.display()))
                })
            }
        }
    }
}

/// The very same on a copy that is thrown away.
fn rehearse(database: &Path) -> Result<Option<Upgrade>, Error> {
    let folder = tempfile::tempdir()?;
    let (_, upgrade) = Db::rehearse(database, &folder.path().join("rehearsal.db"))?;
    Ok(upgrade)
}
