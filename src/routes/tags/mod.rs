//! Tags, and the posts that have them.

mod edit;

use crate::blog::post::Page;
use crate::blog::{Error, KnownTag, Post};
use crate::text::Slug;
use crate::web::{Meta, Public, Result, Store, View, Visit, encoded, now};
use rocket::response::Redirect;
use rocket::serde::json::json;
use rocket::{Either, Route, State, get, routes};
use rocket_dyn_templates::Template;

#[get("/tags")]
async fn index(store: &State<Store>, view: View<'_>) -> Result<Public<Template>> {
    let tags = store.read(|conn| KnownTag::listed(conn, now())).await?;
    Ok(Public(view.page(
        "tags/index.html",
        json!({ "tags": tags, "meta": Meta::list("Tags", "/tags", Page::FIRST) }),
    )))
}

#[get("/tags/<slug>?<page>")]
async fn show(
    slug: &str,
    page: Option<Page>,
    store: &State<Store>,
    view: View<'_>,
    visit: &Visit,
) -> Result<Either<Public<Template>, Public<Redirect>>> {
    let name = Slug::parse(slug).ok_or(Error::NotFound)?;
    let (page, size) = (page.unwrap_or(Page::FIRST), visit.site.posts_per_page);
    let (tag, list) = store
        .read(|conn| {
            let tag = KnownTag::at(conn, &name)?;
            Post::tagged(conn, &tag, page, size, now()).map(|list| (tag, list))
        })
        .await?;
    // Of a tag that only drafts have, nobody learns that it exists.
    if list.cards.is_empty() {
        return Err(Error::NotFound.into());
    }
    if tag.slug != slug {
        return Ok(Either::Right(Public(Redirect::moved(encoded(&format!("/tags/{}", tag.slug))))));
    }
    let meta = Meta::list(&tag.name, &format!("/tags/{}", tag.slug), page);
    let content =
        json!({ "tag": tag, "list": list, "is_first": list.newer.is_none(), "meta": meta });
    Ok(Either::Left(Public(view.page("tags/show.html", content))))
}

/// Where tags are read and put in order.
pub fn routes() -> Vec<Route> {
    [routes![index, show], edit::routes()].concat()
}
