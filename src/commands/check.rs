use super::{Error, print};
use crate::blog::backup::{self, Contents};
use crate::settings::Settings;
use crate::text::size_in_words;
use clap::Args;
use std::path::PathBuf;

/// Looks a database or a backup through and counts what is in it.
#[derive(Args)]
pub struct Command {
    /// The file [default: the database]
    file: Option<PathBuf>,
}

impl Command {
    /// Does what was asked for.
    pub fn run(self, settings: &Settings) -> Result<(), Error> {
        let file = self.file.as_ref().unwrap_or(&settings.database);
        let contents = backup::check(file).map_err(|error| match &self.file {
            Some(named) => Error::with_file(error, named),
            None => error.into(),
        })?;
        print(format_args!("{} is sound.\n{}", file.display(), told(&contents)))
    }
}

/// What is in a file, in three lines.
pub fn told(contents: &Contents) -> String {
    let by =
        contents.written_by.as_ref().map_or(String::new(), |by| format!(", of Monograph {by}"));
    let digest = contents.digest.as_deref().unwrap_or_default();
    let size = size_in_words(contents.size);
    format!(
        "It holds {contents}.\nSize: {size}. Schema: {}{by}.\nContent: sha256:{digest}",
        contents.schema
    )
}
