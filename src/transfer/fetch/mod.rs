//! Fetches files from elsewhere on behalf of an owner, and from nowhere inside.

mod public;
#[cfg(test)]
mod tests;

use super::addresses::Address;
use super::intake::{Unbrought, copy};
use public::is_public;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read};
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use ureq::Agent;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};

/// The longest that a file may take.
const LONGEST: Duration = Duration::from_secs(120);
/// The longest that a server may be silent before it answers.
const SILENCE: Duration = Duration::from_secs(10);
/// The slowest that a file may come, in bytes a second, after [`SILENCE`].
const SLOWEST: u64 = 4_000;
/// How often a server may point elsewhere.
const REDIRECTS: u32 = 5;
/// After so many times without an answer nobody asks a host any more.
const PATIENCE: u32 = 10;
/// While so many hosts owe an answer, no other is asked.
const SILENT_HOSTS: usize = 20;

/// Asks other hosts for files.
pub struct Fetcher {
    agent: Agent,
    most: u64,
    /// How many files a host did not answer for, one after the other.
    silent: HashMap<String, u32>,
}

impl Fetcher {
    /// Fetches files of at most `most` bytes from hosts on the public Internet.
    pub fn new(most: u64) -> Fetcher {
        Fetcher::calling(is_public, most)
    }

    fn calling(may_call: fn(&SocketAddr) -> bool, most: u64) -> Fetcher {
        let config = Config::builder()
            .timeout_global(Some(LONGEST))
            .timeout_resolve(Some(SILENCE))
            .timeout_connect(Some(SILENCE))
            .timeout_recv_response(Some(SILENCE))
            .max_redirects(REDIRECTS)
            // A proxy would look up the host by itself.
            .proxy(None)
            .user_agent(concat!("Monograph/", env!("CARGO_PKG_VERSION")))
            .build();
        let guard = Guard { lookup: DefaultResolver::default(), may_call };
        Fetcher {
            agent: Agent::with_parts(config, DefaultConnector::default(), guard),
            most,
            silent: HashMap::new(),
        }
    }

    /// Writes what is at `url` to a file.
    ///
    /// # Errors
    /// A sentence on why it did not come.
    pub fn fetch(&mut self, url: &str, to: &mut File) -> Result<(), Unbrought> {
        let host = Address::parse(url).map(|address| address.host).unwrap_or_default();
        if self.silent.get(&host).is_some_and(|silent| *silent >= PATIENCE) {
            return Err(format!(
                "its host did not answer {PATIENCE} times in a row, so nobody asked for it"
            ));
        }
        if self.silent.len() >= SILENT_HOSTS && !self.silent.contains_key(&host) {
            return Err(format!(
                "{SILENT_HOSTS} other hosts did not answer, so nobody asked for it"
            ));
        }
        let done = self.get(url, to);
        let is_silent = matches!(
            done,
            Err(ureq::Error::Timeout(_) | ureq::Error::Io(_) | ureq::Error::HostNotFound)
        );
        match is_silent {
            true => *self.silent.entry(host).or_default() += 1,
            false => drop(self.silent.remove(&host)),
        }
        done.map_err(|error| reason(&error)).flatten()
    }

    fn get(&self, url: &str, to: &mut File) -> Result<Result<(), Unbrought>, ureq::Error> {
        let mut answer = self.agent.get(url).call()?;
        let length = answer.body().content_length();
        if length.is_some_and(|length| length > self.most) {
            return Ok(Err(format!("it is larger than {} MB", self.most / 1_000_000)));
        }
        let body = answer.body_mut().as_reader();
        Ok(copy(&mut Paced { from: body, read: 0, since: Instant::now() }, to, self.most))
    }
}

fn reason(error: &ureq::Error) -> Unbrought {
    match error {
        ureq::Error::StatusCode(404 | 410) => "it is not there any more".to_owned(),
        ureq::Error::StatusCode(code) => format!("its host answers with status {code}"),
        ureq::Error::Timeout(_) => "its host takes too long to answer".to_owned(),
        ureq::Error::TooManyRedirects => "its host points elsewhere again and again".to_owned(),
        // What is inside and what does not answer are told the same.
        _ => "its host cannot be reached".to_owned(),
    }
}

/// Gives up on who sends too slowly.
struct Paced<R> {
    from: R,
    read: u64,
    since: Instant,
}

impl<R: Read> Read for Paced<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(buffer)?;
        self.read += read as u64;
        let spent = self.since.elapsed();
        match spent > SILENCE && self.read < SLOWEST * spent.as_secs() {
            true => Err(io::Error::other("it comes too slowly")),
            false => Ok(read),
        }
    }
}

/// Looks hosts up and lets only those be called that may be. It is asked again for every redirect, and what it answers
/// is what is called: a name that leads elsewhere a moment later makes no difference.
#[derive(Debug)]
struct Guard {
    lookup: DefaultResolver,
    may_call: fn(&SocketAddr) -> bool,
}

impl Resolver for Guard {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.lookup.resolve(uri, config, timeout)?;
        match found.iter().all(self.may_call) {
            true => Ok(found),
            false => Err(ureq::Error::HostNotFound),
        }
    }
}
