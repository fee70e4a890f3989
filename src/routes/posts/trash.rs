//! Posts that were deleted: they can come back for thirty days, or go for good.

use super::parse_id;
use crate::blog::{Post, User};
use crate::web::{Notices, Result, Store, now};
use rocket::response::Redirect;
use rocket::{Route, State, post, routes, uri};

const TRASH: &str = "/admin?show=trash";

#[post("/posts/<id>/delete")]
async fn delete(
    id: &str,
    user: &User,
    store: &State<Store>,
    notices: Notices<'_>,
) -> Result<Redirect> {
    let uuid = parse_id(id)?;
    store.write(|tx| Post::for_edit(tx, user, &uuid, now())?.delete(tx, now())).await?;
    notices.say("The post is in the trash. It stays there for 30 days.");
    Ok(Redirect::to(TRASH))
}

#[post("/posts/<id>/restore")]
async fn restore(
    id: &str,
    user: &User,
    store: &State<Store>,
    notices: Notices<'_>,
) -> Result<Redirect> {
    let uuid = parse_id(id)?;
    store.write(|tx| Post::for_edit(tx, user, &uuid, now())?.restore(tx)).await?;
    notices.say("The post is back, as it was.");
    Ok(Redirect::to(uri!(super::edit(id))))
}

#[post("/posts/<id>/remove")]
async fn remove(
    id: &str,
    user: &User,
    store: &State<Store>,
    notices: Notices<'_>,
) -> Result<Redirect> {
    let uuid = parse_id(id)?;
    store.write(|tx| Post::for_edit(tx, user, &uuid, now())?.remove(tx, now())).await?;
    notices.say("The post and its history are removed for good.");
    Ok(Redirect::to(TRASH))
}

#[post("/admin/trash/empty")]
async fn empty(user: &User, store: &State<Store>, notices: Notices<'_>) -> Result<Redirect> {
    let removed = store.write(|tx| Post::empty_trash(tx, user, now())).await?;
    notices.say(match removed {
        1 => "One post is removed for good.".to_owned(),
        n => format!("{n} posts are removed for good."),
    });
    Ok(Redirect::to(TRASH))
}

/// Where posts go, and come back from.
pub fn routes() -> Vec<Route> {
    routes![delete, restore, remove, empty]
}
