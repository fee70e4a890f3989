use super::{Error, Store, now};
use crate::blog::{self, Client, Menu, Role, Session, Site, User};
use crate::web::client::client;
use rocket::Request;
use rocket::http::Status;
use rocket::request::{FromRequest, Outcome};

/// What the database says about a request before any page is asked: looked up once, however many guards ask.
#[derive(Debug, Default)]
pub struct Visit {
    /// The site's settings.
    pub site: Site,
    /// The pages in the navigation.
    pub menu: Menu,
    /// Who is signed in.
    pub signed_in: Option<(Session, User)>,
    /// Whether the browser holds a token, of whatever worth.
    pub has_token: bool,
    /// Whether there is any account yet.
    pub any_account: bool,
    /// Who is asking, as far as the network tells.
    pub client: Client,
}

impl Visit {
    /// The visit that `request` is part of. A database that fails is never taken for "signed out".
    pub async fn of<'r>(request: &'r Request<'_>) -> Result<&'r Visit, Status> {
        let visit = request.local_cache_async(async {
            let visit = Visit::look_up(request).await;
            visit.map_err(|error| {
                error.log(request);
                error.status()
            })
        });
        visit.await.as_ref().map_err(|status| *status)
    }

    /// The signed-in user.
    pub fn user(&self) -> Option<&User> {
        self.signed_in.as_ref().map(|(_, user)| user)
    }

    async fn look_up(request: &Request<'_>) -> Result<Visit, Error> {
        let store: &Store = request.rocket().state().expect("the store is managed");
        let (digest, now) = (Visit::presented(request), now());
        let visit = store
            .glance(|conn| {
                let signed_in = digest.map(|digest| Session::resume(conn, &digest, now));
                Ok::<_, blog::Error>(Visit {
                    site: Site::load(conn)?,
                    menu: Menu::load(conn, now)?,
                    signed_in: signed_in
                        .and_then(|found| found_or_none(found).transpose())
                        .transpose()?,
                    has_token: digest.is_some(),
                    any_account: User::any(conn)?,
                    client: client(request),
                })
            })
            .await?;
        if let Some((session, _)) =
            visit.signed_in.as_ref().filter(|(session, _)| session.is_stale(now))
        {
            // Reading goes on where writing fails, as on a full disk.
            if let Err(error) = store.write(|tx| session.touch(tx, now)).await {
                log::warn!("a session's use could not be written down: {error}");
            }
        }
        Ok(visit)
    }
}

fn found_or_none<T>(found: blog::Result<T>) -> blog::Result<Option<T>> {
    match found {
        Err(blog::Error::NotFound) => Ok(None),
        other => other.map(Some),
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for &'r Visit {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<&'r Visit, ()> {
        match Visit::of(request).await {
            Ok(visit) => Outcome::Success(visit),
            Err(status) => Outcome::Error((status, ())),
        }
    }
}

/// Whoever is signed in. To have it as an argument is to be closed to strangers.
#[rocket::async_trait]
impl<'r> FromRequest<'r> for &'r User {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<&'r User, ()> {
        match Visit::of(request).await.map(Visit::user) {
            Ok(Some(user)) => Outcome::Success(user),
            Ok(None) => Outcome::Error((Status::Unauthorized, ())),
            Err(status) => Outcome::Error((status, ())),
        }
    }
}

/// The stay that a request is part of.
#[rocket::async_trait]
impl<'r> FromRequest<'r> for &'r Session {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<&'r Session, ()> {
        match Visit::of(request).await.map(|visit| visit.signed_in.as_ref()) {
            Ok(Some((session, _))) => Outcome::Success(session),
            Ok(None) => Outcome::Error((Status::Unauthorized, ())),
            Err(status) => Outcome::Error((status, ())),
        }
    }
}

/// An owner of the blog. Everybody else is told that this is not theirs.
pub struct Owner<'r>(pub &'r User);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Owner<'r> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Owner<'r>, ()> {
        admit(request, |user| user.role == Role::Owner).await.map(Owner)
    }
}

/// Somebody who edits everybody's posts. Everybody else is told that this is not theirs.
pub struct Editor<'r>(pub &'r User);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Editor<'r> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Editor<'r>, ()> {
        admit(request, User::edits_all).await.map(Editor)
    }
}

async fn admit<'r>(request: &'r Request<'_>, may: fn(&User) -> bool) -> Outcome<&'r User, ()> {
    match <&User>::from_request(request).await {
        Outcome::Success(user) if !may(user) => Outcome::Error((Status::Forbidden, ())),
        other => other,
    }
}

/// Somebody who sends a text: either signed in, or signed in until a moment ago, so that their text must not be lost.
pub enum Writer<'r> {
    /// Signed in.
    User(&'r User),
    /// Their session has ended; their browser still holds its token.
    SignedOut,
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Writer<'r> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Writer<'r>, ()> {
        match Visit::of(request).await {
            Ok(visit) => match visit.user() {
                Some(user) => Outcome::Success(Writer::User(user)),
                None if visit.has_token => Outcome::Success(Writer::SignedOut),
                None => Outcome::Error((Status::Unauthorized, ())),
            },
            Err(status) => Outcome::Error((status, ())),
        }
    }
}
