//! Invitations, for the owner: links that make one account each.

use crate::blog::{Invite, Problem, Role, Word};
use crate::web::{Notices, Owner, Problems, PublicUrl, Reply, Result, Store, View, now};
use rocket::form::{Form, FromForm};
use rocket::response::Redirect;
use rocket::serde::json::json;
use rocket::{Route, State, get, post, routes};
use rocket_dyn_templates::Template;

const DAY: i64 = 24 * 60 * 60;

#[derive(FromForm)]
struct InviteForm<'r> {
    #[field(default = "author")]
    role: &'r str,
    #[field(default = "7")]
    days: &'r str,
}

#[get("/admin/invites")]
async fn index(_owner: Owner<'_>, store: &State<Store>, view: View<'_>) -> Result<Template> {
    page(store, &view, &InviteForm { role: "author", days: "7" }, &Problems::default()).await
}

#[post("/admin/invites", data = "<form>")]
async fn create(
    _owner: Owner<'_>,
    form: Form<InviteForm<'_>>,
    store: &State<Store>,
    url: PublicUrl,
    view: View<'_>,
    notices: Notices<'_>,
) -> Result<Reply> {
    let mut problems = Problems::default();
    let role = Role::from_word(form.role);
    let role = problems.check(
        role.ok_or_else(|| Problem::new("role", format!("Please choose {}.", Role::words()))),
    );
    let days = form.days.trim().parse().ok().filter(|days| (1..=90).contains(days));
    let days: Option<i64> =
        problems.check(days.ok_or_else(|| Problem::new("days", "Please enter 1 to 90 days.")));
    let (Some(role), Some(days)) = (role, days) else {
        return Ok(Reply::invalid(page(store, &view, &form, &problems).await?));
    };
    let token = store.write(|tx| Invite::make(tx, role, now() + days * DAY, now())).await?;
    let link = format!("{}/users/register?invite={token}", url.0);
    notices.say_with_link(
        "The invitation is ready. Hand this link over; it is shown only now and works once.",
        link,
    );
    Ok(Reply::Done(Redirect::to("/admin/invites")))
}

#[post("/admin/invites/<id>/withdraw")]
async fn withdraw(
    id: i64,
    _owner: Owner<'_>,
    store: &State<Store>,
    notices: Notices<'_>,
) -> Result<Redirect> {
    store.write(|tx| Invite::withdraw(tx, id)).await?;
    notices.say("The invitation is taken back.");
    Ok(Redirect::to("/admin/invites"))
}

async fn page(
    store: &Store,
    view: &View<'_>,
    form: &InviteForm<'_>,
    problems: &Problems,
) -> Result<Template> {
    let invites = store.read(|conn| Invite::all(conn, now())).await?;
    let kept = json!({ "role": form.role, "days": form.days });
    Ok(view.page(
        "invites/index.html",
        json!({ "invites": invites, "kept": kept, "problems": problems }),
    ))
}

/// Where people are invited.
pub fn routes() -> Vec<Route> {
    routes![index, create, withdraw]
}
