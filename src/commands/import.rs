use super::{Error, print};
use crate::db::Db;
use crate::settings::Settings;
use crate::transfer::{self, Report, markdown};
use crate::web::now;
use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

/// Brings posts in from elsewhere.
#[derive(Subcommand)]
pub enum Command {
    /// Markdown files with front matter: Hugo, Zola, Jekyll, GoBlog, Bear, or none
    Markdown {
        /// The folder that holds them
        dir: PathBuf,
        #[command(flatten)]
        options: Options,
    },
}

/// What every import understands.
#[derive(Args)]
pub struct Options {
    /// Writes nothing and prints the same report
    #[arg(long)]
    dry_run: bool,
    /// The account that owns what has no known author [default: the first owner]
    #[arg(long, value_name = "NAME")]
    author: Option<String>,
}

impl Command {
    /// Does what was asked for.
    pub fn run(self, settings: &Settings) -> Result<(), Error> {
        let Command::Markdown { dir, options } = self;
        refuse_in_vain(&dir, &options, &settings.database)?;
        let report = match options.dry_run {
            true => rehearse(&dir, &options, &settings.database)?,
            false => import(&dir, &options, &Db::open(&settings.database)?)?,
        };
        print(&report)
    }
}

/// Before a database is made: an import that cannot succeed should leave none behind.
fn refuse_in_vain(dir: &Path, options: &Options, database: &Path) -> Result<(), Error> {
    if let Some(author) = options.author.as_ref().filter(|_| !database.exists()) {
        return Err(transfer::Error::NoSuchAuthor(author.clone()).into());
    }
    match dir.read_dir() {
        Ok(_) => Ok(()),
        Err(error) => {
            Err(transfer::Error::Unreadable { path: dir.to_owned(), cause: error.to_string() }
                .into())
        }
    }
}

/// The very same import into a copy that is thrown away, so that the report is the very same too.
fn rehearse(dir: &Path, options: &Options, database: &Path) -> Result<Report, Error> {
    let folder = tempfile::tempdir()?;
    let copy = folder.path().join("rehearsal.db");
    if database.exists() {
        Db::open(database)?.copy_to(&copy)?;
    }
    import(dir, options, &Db::open(&copy)?)
}

fn import(dir: &Path, options: &Options, db: &Db) -> Result<Report, Error> {
    let bar = ProgressBar::new(0);
    if !io::stderr().is_terminal() {
        bar.set_draw_target(indicatif::ProgressDrawTarget::hidden());
    }
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos} of {len} files") {
        bar.set_style(style);
    }
    let progress = |done: usize, of: usize| {
        bar.set_length(of as u64);
        bar.set_position(done as u64);
    };
    let report = markdown::import(db, dir, options.author.as_deref(), now(), &progress)?;
    bar.finish_and_clear();
    Ok(report)
}
