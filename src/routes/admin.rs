//! The dashboard: what there is to go on with.

use crate::blog::post::{Page, Shelf};
use crate::blog::{Error, Post, User, Word};
use crate::web::{Result, Store, View, now};
use rocket::serde::json::json;
use rocket::{Route, State, get, routes};
use rocket_dyn_templates::Template;

/// How many posts a shelf shows at once.
const SIZE: u32 = 50;

#[get("/admin?<show>&<page>")]
async fn index(
    show: Option<&str>,
    page: Option<Page>,
    user: &User,
    store: &State<Store>,
    view: View<'_>,
) -> Result<Template> {
    let (shelf, now) = (show.and_then(Shelf::from_word), now());
    let (list, shelf, counts) = store
        .read(|conn| {
            let counts = Shelf::ALL.iter().map(|(shelf, word)| {
                Ok(json!({ "name": word, "count": Post::count(conn, user, *shelf, now)? }))
            });
            let counts = counts.collect::<Result<Vec<_>, Error>>()?;
            let shelf = shelf.unwrap_or(Shelf::Published);
            let list = Post::shelf(conn, user, shelf, page.unwrap_or(Page::FIRST), SIZE, now)?;
            Ok::<_, Error>((list, shelf, counts))
        })
        .await?;
    let content = json!({ "list": list, "shelf": shelf.word(), "shelves": counts });
    Ok(view.page("admin/index.html", content))
}

/// Where authors begin.
pub fn routes() -> Vec<Route> {
    routes![index]
}
