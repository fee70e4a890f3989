use super::throttle::Doors;
use super::{Hashing, Result, Store, Visit, now, sign_in};
use crate::blog::{Password, Session, User};
use crate::settings::Settings;
use rocket::Request;
use rocket::http::CookieJar;
use rocket::outcome::try_outcome;
use rocket::request::{FromRequest, Outcome};
use std::time::{Duration, Instant};

/// The place where a password is asked for.
pub struct Entrance<'r> {
    visit: &'r Visit,
    jar: &'r CookieJar<'r>,
    doors: &'r Doors,
    hashing: &'r Hashing,
    settings: &'r Settings,
    store: &'r Store,
}

/// What became of a try.
pub enum Entry {
    /// Name and password belong together.
    Right(User),
    /// They do not; nobody learns which of them is wrong.
    Wrong,
    /// There were too many tries; this long there is no other.
    TooMany(Duration),
}

impl Entrance<'_> {
    /// Checks a name and a password, unless there were too many tries. An unknown name takes as long as a wrong password.
    pub async fn check(&self, name: &str, password: &str) -> Result<Entry> {
        let (client, now) = (&self.visit.client, now());
        let (known, familiar) =
            self.store.read(|conn| User::at_door(conn, name, client, now)).await?;
        if let Err(wait) = self.doors.try_sign_in(&client.address, name, familiar, Instant::now()) {
            return Ok(Entry::TooMany(wait));
        }
        let right =
            self.hashing.verify(password, known.as_ref().map(|(_, hash)| hash.as_str())).await?;
        let (true, Some((user, hash))) = (right, known) else {
            log::warn!("a wrong password came from {}", client.address);
            return Ok(Entry::Wrong);
        };
        self.doors.signed_in(&client.address, name);
        if self.hashing.is_outdated(&hash) {
            let hash = self.hashing.hash(Password::proven(password)).await?;
            self.store.write(|tx| user.rehash(tx, &hash)).await?;
        }
        Ok(Entry::Right(user))
    }

    /// Lets somebody try to make an account, or says how long to wait.
    pub fn try_to_register(&self) -> Result<(), Duration> {
        self.doors.register.take(&self.visit.client.address, Instant::now())
    }

    /// Lets somebody try to recover an account, or says how long to wait.
    pub fn try_to_recover(&self) -> Result<(), Duration> {
        self.doors.recover.take(&self.visit.client.address, Instant::now())
    }

    /// The hash to keep of a new password.
    pub async fn hash(&self, password: Password) -> Result<String> {
        self.hashing.hash(password).await
    }

    /// Lets `user` in: a new session, a new token.
    pub async fn open(&self, user: &User) -> Result<()> {
        let token =
            self.store.write(|tx| Session::start(tx, user, &self.visit.client, now())).await?;
        sign_in(self.jar, self.settings, &token);
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
            settings: rocket.state().expect("the settings are managed"),
            store: rocket.state().expect("the store is managed"),
        })
    }
}
