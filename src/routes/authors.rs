//! Authors, and their posts.

use crate::blog::post::Page;
use crate::blog::{Error, Post, User};
use crate::web::{Meta, Public, Result, Store, View, Visit, encoded, now};
use rocket::response::Redirect;
use rocket::serde::json::json;
use rocket::{Either, Route, State, get, routes};
use rocket_dyn_templates::Template;

#[get("/authors/<name>?<page>")]
async fn show(
    name: &str,
    page: Option<Page>,
    store: &State<Store>,
    view: View<'_>,
    visit: &Visit,
) -> Result<Either<Public<Template>, Public<Redirect>>> {
    let (page, size) = (page.unwrap_or(Page::FIRST), visit.site.posts_per_page);
    let (author, list) = store
        .read(|conn| {
            let author = User::named(conn, name)?;
            Post::authored(conn, &author, page, size, now()).map(|list| (author, list))
        })
        .await?;
    // Of an account that has published nothing, nobody learns that it exists.
    if list.cards.is_empty() {
        return Err(Error::NotFound.into());
    }
    if author.name != name {
        return Ok(Either::Right(Public(Redirect::moved(encoded(&format!(
            "/authors/{}",
            author.name
        ))))));
    }
    let meta = Meta::list(&author.name, &format!("/authors/{}", author.name), page);
    let content = json!({ "author": author.name, "list": list, "meta": meta,
        "is_first": list.newer.is_none() });
    Ok(Either::Left(Public(view.page("authors/show.html", content))))
}

/// Where authors are read.
pub fn routes() -> Vec<Route> {
    routes![show]
}
