use super::{Error, existing, print};
use crate::blog::site::Key;
use crate::blog::{Site, Word};
use crate::db::Db;
use crate::settings::Settings;
use clap::Subcommand;

/// Looks after the site's settings.
#[derive(Subcommand)]
pub enum Command {
    /// Lists every setting with its value
    List,
    /// Prints one setting
    Get {
        /// Its name
        #[arg(value_parser = parse_key)]
        key: Key,
    },
    /// Changes one setting
    Set {
        /// Its name
        #[arg(value_parser = parse_key)]
        key: Key,
        /// Its new value; "" for none
        #[arg(allow_hyphen_values = true)]
        value: String,
    },
}

impl Command {
    /// Does what was asked for.
    pub fn run(self, settings: &Settings) -> Result<(), Error> {
        match self {
            Command::List => {
                for (key, value) in existing(settings)?.read(Site::values)? {
                    print(format_args!("{} = {value:?}", key.word()))?;
                }
            }
            Command::Get { key } => {
                print(format_args!(
                    "{}",
                    existing(settings)?.read(|conn| Site::value(conn, key))?
                ))?;
            }
            Command::Set { key, value } => {
                Site::check(key, &value)?;
                Db::open(&settings.database)?.write(|tx| Site::set(tx, key, &value))?;
            }
        }
        Ok(())
    }
}

fn parse_key(text: &str) -> Result<Key, String> {
    Key::from_word(text).ok_or_else(|| format!("there is no such setting; choose {}", Key::words()))
}
