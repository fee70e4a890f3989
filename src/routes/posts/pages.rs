//! Pages: the one at the front door, and those with an address of their own.

use super::read::{self, Address, Found};
use crate::blog::post::Kind;
use crate::blog::{Error, Post, post};
use crate::text::Slug;
use crate::web::{Public, Result, Store, View, Visit, encoded, now};
use rocket::http::uri::{Segments, fmt};
use rocket::response::Redirect;
use rocket::{Route, State, get, routes};

#[get("/?<p>&<page_id>")]
async fn home(
    p: Option<u64>,
    page_id: Option<u64>,
    store: &State<Store>,
    view: View<'_>,
    visit: &Visit,
) -> Result<Found> {
    if let Some(numbered) = numbered("", p, page_id, store, visit).await? {
        return Ok(numbered);
    }
    let slug = Slug::parse(&visit.site.home);
    let home = store.read(|conn| slug.map(|slug| Post::home(conn, &slug, now())).transpose());
    match home.await?.flatten() {
        Some(page) => read::page(&page, store, &view).await,
        None => Ok(Found::Elsewhere(Public(Redirect::to("/posts")))),
    }
}

/// A page, or an address that something had before, here or in the program it was imported from: posts by what is known
/// of them, lists and feeds by how other programs name them.
#[get("/<path..>?<p>&<page_id>", rank = 100)]
async fn show(
    path: Segments<'_, fmt::Path>,
    p: Option<u64>,
    page_id: Option<u64>,
    store: &State<Store>,
    view: View<'_>,
    visit: &Visit,
) -> Result<Found> {
    let path = path.collect::<Vec<_>>().join("/");
    if let Some(numbered) = numbered(&path, p, page_id, store, visit).await? {
        return Ok(numbered);
    }
    let found = match Address::parse(&path) {
        Some(address) => address.look_up(Kind::Page, store, &view).await,
        None => {
            let now_at = store.read(|conn| post::elsewhere(conn, &path, visit.user(), now()));
            now_at.await.map(moved).map_err(Into::into)
        }
    };
    read::or_former(found, &path, store, visit).await
}

fn moved(path: String) -> Found {
    Found::Elsewhere(Public(Redirect::moved(encoded(&path))))
}

/// Where an address leads that names a post by its number in WordPress: `/?p=123`, `/blog/?page_id=123`.
async fn numbered(
    path: &str,
    p: Option<u64>,
    page_id: Option<u64>,
    store: &Store,
    visit: &Visit,
) -> Result<Option<Found>> {
    let post = p.map(|number| format!("{path}?p={number}"));
    let Some(old) = post.or_else(|| page_id.map(|number| format!("{path}?page_id={number}")))
    else {
        return Ok(None);
    };
    match store.read(|conn| post::elsewhere(conn, &old, visit.user(), now())).await {
        Ok(path) => Ok(Some(moved(path))),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Where pages are read.
pub fn routes() -> Vec<Route> {
    routes![home, show]
}
