//! Signing in and out.

use crate::blog::Session;
use crate::web::{
    Entrance, Entry, Https, Next, Reply, Result, Short, Store, View, Visit, sign_out,
};
use rocket::form::FromForm;
use rocket::http::{CookieJar, Status};
use rocket::response::Redirect;
use rocket::serde::json::json;
use rocket::{Route, State, get, post, routes};
use rocket_dyn_templates::Template;

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
    form: Short<Credentials<'_>>,
    entrance: Entrance<'_>,
    view: View<'_>,
) -> Result<Reply> {
    let again = |text| page(&view, form.username, form.next, Some(text));
    match entrance.check(form.username, form.password).await? {
        Entry::Right(proven) => {
            entrance.open(&proven).await?;
            Ok(onwards(form.next))
        }
        Entry::Wrong => Ok(Reply::Again((
            Status::Unauthorized,
            again("That name and password do not go together."),
        ))),
        Entry::TooMany(wait) => Ok(Reply::too_many(
            again("Too many tries. Please wait a while before the next one."),
            wait,
        )),
    }
}

#[post("/auth/logout")]
async fn delete(
    session: &Session,
    store: &State<Store>,
    https: Https,
    jar: &CookieJar<'_>,
) -> Result<Redirect> {
    store.write(|tx| session.end(tx)).await?;
    sign_out(jar, https);
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
