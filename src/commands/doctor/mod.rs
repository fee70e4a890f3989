//! Whether this installation is well.

mod blog;
mod file;
mod finding;
mod machine;
mod tls;
mod way;

use super::{Error, print};
use crate::settings::Settings;
use crate::web::now;
use clap::Args;
use finding::Level;

/// Looks whether this installation is well.
#[derive(Args)]
pub struct Command {
    /// Where visitors find the blog: looks what they get there, through whatever stands in front
    #[arg(long, value_name = "URL")]
    url: Option<String>,
}

impl Command {
    /// Looks at everything and says what it found, a line each; fails if something has to be mended.
    pub fn run(self, settings: &Settings) -> Result<(), Error> {
        let mut findings = machine::look(settings, now());
        findings.extend(tls::look(settings, now()));
        match file::look(&settings.database) {
            Err(finding) => findings.push(finding),
            Ok((conn, found)) => {
                let is_well = found.iter().all(|finding| finding.level != Level::Problem);
                findings.extend(found);
                findings.extend(blog::look(&conn, settings, now()));
                drop(conn);
                if let Some(url) = self.url {
                    findings.extend(way::look(settings, &url, is_well));
                }
            }
        }
        findings.iter().try_for_each(print)?;
        match findings.iter().filter(|finding| finding.level == Level::Problem).count() {
            0 => Ok(()),
            1 => {
                Err(Error::Unwell("there is a problem; the line above says what to do".to_owned()))
            }
            count => Err(Error::Unwell(format!(
                "there are {count} problems; their lines say what to do"
            ))),
        }
    }
}
