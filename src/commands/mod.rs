//! What can be done from a terminal.

mod backup;
mod check;
mod doctor;
mod error;
mod export;
mod gauges;
mod import;
mod memory;
mod notify;
mod restore;
mod safe;
mod serve;
mod settings;
mod upgrade;
mod user;

pub use error::Error;

use crate::db::Db;
use crate::settings::{BaseUrl, Flags, LogFormat, Settings, figment};
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};
use std::fmt::Display;
use std::io::{self, Write};
use std::net::IpAddr;
use std::path::PathBuf;

/// A blog in one executable and one file. Without a command it serves.
#[derive(Parser)]
#[command(name = "monograph", version, propagate_version = true)]
pub struct Cli {
    /// The file everything is kept in [default: monograph.db]
    #[arg(long, global = true, value_name = "FILE")]
    database: Option<PathBuf>,
    #[command(flatten)]
    serve: ServeFlags,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Runs the blog
    Serve(ServeFlags),
    /// Looks after accounts
    #[command(subcommand)]
    User(user::Command),
    /// Looks after the site's settings
    #[command(subcommand)]
    Settings(settings::Command),
    /// Brings posts in from elsewhere
    #[command(subcommand)]
    Import(import::Command),
    /// Takes the blog elsewhere
    #[command(subcommand)]
    Export(export::Command),
    /// Copies the whole blog into one file, while it serves or not
    Backup(backup::Command),
    /// Goes back to a backup
    Restore(restore::Command),
    /// Looks a database or a backup through and counts what is in it; changes nothing
    Check(check::Command),
    /// Looks whether this installation is well, and with an address what a visitor gets there
    Doctor(doctor::Command),
    /// Brings the database up to date
    Upgrade(upgrade::Command),
}

#[derive(Args)]
struct ServeFlags {
    /// The address to listen on [default: 127.0.0.1]
    #[arg(long)]
    address: Option<IpAddr>,
    /// The port to listen on; 0 lets the system choose [default: 8000]
    #[arg(long)]
    port: Option<u16>,
    /// Where visitors find the blog, as in https://blog.example
    #[arg(long, value_name = "URL", value_parser = parse_url)]
    base_url: Option<String>,
    /// A certificate for HTTPS, as PEM, with those that vouch for it below it
    #[arg(long, value_name = "FILE")]
    tls_certificate: Option<PathBuf>,
    /// Its key, as PEM [default: in the same file]
    #[arg(long, value_name = "FILE")]
    tls_key: Option<PathBuf>,
    /// Gets certificates from Let's Encrypt, which may write to this address
    #[arg(long, value_name = "MAIL")]
    acme: Option<String>,
    /// How lines of log look [default: text]
    #[arg(long, value_enum, value_name = "FORMAT")]
    log_format: Option<LogFormat>,
    /// A folder whose templates/ and static/ override the built-in files by name
    #[arg(long, value_name = "DIR")]
    theme: Option<PathBuf>,
}

impl Cli {
    /// Reads the command line; the program ends here where that asks for help or is wrong.
    pub fn read() -> Cli {
        let matches = called_monograph(Cli::command()).get_matches();
        Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit())
    }

    /// Does what was asked for.
    ///
    /// # Errors
    /// One clear line that says what to do.
    pub fn run(self) -> Result<(), Error> {
        let Cli { database, serve, command } = self;
        match command {
            None => serve::run(&serve.flags(database)),
            Some(Command::Serve(flags)) => serve::run(&flags.or(serve).flags(database)),
            Some(Command::User(command)) => command.run(&settings(database)?),
            Some(Command::Settings(command)) => command.run(&settings(database)?),
            Some(Command::Import(command)) => command.run(&settings(database)?),
            Some(Command::Export(command)) => command.run(database),
            Some(Command::Backup(command)) => command.run(&settings(database)?),
            Some(Command::Restore(command)) => command.run(&settings(database)?),
            Some(Command::Doctor(command)) => command.run(&settings(database)?),
            Some(Command::Check(command)) => command.run(&settings(database)?),
            Some(Command::Upgrade(command)) => command.run(&settings(database)?),
        }
    }
}

impl ServeFlags {
    /// These flags, and where they say nothing those that came before the word `serve`.
    fn or(self, before: ServeFlags) -> ServeFlags {
        ServeFlags {
            address: self.address.or(before.address),
            port: self.port.or(before.port),
            base_url: self.base_url.or(before.base_url),
            tls_certificate: self.tls_certificate.or(before.tls_certificate),
            tls_key: self.tls_key.or(before.tls_key),
            acme: self.acme.or(before.acme),
            log_format: self.log_format.or(before.log_format),
            theme: self.theme.or(before.theme),
        }
    }

    fn flags(self, database: Option<PathBuf>) -> Flags {
        Flags {
            database,
            address: self.address,
            port: self.port,
            base_url: self.base_url,
            tls_certificate: self.tls_certificate,
            tls_key: self.tls_key,
            acme: self.acme,
            log_format: self.log_format,
            theme: self.theme,
        }
    }
}

/// Every command says whose version it tells.
fn called_monograph(command: clap::Command) -> clap::Command {
    command.display_name("monograph").mut_subcommands(called_monograph)
}

fn parse_url(text: &str) -> Result<String, &'static str> {
    BaseUrl::try_from(text.to_owned()).map(|_| text.to_owned())
}

fn settings(database: Option<PathBuf>) -> Result<Settings, Error> {
    let flags = Flags { database, ..Flags::default() };
    Settings::extract(&figment(&flags)).map_err(Error::Settings)
}

/// The database that is there already: to look at it is no occasion to make one.
fn existing(settings: &Settings) -> Result<Db, Error> {
    Ok(Db::open_existing(&settings.database)?)
}

/// Says something on standard output; where that fails, so does the command.
fn print(text: impl Display) -> Result<(), Error> {
    writeln!(io::stdout().lock(), "{text}")?;
    Ok(())
}
