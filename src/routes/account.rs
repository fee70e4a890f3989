//! One's own account: password and sessions.

use crate::blog::{Password, Problem, Session, User};
use crate::settings::Settings;
use crate::web::throttle::Doors;
use crate::web::{Hashing, Problems, Reply, Result, Store, View, Visit, notice, now, sign_in};
use rocket::form::{Form, FromForm};
use rocket::http::CookieJar;
use rocket::response::Redirect;
use rocket::serde::json::json;
use rocket::{Route, State, get, post, routes};
use rocket_dyn_templates::Template;
use std::time::Instant;

#[derive(FromForm)]
struct PasswordForm<'r> {
    #[field(default = "")]
    current_password: &'r str,
    #[field(default = "")]
    password: &'r str,
}

#[get("/account")]
async fn show(
    user: &User,
    session: &Session,
    store: &State<Store>,
    view: View<'_>,
) -> Result<Template> {
    page(user, session, store, &view, &Problems::default()).await
}

#[post("/account", data = "<form>")]
async fn update(
    user: &User,
    session: &Session,
    form: Form<PasswordForm<'_>>,
    visit: &Visit,
    doors: &State<Doors>,
    store: &State<Store>,
    hashing: &State<Hashing>,
    settings: &State<Settings>,
    view: View<'_>,
    jar: &CookieJar<'_>,
) -> Result<Reply> {
    let client = &visit.client;
    // Whoever found a browser open must not guess here what the sign-in page would not let them guess.
    if let Err(wait) = doors.try_sign_in(&client.address, &user.name, false, Instant::now()) {
        let problem = Problem::new(
            "current_password",
            "Too many tries. Please wait a while before the next one.",
        );
        return Ok(Reply::too_many(
            page(user, session, store, &view, &problem.into()).await?,
            wait,
        ));
    }
    let mut problems = Problems::default();
    let known = store.read(|conn| User::with_password_hash(conn, &user.name)).await?;
    let hash = known.as_ref().map(|(_, hash)| hash.as_str());
    match hashing.verify(form.current_password, hash).await? {
        true => doors.signed_in(&client.address, &user.name),
        false => {
            problems.add(Problem::new("current_password", "This is not your current password."))
        }
    }
    let password = problems.check(Password::parse(form.password, &user.name));
    let Some(password) = password.filter(|_| problems.is_empty()) else {
        return Ok(Reply::invalid(page(user, session, store, &view, &problems).await?));
    };
    let hash = hashing.hash(password).await?;
    let token = store
        .write(|tx| {
            user.set_password(tx, &hash)?;
            Session::start(tx, user, client, now())
        })
        .await?;
    sign_in(jar, settings, &token);
    notice::say(jar, "Your new password is set, and every other browser is signed out.");
    Ok(Reply::Done(Redirect::to("/account")))
}

#[post("/account/sessions/<id>/end")]
async fn end(id: i64, user: &User, store: &State<Store>, jar: &CookieJar<'_>) -> Result<Redirect> {
    store.write(|tx| Session::end_one(tx, user, id)).await?;
    notice::say(jar, "That browser is signed out.");
    Ok(Redirect::to("/account"))
}

#[post("/account/sessions/end-others")]
async fn end_others(
    user: &User,
    session: &Session,
    store: &State<Store>,
    jar: &CookieJar<'_>,
) -> Result<Redirect> {
    store.write(|tx| session.end_others(tx, user)).await?;
    notice::say(jar, "Every other browser is signed out.");
    Ok(Redirect::to("/account"))
}

async fn page(
    user: &User,
    session: &Session,
    store: &Store,
    view: &View<'_>,
    problems: &Problems,
) -> Result<Template> {
    let sessions = store.read(|conn| Session::of(conn, user, now())).await?;
    let content = json!({ "sessions": sessions, "this_session": session.id, "problems": problems });
    Ok(view.page("account/show.html", content))
}

/// Where one's own account is kept.
pub fn routes() -> Vec<Route> {
    routes![show, update, end, end_others]
}
