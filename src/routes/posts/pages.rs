//! Pages: the one at the front door, and those with an address of their own.

use super::read::{self, Address, Found};
use crate::blog::post::Kind;
use crate::blog::{Error, Post, post};
use crate::text::Slug;
use crate::web::{Public, Result, Store, View, Visit, encoded, now};
use rocket::http::uri::{Origin, Segments, fmt};
use rocket::response::Redirect;
use rocket::{Route, State, get, routes};

#[get("/")]
async fn home(
    uri: &Origin<'_>,
    store: &State<Store>,
    view: View<'_>,
    visit: &Visit,
) -> Result<Found> {
    if let Some(numbered) = numbered(uri, store, visit).await? {
        return Ok(numbered);
    }
    let slug = Slug::parse(&visit.site.home);
    let home = store.read(|conn| slug.map(|slug| Post::home(conn, &slug, now())).transpose());
    match home.await?.flatten() {
        Some(page) => read::page(&page, store, &view).await,
        None => Ok(Found::Elsewhere(Public(Redirect::to("/posts")))),
    }
}

/// A page, or an address that something had before, here or in the program it was imported from.
#[get("/<path..>", rank = 100)]
async fn show(
    path: Segments<'_, fmt::Path>,
    uri: &Origin<'_>,
    store: &State<Store>,
    view: View<'_>,
    visit: &Visit,
) -> Result<Found> {
    if let Some(numbered) = numbered(uri, store, visit).await? {
        return Ok(numbered);
    }
    let path = path.collect::<Vec<_>>().join("/");
    if let Some(address) = Address::parse(&path) {
        return address.look_up(Kind::Page, store, &view).await;
    }
    let now_at = store.read(|conn| post::elsewhere(conn, &path, visit.user(), now())).await?;
    Ok(Found::Elsewhere(Public(Redirect::moved(encoded(&now_at)))))
}

/// Where an address leads that names a post by its number in the program it was imported from.
async fn numbered(uri: &Origin<'_>, store: &Store, visit: &Visit) -> Result<Option<Found>> {
    let Some(query) = uri.query() else { return Ok(None) };
    let path = uri.path();
    let path = path.percent_decode_lossy();
    let found =
        store.read(|conn| post::by_number(conn, &path, query.as_str(), visit.user(), now())).await;
    match found {
        Ok(path) => Ok(Some(Found::Elsewhere(Public(Redirect::moved(encoded(&path)))))),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Where pages are read.
pub fn routes() -> Vec<Route> {
    routes![home, show]
}
