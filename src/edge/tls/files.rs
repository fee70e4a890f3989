use super::{Certificates, Error, Pair};
use crate::settings::Files;
use rocket::tokio;
use rocket::tokio::signal::unix::{SignalKind, signal};
use rocket::tokio::time::interval;
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

/// How often the files are looked at.
const OFTEN: Duration = Duration::from_secs(2);

/// By what a file is seen to have changed.
type Stamp = [Option<(SystemTime, u64)>; 2];

impl Files {
    /// What is in the files.
    ///
    /// # Errors
    /// One sentence on what is wrong with which file.
    pub fn load(&self) -> Result<Pair, String> {
        let (certificate, key) = (read(&self.certificate)?, read(&self.key)?);
        Pair::from_pem(&certificate, &key).map_err(|error| {
            let file = if matches!(error, Error::NoKey) { &self.key } else { &self.certificate };
            format!("the certificate {} cannot be used: {error}", file.display())
        })
    }

    /// Shows what is in the files whenever they have changed, and when the program is told to look (SIGHUP).
    pub async fn follow(self, certificates: &Certificates) {
        let mut hangup = signal(SignalKind::hangup()).ok();
        let mut tick = interval(OFTEN);
        let (mut seen, mut said) = (self.stamp(), None);
        loop {
            let told = async {
                match &mut hangup {
                    Some(hangup) => hangup.recv().await,
                    None => std::future::pending().await,
                }
            };
            let told = tokio::select! { _ = tick.tick() => false, _ = told => true };
            let stamp = self.stamp();
            if told || stamp != seen {
                let problem = self.show(certificates);
                // A file that is still being written is seen several times, and is wrong in one way.
                if let Some(problem) = problem.as_ref().filter(|_| told || problem != said) {
                    log::error!("{problem}; the one before it stays in use");
                }
                said = problem;
            }
            seen = stamp;
        }
    }

    /// Shows what is in the files, or gives what is wrong with them.
    fn show(&self, certificates: &Certificates) -> Option<String> {
        let pair = match self.load() {
            Ok(pair) => pair,
            Err(problem) => return Some(problem),
        };
        certificates.show(pair);
        log::info!("the certificate {} is in use", self.certificate.display());
        None
    }

    fn stamp(&self) -> Stamp {
        [&self.certificate, &self.key].map(|path| {
            let found = fs::metadata(path).ok()?;
            Some((found.modified().ok()?, found.len()))
        })
    }
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| format!("{} cannot be read: {error}", path.display()))
}
