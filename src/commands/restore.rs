use super::{Error, print};
use crate::blog::backup::restore;
use crate::settings::Settings;
use crate::web::now;
use clap::Args;
use std::path::PathBuf;

/// Goes back to a backup.
#[derive(Args)]
pub struct Command {
    /// The backup
    file: PathBuf,
    /// Replaces the database that is there; it is kept under another name
    #[arg(long)]
    force: bool,
}

impl Command {
    /// Does what was asked for.
    pub fn run(self, settings: &Settings) -> Result<(), Error> {
        let database = settings.database.display();
        let restored = restore(&self.file, &settings.database, self.force, now())
            .map_err(|error| Error::with_file(error, &self.file))?;
        print(format_args!(
            "{database} is now what {} holds: {}.",
            self.file.display(),
            restored.contents
        ))?;
        if let Some(kept) = restored.kept {
            print(format_args!("What was there before is {} now.", kept.display()))?;
        }
        print(
            "Everybody has to sign in anew, and invitations and links to drafts have to be made anew.",
        )
    }
}
