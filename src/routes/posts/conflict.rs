//! Two texts that were made from the same one, and how they can come together.

use super::form::PostForm;
use super::parse_id;
use crate::blog::post::Conflict;
use crate::blog::{Post, User};
use crate::web::{Notices, Result, Store, View, now};
use rocket::response::Redirect;
use rocket::serde::json::json;
use rocket::{Route, State, get, post, routes, uri};
use rocket_dyn_templates::Template;
use uuid::Uuid;

/// The page about the text that was put aside under `number`.
pub async fn page(
    store: &Store,
    view: &View<'_>,
    user: &User,
    id: &Uuid,
    number: i64,
) -> Result<Template> {
    let (post, conflict) = store
        .read(|conn| {
            let post = Post::for_edit(conn, user, id, now())?;
            Conflict::about(conn, &post, number).map(|conflict| (post, conflict))
        })
        .await?;
    let zone = view.visit().site.timezone;
    let form =
        PostForm::of(&conflict.mine, zone).taking_in(conflict.mine.number, conflict.theirs.number);
    let content = json!({ "post": post, "form": form, "mine": conflict.mine, "theirs": conflict.theirs,
        "their_content": conflict.theirs.manuscript.content });
    Ok(view.page("posts/conflict.html", content))
}

#[get("/posts/<id>/conflicts/<number>")]
async fn show(
    id: &str,
    number: i64,
    user: &User,
    store: &State<Store>,
    view: View<'_>,
) -> Result<Template> {
    page(store, &view, user, &parse_id(id)?, number).await
}

#[post("/posts/<id>/conflicts/<number>/settle")]
async fn settle(
    id: &str,
    number: i64,
    user: &User,
    store: &State<Store>,
    notices: Notices<'_>,
) -> Result<Redirect> {
    let uuid = parse_id(id)?;
    store.write(|tx| Post::for_edit(tx, user, &uuid, now())?.settle(tx, number)).await?;
    notices.say("The post stays as it is. The other text is in the history.");
    Ok(Redirect::to(uri!(super::edit(id))))
}

/// Where texts come together.
pub fn routes() -> Vec<Route> {
    routes![show, settle]
}
