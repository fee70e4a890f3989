//! The dashboard: what there is to go on with.

use crate::blog::backup::Overview;
use crate::blog::post::{Page, Search, Shelf};
use crate::blog::{Error, Post, Role, User, Word};
use crate::web::{Result, Store, View, now};
use rocket::serde::json::json;
use rocket::{Route, State, get, routes, uri};
use rocket_dyn_templates::Template;

/// How many posts a shelf shows at once.
const SIZE: u32 = 50;
/// How many matters of a kind are named.
const MATTERS: u32 = 10;

#[get("/admin?<show>&<page>&<q>&<by>")]
async fn index(
    show: Option<&str>,
    page: Option<Page>,
    q: Option<&str>,
    by: Option<&str>,
    user: &User,
    store: &State<Store>,
    view: View<'_>,
) -> Result<Template> {
    let (now, page) = (now(), page.unwrap_or(Page::FIRST));
    let shelf = show.and_then(Shelf::from_word).unwrap_or(Shelf::Published);
    let search = Search { shelf, only_own: by == Some("me"), words: q.unwrap_or_default() };
    let (list, counts, matters, backups) = store
        .read(|conn| {
            let counts = Shelf::ALL.iter().map(|(shelf, word)| {
                let search = Search { shelf: *shelf, ..search };
                let count = Post::count(conn, user, &search, now)?;
                Ok(json!({ "name": word, "count": count, "address": address(&search) }))
            });
            let counts = counts.collect::<Result<Vec<_>, Error>>()?;
            let list = Post::sought(conn, user, &search, page, SIZE, now)?;
            let matters = Post::matters(conn, user, MATTERS, now)?;
            let owns = user.role == Role::Owner;
            let backups = owns.then(|| Overview::of(conn, store.db().path(), now)).transpose()?;
            Ok::<_, Error>((list, counts, matters, backups))
        })
        .await?;
    let content = json!({
        "list": list, "shelf": shelf.word(), "shelves": counts, "matters": matters,
        "backups": backups, "damage": store.db().damage(), "q": search.words, "only_own": search.only_own, "base": format!("{}&", address(&search)),
    });
    Ok(view.page("admin/index.html", content))
}

fn address(search: &Search<'_>) -> String {
    let words = Some(search.words).filter(|words| !words.is_empty());
    let by = search.only_own.then_some("me");
    uri!(index(Some(search.shelf.word()), None::<Page>, words, by)).to_string()
}

/// Where authors begin.
pub fn routes() -> Vec<Route> {
    routes![index]
}
