//! One's own account: password and sessions.

use crate::blog::{Password, Problem, Session, User};
use crate::web::{Entrance, Entry, Notices, Problems, Reply, Result, Store, View, now};
use rocket::form::{Form, FromForm};
use rocket::response::Redirect;
use rocket::serde::json::json;
use rocket::{Route, State, get, post, routes};
use rocket_dyn_templates::Template;

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
    entrance: Entrance<'_>,
    store: &State<Store>,
    view: View<'_>,
    notices: Notices<'_>,
) -> Result<Reply> {
    let mut problems = Problems::default();
    let proven = match entrance.check(&user.name, form.current_password).await? {
        Entry::Right(proven) => Some(proven),
        Entry::Wrong => {
            let message = "This is not your current password.";
            problems.add(Problem::new("current_password", message));
            None
        }
        Entry::TooMany(wait) => {
            let message = "Too many tries. Please wait a while before the next one.";
            let problems = Problem::new("current_password", message).into();
            return Ok(Reply::too_many(page(user, session, store, &view, &problems).await?, wait));
        }
    };
    let password = problems.check(Password::parse(form.password, &user.name));
    let (Some(proven), Some(password)) = (proven, password) else {
        return Ok(Reply::invalid(page(user, session, store, &view, &problems).await?));
    };
    entrance.change_password(&proven, password).await?;
    notices.say("Your new password is set, and every other browser is signed out.");
    Ok(Reply::Done(Redirect::to("/account")))
}

#[post("/account/sessions/<id>/end")]
async fn end(id: i64, user: &User, store: &State<Store>, notices: Notices<'_>) -> Result<Redirect> {
    store.write(|tx| Session::end_one(tx, user, id)).await?;
    notices.say("That browser is signed out.");
    Ok(Redirect::to("/account"))
}

#[post("/account/sessions/end-others")]
async fn end_others(
    user: &User,
    session: &Session,
    store: &State<Store>,
    notices: Notices<'_>,
) -> Result<Redirect> {
    store.write(|tx| session.end_others(tx, user)).await?;
    notices.say("Every other browser is signed out.");
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
