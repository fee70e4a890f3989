use super::{Error, print};
use crate::db::Db;
use crate::settings::Settings;
use crate::transfer::archive::{self, Unpacked};
use crate::transfer::{self, Report, markdown};
use crate::web::now;
use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};
use std::fs::File;
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
    /// What `export archive` wrote, into an empty blog
    Archive {
        /// The zip
        file: PathBuf,
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
        let database = &settings.database;
        match self {
            Command::Markdown { dir, options } => {
                options.refuse_unknown_author(database)?;
                refuse_unread(&dir, dir.read_dir().map(drop))?;
                print(options.run(database, |db| import(&dir, &options, db))?)
            }
            Command::Archive { file, options } => {
                refuse_unread(&file, File::open(&file).map(drop))?;
                print(options.run(database, |db| unpack(&file, &options, db))?)
            }
        }
    }
}

/// Before a database is made: an import that cannot succeed should leave none behind.
fn refuse_unread(path: &Path, looked: io::Result<()>) -> Result<(), transfer::Error> {
    looked.map_err(|error| {
        let (path, cause) = (path.to_owned(), error.to_string());
        transfer::Error::Unreadable { path, cause }
    })
}

impl Options {
    fn refuse_unknown_author(&self, database: &Path) -> Result<(), transfer::Error> {
        match &self.author {
            Some(author) if !database.exists() => {
                Err(transfer::Error::NoSuchAuthor(author.clone()))
            }
            _ => Ok(()),
        }
    }

    /// Imports into the database, or does the very same to a copy that is thrown away, so that the report is the very
    /// same too.
    fn run<R>(
        &self,
        database: &Path,
        import: impl FnOnce(&Db) -> Result<R, Error>,
    ) -> Result<R, Error> {
        if !self.dry_run {
            return into(database, import);
        }
        let folder = tempfile::tempdir()?;
        let (db, _) = Db::rehearse(database, &folder.path().join("rehearsal.db"))?;
        import(&db)
    }
}

/// A database that was made for an import that failed goes again.
fn into<R>(database: &Path, import: impl FnOnce(&Db) -> Result<R, Error>) -> Result<R, Error> {
    let was_there = database.exists();
    let done = import(&Db::open(database)?);
    if done.is_err() && !was_there {
        std::fs::remove_file(database)?;
    }
    done
}

/// A bar on a terminal, and nothing anywhere else.
pub fn bar(of: &str) -> ProgressBar {
    let bar = ProgressBar::new(0);
    if !io::stderr().is_terminal() {
        bar.set_draw_target(indicatif::ProgressDrawTarget::hidden());
    }
    if let Ok(style) = ProgressStyle::with_template(&format!("{{bar:40}} {{pos}} of {{len}} {of}"))
    {
        bar.set_style(style);
    }
    bar
}

fn unpack(file: &Path, options: &Options, db: &Db) -> Result<Unpacked, Error> {
    let bar = bar("posts");
    let progress = |done: usize, of: usize| {
        bar.set_length(of as u64);
        bar.set_position(done as u64);
    };
    let unpacked = archive::import(db, file, options.author.as_deref(), &progress)?;
    bar.finish_and_clear();
    Ok(unpacked)
}

fn import(dir: &Path, options: &Options, db: &Db) -> Result<Report, Error> {
    let bar = bar("files");
    let progress = |done: usize, of: usize| {
        bar.set_length(of as u64);
        bar.set_position(done as u64);
    };
    let report = markdown::import(db, dir, options.author.as_deref(), now(), &progress)?;
    bar.finish_and_clear();
    Ok(report)
}
