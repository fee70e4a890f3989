//! The way back in for who lost their password: a link that the owner hands over.

use crate::blog::{Error, Password, Recovery, Token, User};
use crate::web::{Entrance, Notices, Problems, Reply, Result, Short, Store, View, now};
use rocket::form::FromForm;
use rocket::http::Status;
use rocket::response::Redirect;
use rocket::serde::json::json;
use rocket::{Route, State, get, post, routes};
use rocket_dyn_templates::Template;

#[derive(FromForm)]
struct RecoveryForm<'r> {
    #[field(default = "")]
    token: &'r str,
    #[field(default = "")]
    password: &'r str,
}

#[get("/auth/recover?<token>")]
async fn show(token: Option<&str>, store: &State<Store>, view: View<'_>) -> Result<Reply> {
    let token = token.unwrap_or_default();
    Ok(match whose(token, store).await? {
        Some(user) => Reply::Page(page(&view, &user.name, token, &Problems::default(), None)),
        None => too_late(&view),
    })
}

#[post("/auth/recover", data = "<form>")]
async fn complete(
    form: Short<RecoveryForm<'_>>,
    entrance: Entrance<'_>,
    store: &State<Store>,
    view: View<'_>,
    notices: Notices<'_>,
) -> Result<Reply> {
    if let Err(wait) = entrance.try_to_recover(form.token) {
        let refusal = "Too many tries. Please wait a while before the next one.";
        return Ok(Reply::too_many(
            page(&view, "", form.token, &Problems::default(), Some(refusal)),
            wait,
        ));
    }
    let (Some(user), Some(digest)) =
        (whose(form.token, store).await?, Token::digest_of(form.token))
    else {
        return Ok(too_late(&view));
    };
    let password = match Password::parse(form.password, &user.name) {
        Ok(password) => password,
        Err(problem) => {
            return Ok(Reply::invalid(page(&view, &user.name, form.token, &problem.into(), None)));
        }
    };
    let hash = entrance.hash(password).await?;
    match store.write(|tx| Recovery::complete(tx, &digest, &hash, now())).await {
        Ok(()) => {
            notices.say("Your new password is set. Please sign in with it.");
            Ok(Reply::Done(Redirect::to("/auth/login")))
        }
        Err(Error::NotFound) => Ok(too_late(&view)),
        Err(error) => Err(error.into()),
    }
}

async fn whose(token: &str, store: &Store) -> Result<Option<User>> {
    let Some(digest) = Token::digest_of(token) else { return Ok(None) };
    match store.read(|conn| Recovery::user(conn, &digest, now())).await {
        Err(Error::NotFound) => Ok(None),
        found => Ok(Some(found?)),
    }
}

fn page(
    view: &View<'_>,
    name: &str,
    token: &str,
    problems: &Problems,
    refusal: Option<&str>,
) -> Template {
    let content = json!({ "name": name, "token": token, "problems": problems, "refusal": refusal });
    view.page("auth/recover.html", content)
}

fn too_late(view: &View<'_>) -> Reply {
    Reply::Again((Status::Forbidden, view.page("auth/too_late.html", json!({}))))
}

/// Where a lost password is replaced.
pub fn routes() -> Vec<Route> {
    routes![show, complete]
}
