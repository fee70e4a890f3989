use super::{Error, print};
use crate::db::Db;
use crate::settings::Settings;
use crate::transfer::archive::{self, Unpacked};
use crate::transfer::{self, Plan, Report, ghost, markdown, wordpress, writefreely};
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
    /// An export of WordPress (WXR)
    Wordpress {
        /// The file that Tools → Export gave you
        file: PathBuf,
        /// A copy of the folder wp-content/uploads, for pictures and files
        #[arg(long, value_name = "DIR")]
        uploads: Option<PathBuf>,
        /// Fetches pictures and files from the old blog
        #[arg(long)]
        fetch: bool,
        /// Takes what is there of a file that was cut off
        #[arg(long)]
        partial: bool,
        #[command(flatten)]
        options: Options,
    },
    /// An export or a backup of Ghost (JSON, or a zip with it and the pictures)
    Ghost {
        /// The file
        file: PathBuf,
        #[command(flatten)]
        options: Options,
    },
    /// An export of WriteFreely (JSON or zip)
    Writefreely {
        /// The file
        file: PathBuf,
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

type Import<'a> = &'a dyn Fn(&Plan<'_>) -> Result<Report, transfer::Error>;

impl Command {
    /// Does what was asked for.
    pub fn run(self, settings: &Settings) -> Result<(), Error> {
        match self {
            Command::Markdown { dir, options } => {
                dir.read_dir().map_err(|error| unreadable(&dir, &error))?;
                options.import(settings, &|plan| markdown::import(plan, &dir))
            }
            Command::Wordpress { file, uploads, fetch, partial, options } => {
                let from = open(&file)?;
                let uploads = uploads.as_deref();
                let sources = wordpress::Sources { uploads, may_fetch: fetch, may_be_cut: partial };
                let import: Import<'_> =
                    &|plan| wordpress::import(plan, again(&from, &file)?, sources);
                options.import(settings, import)
            }
            Command::Ghost { file, options } => {
                let from = open(&file)?;
                options.import(settings, &|plan| ghost::import(plan, again(&from, &file)?))
            }
            Command::Writefreely { file, options } => {
                let from = open(&file)?;
                options.import(settings, &|plan| writefreely::import(plan, again(&from, &file)?))
            }
            Command::Archive { file, options } => {
                open(&file)?;
                print(options.run(&settings.database, |db| unpack(&file, &options, db))?)
            }
        }
    }
}

impl Options {
    fn import(&self, settings: &Settings, import: Import<'_>) -> Result<(), Error> {
        // A database that is not there has no author either, and is not made in vain.
        if let Some(author) = self.author.as_ref().filter(|_| !settings.database.exists()) {
            return Err(transfer::Error::NoSuchAuthor(author.clone()).into());
        }
        let bar = bar("%");
        let progress = |done: u64, of: u64| {
            bar.set_length(100);
            bar.set_position((done * 100).checked_div(of).unwrap_or_default());
        };
        let report = self.run(&settings.database, |db| {
            let plan = Plan {
                db,
                author: self.author.as_deref(),
                now: now(),
                largest_file: settings.upload_limit.as_u64(),
                progress: &progress,
            };
            Ok(import(&plan)?)
        })?;
        bar.finish_and_clear();
        print(&report)
    }

    /// Imports into the database, or does the very same to a copy that is thrown away, so that the report is the very
    /// same too.
    fn run<R>(
        &self,
        database: &Path,
        import: impl FnOnce(&Db) -> Result<R, Error>,
    ) -> Result<R, Error> {
        match self.dry_run {
            true => transfer::rehearse(database, import),
            false => into(database, import),
        }
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

fn open(path: &Path) -> Result<File, Error> {
    let file = File::open(path).map_err(|error| unreadable(path, &error))?;
    match file.metadata() {
        Ok(metadata) if metadata.is_dir() => Err(unreadable(path, &"it is a folder")),
        Ok(_) => Ok(file),
        Err(error) => Err(unreadable(path, &error)),
    }
}

/// The same file for another reading.
fn again(file: &File, path: &Path) -> Result<File, transfer::Error> {
    file.try_clone().map_err(|error| transfer::Error::Unreadable {
        path: path.to_owned(),
        cause: error.to_string(),
    })
}

fn unreadable(path: &Path, cause: &dyn ToString) -> Error {
    transfer::Error::Unreadable { path: path.to_owned(), cause: cause.to_string() }.into()
}
