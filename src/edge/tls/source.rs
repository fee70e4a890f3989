use super::acme::{Https, Keeper, Safe};
use super::{Certificates, Pair};
use crate::settings::{Acme, Certificate, Files};
use rocket::tokio::spawn;
use std::sync::Arc;

/// Where certificates come from, found in order.
pub enum Source {
    /// From files, in which there is one.
    Files(Files, Pair),
    /// From an authority, and this is the way to it.
    Acme(Acme, Https),
}

impl Source {
    /// What the operator means by `certificate`.
    ///
    /// # Errors
    /// One sentence on what is wrong with which file.
    pub fn of(certificate: &Certificate) -> Result<Source, String> {
        match certificate.clone() {
            Certificate::Files(files) => {
                let pair = files.load()?;
                Ok(Source::Files(files, pair))
            }
            Certificate::Acme(acme) => {
                let https = Https::new(acme.root.as_deref())?;
                Ok(Source::Acme(acme, https))
            }
        }
    }

    /// From now on there is something to show, the newest at any time.
    pub fn start(self, safe: Arc<dyn Safe>) -> Arc<Certificates> {
        let certificates = Arc::new(Certificates::default());
        let shown = certificates.clone();
        match self {
            Source::Files(files, pair) => {
                certificates.show(pair);
                spawn(async move { files.follow(&shown).await });
            }
            Source::Acme(acme, https) => {
                spawn(Keeper::new(acme, https, safe, shown).work());
            }
        }
        certificates
    }
}
