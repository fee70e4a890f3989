use super::import::bar;
use super::{Error, existing, print};
use crate::blog::whole;
use crate::settings::Settings;
use crate::transfer::archive;
use clap::Subcommand;
use std::path::{Path, PathBuf};

/// Takes the blog elsewhere.
#[derive(Subcommand)]
pub enum Command {
    /// Everything in one zip: Markdown with front matter, media, versions, settings
    Archive {
        /// The file to write
        file: PathBuf,
    },
}

impl Command {
    /// Does what was asked for.
    pub fn run(self, settings: &Settings) -> Result<(), Error> {
        let Command::Archive { file } = self;
        pack(&file, settings)
    }
}

fn pack(file: &Path, settings: &Settings) -> Result<(), Error> {
    let db = existing(settings)?;
    let (bar, posts) = (bar("posts"), db.read(whole::count)?);
    bar.set_length(posts as u64);
    let packed = archive::export(&db, file, &|done| bar.set_position(done as u64))?;
    bar.finish_and_clear();
    print(packed)
}
