//! Signing in and out.

use crate::blog::{Password, Session, User};
use crate::settings::Settings;
use crate::web::throttle::Doors;
use crate::web::{Hashing, Next, Reply, Result, Store, View, Visit, now, sign_in, sign_out};
use rocket::form::{Form, FromForm};
use rocket::http::{CookieJar, Status};
use rocket::response::Redirect;
use rocket::serde::json::json;
use rocket::{Route, State, get, post, routes};
use rocket_dyn_templates::Template;
use std::time::Instant;

#[derive(FromForm)]
struct Credentials<'r> {
    #[field(default = "")]
    username: &'r str,
    #[field(default = "")]
    password: &'r str,
    next: Option<&'r str>,
}

#[get("/auth/login?<next>")]
pub fn new(next: Option<&str>, visit: &Visit, view: View<'_>) -> Reply {
    match visit.user() {
        Some(_) => onwards(next),
        None => Reply::Page(page(&view, "", next, None)),
    }
}

#[post("/auth/login", data = "<form>")]
async fn create(
    form: Form<Credentials<'_>>,
    visit: &Visit,
    doors: &State<Doors>,
    store: &State<Store>,
    hashing: &State<Hashing>,
    settings: &State<Settings>,
    view: View<'_>,
    jar: &CookieJar<'_>,
) -> Result<Reply> {
    let client = &visit.client;
    let again = |text| page(&view, form.username, form.next, Some(text));
    let known = store.read(|conn| User::with_password_hash(conn, form.username)).await?;
    let familiar = match &known {
        Some((user, _)) => {
            store.read(|conn| Session::is_familiar(conn, user, client, now())).await?
        }
        None => false,
    };
    if let Err(wait) = doors.try_sign_in(&client.address, form.username, familiar, Instant::now()) {
        return Ok(Reply::too_many(
            again("Too many tries. Please wait a while before the next one."),
            wait,
        ));
    }
    let hash = known.as_ref().map(|(_, hash)| hash.as_str());
    let right = hashing.verify(form.password, hash).await?;
    let (true, Some((user, hash))) = (right, known) else {
        log::warn!("a sign-in failed from {}", client.address);
        return Ok(Reply::Again((
            Status::Unauthorized,
            again("That name and password do not go together."),
        )));
    };
    doors.signed_in(&client.address, form.username);
    if hashing.is_outdated(&hash) {
        let hash = hashing.hash(Password::proven(form.password)).await?;
        store.write(|tx| user.rehash(tx, &hash)).await?;
    }
    let token = store.write(|tx| Session::start(tx, &user, client, now())).await?;
    sign_in(jar, settings, &token);
    Ok(onwards(form.next))
}

#[post("/auth/logout")]
async fn delete(
    session: &Session,
    store: &State<Store>,
    settings: &State<Settings>,
    jar: &CookieJar<'_>,
) -> Result<Redirect> {
    store.write(|tx| session.end(tx)).await?;
    sign_out(jar, settings);
    Ok(Redirect::to("/posts"))
}

fn page(view: &View<'_>, username: &str, next: Option<&str>, refusal: Option<&str>) -> Template {
    view.page("auth/login.html", json!({ "username": username, "next": next, "refusal": refusal }))
}

/// Back to where they wanted to go, or to the posts.
fn onwards(next: Option<&str>) -> Reply {
    let place = next.and_then(Next::parse);
    Reply::Done(
        place.map_or_else(|| Redirect::to("/posts"), |place| Redirect::to(place.into_uri())),
    )
}

/// Where users come in and go out.
pub fn routes() -> Vec<Route> {
    routes![new, create, delete]
}
