//! Certificates that come by themselves (RFC 8555).

mod https;
mod order;

use super::{Certificates, Pair};
use https::Https;
use rocket::tokio::time::sleep;
use std::error::Error;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Let's Encrypt, whose certificates every browser knows.
pub const LETS_ENCRYPT: &str = "https://acme-v02.api.letsencrypt.org/directory";

/// Where to look after a machine slept, or its clock was set.
const OFTEN: Duration = Duration::from_secs(60 * 60);
/// How long to wait after the first failure, then twice as long each time. An authority hears of a name five times in the
/// first hour: more often Let's Encrypt would not listen.
const FIRST_PAUSE: Duration = Duration::from_secs(2 * 60);

/// What the operator wants of a certificate authority.
#[derive(Debug, Clone)]
pub struct Acme {
    /// Whom the authority writes to.
    pub contact: String,
    /// The name that the certificate is for.
    pub domain: String,
    /// Where the authority says what it offers.
    pub directory: String,
    /// A certificate, as PEM, that vouches for the authority itself, where no browser knows it.
    pub root: Option<PathBuf>,
}

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
    ///
    /// # Errors
    /// One sentence on what is wrong with the settings.
    pub fn new(
        acme: Acme,
        safe: Arc<dyn Safe>,
        certificates: Arc<Certificates>,
    ) -> Result<Keeper, String> {
        let https = Https::new(acme.root.as_deref())?;
        let keeper = Keeper { acme, https, safe, certificates };
        match keeper.kept() {
            Ok(Some(pair)) => keeper.certificates.show(pair),
            Ok(None) => {}
            Err(error) => log::error!("the certificate that was kept cannot be used: {error}"),
        }
        Ok(keeper)
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
                        let (domain, minutes) = (&self.acme.domain, pause.as_secs() / 60);
                        log::error!("no certificate for {domain}: {error}; trying again in {minutes} minutes");
                        sleep(pause).await;
                        pause = (pause * 2).min(OFTEN);
                    }
                },
            }
        }
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
        let pair = Pair::from_pem(pem.as_bytes(), pem.as_bytes())?;
        log::info!("there is a new certificate for {}", self.acme.domain);
        self.certificates.show(pair);
        // Where it cannot be kept it is good all the same, until the next start.
        Ok(self.safe.keep(&self.certificate_name(), pem.as_bytes())?)
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
