use super::import::bar;
use super::{Error, existing, parse_url, print, settings};
use crate::blog::{Site, whole};
use crate::mirror;
use crate::settings::{Flags, Settings, figment};
use crate::transfer::archive;
use clap::Subcommand;
use rocket::tokio::runtime::Builder;
use std::path::{Path, PathBuf};

/// Takes the blog elsewhere.
#[derive(Subcommand)]
pub enum Command {
    /// Everything in one zip: Markdown with front matter, media, versions, settings
    Archive {
        /// The file to write
        file: PathBuf,
    },
    /// What everybody may read, as files at the same addresses; a second run writes what has changed
    Site {
        /// The folder to write to
        dir: PathBuf,
        /// Where visitors will find it, as in https://blog.example
        #[arg(long, value_name = "URL", value_parser = parse_url)]
        base_url: Option<String>,
        /// A folder whose templates/ and static/ override the built-in files by name
        #[arg(long, value_name = "DIR")]
        theme: Option<PathBuf>,
    },
}

impl Command {
    /// Does what was asked for.
    pub fn run(self, database: Option<PathBuf>) -> Result<(), Error> {
        match self {
            Command::Archive { file } => pack(&file, &settings(database)?),
            Command::Site { dir, base_url, theme } => {
                mirror(&dir, Flags { database, base_url, theme, ..Flags::default() })
            }
        }
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

fn mirror(dir: &Path, flags: Flags) -> Result<(), Error> {
    let settings = Settings::extract(&figment(&flags)).map_err(Error::Settings)?;
    let db = existing(&settings)?;
    // Whoever does not say where the site will be means where the blog is.
    let flags = match settings.base_url {
        Some(_) => flags,
        None => Flags { base_url: db.read(Site::last_url)?, ..flags },
    };
    let bar = bar("addresses");
    let progress = |done: usize, of: usize| {
        bar.set_length(of as u64);
        bar.set_position(done as u64);
    };
    // Of what Rocket says at its start, nothing is of interest here.
    let figment = figment(&flags).merge(("log_level", "off"));
    let settings = Settings::extract(&figment).map_err(Error::Settings)?;
    let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let mirrored = runtime.block_on(mirror::export(figment, settings, db, dir, &progress))?;
    bar.finish_and_clear();
    print(mirrored)
}
