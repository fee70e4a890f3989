//! Certificates that come by themselves (RFC 8555).

mod https;
mod order;

pub use https::Https;

use super::{Certificates, Pair};
use crate::settings::Acme;
use rocket::tokio::time::sleep;
use std::error::Error;
use std::io;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// How often to look at the clock: a machine may have slept, or had its clock set.
const OFTEN: Duration = Duration::from_secs(60 * 60);
/// How long to wait after the first failure, then twice as long each time. An authority hears of a name five times in the
/// first hour: more often Let's Encrypt would not listen.
const FIRST_PAUSE: Duration = Duration::from_secs(2 * 60);

/// Where keys and certificates are kept, so that a restart needs no new ones.
pub trait Safe: Send + Sync {
    /// What was kept under `name`.
    fn find(&self, name: &str) -> io::Result<Option<Vec<u8>>>;
    /// Keeps `value` under `name`, instead of what was there.
    fn keep(&self, name: &str, value: &[u8]) -> io::Result<()>;
}

/// Any reason why there is no certificate; the log has it.
type Failure = Box<dyn Error + Send + Sync>;

/// Somebody who sees to it that there is always a valid certificate.
pub struct Keeper {
    acme: Acme,
    https: Https,
    safe: Arc<dyn Safe>,
    certificates: Arc<Certificates>,
}

impl Keeper {
    /// A keeper who shows what is in the safe already.
    pub fn new(
        acme: Acme,
        https: Https,
        safe: Arc<dyn Safe>,
        certificates: Arc<Certificates>,
    ) -> Keeper {
        let keeper = Keeper { acme, https, safe, certificates };
        match keeper.kept() {
            Ok(Some(pair)) => keeper.certificates.show(pair),
            Ok(None) => {}
            Err(error) => log::error!("the certificate that was kept cannot be used: {error}"),
        }
        keeper
    }

    /// Orders certificates when it is time to, for as long as the program runs.
    pub async fn work(self) {
        let mut pause = FIRST_PAUSE;
        loop {
            match self.due_in() {
                Some(wait) if !wait.is_zero() => sleep(wait.min(OFTEN)).await,
                _ => match self.renew().await {
                    Ok(()) => pause = FIRST_PAUSE,
                    Err(error) => {
                        self.complain(&error.to_string(), pause);
                        sleep(pause).await;
                        pause = (pause * 2).min(OFTEN);
                    }
                },
            }
        }
    }

    fn complain(&self, why: &str, pause: Duration) {
        // What the authority itself says comes with a word of the library's before it.
        let why = why.trim_start_matches("API error: ");
        let (domain, minutes) = (&self.acme.domain, pause.as_secs() / 60);
        log::error!("no certificate for {domain}: {why}; trying again in {minutes} minutes");
    }

    /// How long the present certificate will do; none where there is none.
    fn due_in(&self) -> Option<Duration> {
        let due = self.certificates.renew_from()?;
        let due = UNIX_EPOCH + Duration::from_secs(due.try_into().ok()?);
        Some(due.duration_since(SystemTime::now()).unwrap_or_default())
    }

    async fn renew(&self) -> Result<(), Failure> {
        let ordered = self.order().await;
        self.certificates.prove(None);
        let pem = ordered?;
        self.certificates.show(Pair::from_pem(pem.as_bytes(), pem.as_bytes())?);
        log::info!("there is a new certificate for {}", self.acme.domain);
        if let Err(error) = self.safe.keep(&self.certificate_name(), pem.as_bytes()) {
            log::error!("the new certificate is lost at the next start: {error}");
        }
        // Or it would be ordered again at once, and again.
        match self.due_in() {
            Some(wait) if !wait.is_zero() => Ok(()),
            _ => Err("the new one is old already; is the clock of this machine right?".into()),
        }
    }

    fn kept(&self) -> Result<Option<Pair>, Failure> {
        let found = self.safe.find(&self.certificate_name())?;
        Ok(found.map(|pem| Pair::from_pem(&pem, &pem)).transpose()?)
    }

    fn certificate_name(&self) -> String {
        format!("certificate of {} from {}", self.acme.domain, self.acme.directory)
    }

    fn account_name(&self) -> String {
        format!("account of {} at {}", self.acme.contact, self.acme.directory)
    }
}
