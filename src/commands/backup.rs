use super::{Error, print};
use crate::blog::backup::{self, Folder, Name, Occasion};
use crate::settings::Settings;
use crate::web::now;
use clap::Args;
use std::path::PathBuf;

/// Copies the whole blog into one file.
#[derive(Args)]
pub struct Command {
    /// The file, or a folder for it [default: one with the date, in the folder beside the database]
    file: Option<PathBuf>,
}

impl Command {
    /// Does what was asked for.
    pub fn run(self, settings: &Settings) -> Result<(), Error> {
        let name = Name { occasion: Occasion::Wish, made_at: now() };
        let (place, contents) = match self.file {
            None => {
                let (kept, contents) = Folder::beside(&settings.database).add(name)?;
                (kept.path, contents)
            }
            Some(file) => {
                let place = if file.is_dir() { file.join(name.to_string()) } else { file };
                let contents = backup::make(&settings.database, &place)?;
                (place, contents)
            }
        };
        print(format_args!(
            "{} is a backup, and sound.\n{}",
            place.display(),
            super::check::told(&contents)
        ))
    }
}
