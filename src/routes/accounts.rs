//! Everybody's accounts, for the owner.

use crate::blog::{Error, Password, Problem, Recovery, Role, User, UserName, Word};
use crate::web::{Hashing, Notices, Owner, Problems, PublicUrl, Reply, Result, Store, View, now};
use rocket::form::{Form, FromForm};
use rocket::http::Status;
use rocket::response::Redirect;
use rocket::serde::json::json;
use rocket::{Route, State, get, post, routes};
use rocket_dyn_templates::Template;

#[derive(FromForm)]
struct AccountForm<'r> {
    #[field(default = "")]
    username: &'r str,
    #[field(default = "")]
    password: &'r str,
    #[field(default = "author")]
    role: &'r str,
}

#[derive(FromForm)]
struct RoleForm<'r> {
    #[field(default = "")]
    role: &'r str,
}

#[get("/admin/accounts")]
async fn index(_owner: Owner<'_>, store: &State<Store>, view: View<'_>) -> Result<Template> {
    page(store, &view, None, &Problems::default()).await
}

#[post("/admin/accounts", data = "<form>")]
async fn create(
    _owner: Owner<'_>,
    form: Form<AccountForm<'_>>,
    store: &State<Store>,
    hashing: &State<Hashing>,
    view: View<'_>,
    notices: Notices<'_>,
) -> Result<Reply> {
    let mut problems = Problems::default();
    let name = problems.check(UserName::parse(form.username));
    let password = problems.check(Password::parse(form.password, form.username));
    let role = problems.check(parse_role(form.role));
    let (Some(name), Some(password), Some(role)) = (name, password, role) else {
        return Ok(Reply::invalid(page(store, &view, Some(&form), &problems).await?));
    };
    let hash = hashing.hash(password).await?;
    match store.write(|tx| User::add(tx, &name, &hash, role, now())).await {
        Err(Error::Invalid(problem)) => Ok(Reply::Again((
            Status::Conflict,
            page(store, &view, Some(&form), &problem.into()).await?,
        ))),
        other => {
            notices.say(format!("{} has an account now.", other?.name));
            Ok(Reply::Done(Redirect::to("/admin/accounts")))
        }
    }
}

#[post("/admin/accounts/<name>/role", data = "<form>")]
async fn set_role(
    name: &str,
    form: Form<RoleForm<'_>>,
    _owner: Owner<'_>,
    store: &State<Store>,
    view: View<'_>,
    notices: Notices<'_>,
) -> Result<Reply> {
    let changed = match parse_role(form.role) {
        Ok(role) => store.write(|tx| User::named(tx, name)?.set_role(tx, role)).await,
        Err(problem) => Err(problem.into()),
    };
    let said = format!("{name} is now {}.", form.role);
    done_or_refused(changed, said, store, &view, &notices).await
}

#[post("/admin/accounts/<name>/remove")]
async fn remove(
    name: &str,
    _owner: Owner<'_>,
    store: &State<Store>,
    view: View<'_>,
    notices: Notices<'_>,
) -> Result<Reply> {
    let removed = store.write(|tx| User::named(tx, name)?.remove(tx)).await;
    let said =
        format!("{name} has no account any more. What they wrote stays, signed with their name.");
    done_or_refused(removed, said, store, &view, &notices).await
}

#[post("/admin/accounts/<name>/recover")]
async fn recover(
    name: &str,
    _owner: Owner<'_>,
    store: &State<Store>,
    url: PublicUrl,
    notices: Notices<'_>,
) -> Result<Redirect> {
    let token = store.write(|tx| Recovery::make(tx, &User::named(tx, name)?, now())).await?;
    let link = format!("{}/auth/recover?token={token}", url.0);
    notices.say_with_link(
        format!("With this link {name} can set a new password, once, within 30 minutes."),
        link,
    );
    Ok(Redirect::to("/admin/accounts"))
}

async fn done_or_refused(
    changed: Result<(), Error>,
    said: String,
    store: &Store,
    view: &View<'_>,
    notices: &Notices<'_>,
) -> Result<Reply> {
    match changed {
        Err(Error::Invalid(problem)) => {
            Ok(Reply::invalid(page(store, view, None, &problem.into()).await?))
        }
        other => {
            other?;
            notices.say(said);
            Ok(Reply::Done(Redirect::to("/admin/accounts")))
        }
    }
}

fn parse_role(text: &str) -> Result<Role, Problem> {
    Role::from_word(text)
        .ok_or_else(|| Problem::new("role", format!("Please choose {}.", Role::words())))
}

async fn page(
    store: &Store,
    view: &View<'_>,
    form: Option<&AccountForm<'_>>,
    problems: &Problems,
) -> Result<Template> {
    let users = store.read(User::all).await?;
    let kept = form.map(|form| json!({ "username": form.username, "role": form.role }));
    Ok(view
        .page("accounts/index.html", json!({ "users": users, "kept": kept, "problems": problems })))
}

/// Where accounts are looked after.
pub fn routes() -> Vec<Route> {
    routes![index, create, set_role, remove, recover]
}
