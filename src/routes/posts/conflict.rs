//! Two texts that were made from the same one, and how they can come together.

use super::form::PostForm;
use super::{changes, parse_id};
use crate::blog::post::{Basis, Conflict, Version};
use crate::blog::{Post, User};
use crate::text::Diff;
use crate::web::{Notices, Result, Store, View, now};
use rocket::response::Redirect;
use rocket::serde::json::json;
use rocket::tokio::task::block_in_place;
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
    let (mine, theirs) = (&conflict.mine.manuscript, &conflict.theirs.manuscript);
    let (proposal, diff) =
        block_in_place(|| (conflict.proposal(), Diff::between(&theirs.content, &mine.content)));
    let zone = view.visit().site.timezone;
    let form = PostForm::holding(proposal.manuscript, conflict.theirs.number, zone)
        .taking_in(conflict.mine.number);
    let content = json!({
        "post": post, "form": form, "problems": {}, "tangles": proposal.tangles, "diff": diff,
        "fields": changes::between(theirs, mine, zone), "mine": conflict.mine, "theirs": conflict.theirs,
        "my_text": mine.content, "their_text": theirs.content, "is_open": conflict.mine.is_open(),
    });
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

#[post("/posts/<id>/conflicts/<number>/take")]
async fn take(
    id: &str,
    number: i64,
    user: &User,
    store: &State<Store>,
    notices: Notices<'_>,
) -> Result<Redirect> {
    let uuid = parse_id(id)?;
    store
        .write(|tx| {
            let post = Post::for_edit(tx, user, &uuid, now())?;
            post.settle(tx, number)?;
            let manuscript = Version::at(tx, &post, number)?.to_restore(tx, &post)?;
            post.keep(tx, user, Basis::Restored(number), &manuscript, now())
        })
        .await?;
    notices.say("This is the text to go on with now. The other one is in the history.");
    Ok(Redirect::to(uri!(super::edit(id))))
}

/// Where texts come together.
pub fn routes() -> Vec<Route> {
    routes![show, settle, take]
}
