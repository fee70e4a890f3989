use super::throttle::Doors;
use super::{Hashing, Https, Result, Store, Visit, now, sign_in};
use crate::blog::{self, Knock, Password, Proven, Session, Token};
use rocket::Request;
use rocket::http::CookieJar;
use rocket::outcome::try_outcome;
use rocket::request::{FromRequest, Outcome};
use rusqlite::Transaction;
use std::time::{Duration, Instant};

/// The place where a password is asked for.
pub struct Entrance<'r> {
    visit: &'r Visit,
    jar: &'r CookieJar<'r>,
    doors: &'r Doors,
    hashing: &'r Hashing,
    https: Https,
    store: &'r Store,
}

/// What became of a try.
pub enum Entry {
    /// Name and password belong together.
    Right(Proven),
    /// They do not; nobody learns which of them is wrong.
    Wrong,
    /// There were too many tries; this long there is no other.
    TooMany(Duration),
}

impl Entrance<'_> {
    /// Checks a name and a password, unless there were too many tries.
    pub async fn check(&self, name: &str, password: &str) -> Result<Entry> {
        let client = &self.visit.client;
        // Before the name is looked at: how long this takes tells nothing of it.
        if !Password::is_possible(password) {
            log::warn!("a wrong password came from {}", client.address);
            return Ok(Entry::Wrong);
        }
        let knock = self.store.read(|conn| Knock::find(conn, name, client, now())).await?;
        let familiar = knock.is_familiar;
        if let Err(wait) = self.doors.try_sign_in(&client.address, name, familiar, Instant::now()) {
            return Ok(Entry::TooMany(wait));
        }
        match self.hashing.prove(knock, password).await? {
            Some(proven) => {
                self.doors.signed_in(&client.address, name);
                Ok(Entry::Right(proven))
            }
            None => {
                log::warn!("a wrong password came from {}", client.address);
                Ok(Entry::Wrong)
            }
        }
    }

    /// Lets somebody in: a new session with a new token, in the place of the one that the browser had.
    pub async fn open(&self, proven: &Proven) -> Result<()> {
        self.begin(|tx| {
            proven.confirm(tx)?;
            self.visit.signed_in.as_ref().map_or(Ok(()), |(session, _)| session.end(tx))?;
            Session::start(tx, &proven.user, &self.visit.client, now())
        })
        .await
    }

    /// Sets another password, which ends all sessions, and begins a new one here.
    pub async fn change_password(&self, proven: &Proven, password: Password) -> Result<()> {
        let hash = self.hash(password).await?;
        self.begin(|tx| {
            proven.confirm(tx)?;
            proven.user.set_password(tx, &hash)?;
            Session::start(tx, &proven.user, &self.visit.client, now())
        })
        .await
    }

    /// Lets somebody try to make an account called `name`, or says how long to wait.
    pub fn try_to_register(&self, name: &str) -> Result<(), Duration> {
        self.doors.try_to_register(&self.visit.client.address, name, Instant::now())
    }

    /// Lets somebody try to recover an account, or says how long to wait.
    pub fn try_to_recover(&self, token: &str) -> Result<(), Duration> {
        self.doors.try_to_recover(&self.visit.client.address, token, Instant::now())
    }

    /// The hash to keep of a new password.
    pub async fn hash(&self, password: Password) -> Result<String> {
        self.hashing.hash(password).await
    }

    async fn begin(
        &self,
        start: impl FnOnce(&Transaction<'_>) -> Result<Token, blog::Error>,
    ) -> Result<()> {
        let token = self.store.write(start).await?;
        sign_in(self.jar, self.https, &token);
        Ok(())
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Entrance<'r> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Entrance<'r>, ()> {
        let visit = try_outcome!(<&Visit>::from_request(request).await);
        let rocket = request.rocket();
        Outcome::Success(Entrance {
            visit,
            jar: request.cookies(),
            doors: rocket.state().expect("the doors are managed"),
            hashing: rocket.state().expect("the hashing is managed"),
            https: Https::of(request),
            store: rocket.state().expect("the store is managed"),
        })
    }
}
