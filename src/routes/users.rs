//! The way to an account.

use crate::blog::{Admission, Error, Password, Shut, UserName};
use crate::web::{Claimant, Entrance, Notices, Problems, Reply, Result, Short, Store, View, now};
use rocket::form::FromForm;
use rocket::http::Status;
use rocket::response::Redirect;
use rocket::serde::json::json;
use rocket::{Route, State, get, post, routes};
use rocket_dyn_templates::Template;

#[derive(FromForm)]
struct RegisterForm<'r> {
    #[field(default = "")]
    username: &'r str,
    #[field(default = "")]
    password: &'r str,
    claim: Option<&'r str>,
    invite: Option<&'r str>,
}

#[get("/users/register?<claim>&<invite>")]
async fn new(
    claim: Option<&str>,
    invite: Option<&str>,
    claimant: Claimant<'_>,
    store: &State<Store>,
    view: View<'_>,
) -> Result<Reply> {
    let form = RegisterForm { username: "", password: "", claim, invite };
    match form.admission(&claimant, store).await {
        Ok(_) => Ok(Reply::Page(page(&view, &form, &Problems::default(), None))),
        Err(error) => refuse(&view, error),
    }
}

#[post("/users/register", data = "<form>")]
async fn create(
    form: Short<RegisterForm<'_>>,
    claimant: Claimant<'_>,
    entrance: Entrance<'_>,
    store: &State<Store>,
    view: View<'_>,
    notices: Notices<'_>,
) -> Result<Reply> {
    if let Err(wait) = entrance.try_to_register(form.username) {
        let refusal =
            "Too many accounts were made from your network. Please wait a while and try again.";
        return Ok(Reply::too_many(page(&view, &form, &Problems::default(), Some(refusal)), wait));
    }
    let admission = match form.admission(&claimant, store).await {
        Ok(admission) => admission,
        Err(error) => return refuse(&view, error),
    };
    let mut problems = Problems::default();
    let name = problems.check(UserName::parse(form.username));
    let password = problems.check(Password::parse(form.password, form.username));
    let (Some(name), Some(password)) = (name, password) else {
        return Ok(Reply::invalid(page(&view, &form, &problems, None)));
    };
    let hash = entrance.hash(password).await?;
    match store.write(|tx| admission.accept(tx, &name, &hash, now())).await {
        Ok(user) => {
            notices.say(format!("Welcome, {}. Your account is ready; please sign in.", user.name));
            Ok(Reply::Done(Redirect::to("/auth/login")))
        }
        Err(Error::Invalid(problem)) => {
            Ok(Reply::Again((Status::Conflict, page(&view, &form, &problem.into(), None))))
        }
        Err(error) => refuse(&view, error),
    }
}

impl RegisterForm<'_> {
    async fn admission(&self, claimant: &Claimant<'_>, store: &Store) -> Result<Admission, Error> {
        let ownership = claimant.ownership(self.claim);
        store.read(|conn| Admission::find(conn, ownership, self.invite, now())).await
    }
}

fn page(
    view: &View<'_>,
    form: &RegisterForm<'_>,
    problems: &Problems,
    refusal: Option<&str>,
) -> Template {
    let kept = json!({ "username": form.username, "claim": form.claim, "invite": form.invite });
    view.page(
        "users/register.html",
        json!({ "form": kept, "problems": problems, "refusal": refusal }),
    )
}

/// The page that says why no account can be made; any other error goes on.
fn refuse(view: &View<'_>, error: Error) -> Result<Reply> {
    let reason = match error {
        Error::Shut(Shut::Unclaimed) => "unclaimed",
        Error::Shut(Shut::Closed) => "closed",
        Error::Shut(Shut::InviteOnly) => "invite",
        Error::Shut(Shut::TooLate) => "late",
        other => return Err(other.into()),
    };
    Ok(Reply::Again((Status::Forbidden, view.page("users/closed.html", json!({ "shut": reason })))))
}

/// Where accounts are made.
pub fn routes() -> Vec<Route> {
    routes![new, create]
}
