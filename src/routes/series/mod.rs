//! Series, and their parts.

mod edit;

use crate::blog::post::Page;
use crate::blog::{Error, Series};
use crate::text::Slug;
use crate::web::{Meta, Public, Result, Store, View, encoded, now};
use rocket::response::Redirect;
use rocket::serde::json::json;
use rocket::{Either, Route, State, get, routes};
use rocket_dyn_templates::Template;

#[get("/series/<slug>")]
async fn show(
    slug: &str,
    store: &State<Store>,
    view: View<'_>,
) -> Result<Either<Public<Template>, Public<Redirect>>> {
    let name = Slug::parse(slug).ok_or(Error::NotFound)?;
    let (series, parts) = store
        .read(|conn| {
            let series = Series::at(conn, &name)?;
            series.parts(conn, now()).map(|parts| (series, parts))
        })
        .await?;
    // Of a series that is all drafts, nobody learns that it exists.
    if parts.is_empty() {
        return Err(Error::NotFound.into());
    }
    if series.slug != slug {
        return Ok(Either::Right(Public(Redirect::moved(encoded(&format!(
            "/series/{}",
            series.slug
        ))))));
    }
    let content = json!({ "series": series, "parts": parts,
        "meta": Meta::list(&series.name, &format!("/series/{}", series.slug), Page::FIRST) });
    Ok(Either::Left(Public(view.page("series/show.html", content))))
}

/// Where series are read and put in order.
pub fn routes() -> Vec<Route> {
    [routes![show], edit::routes()].concat()
}
