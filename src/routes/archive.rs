//! All the posts, by year and month.

use crate::blog::post::{List, Page};
use crate::blog::{Error, Post, archive};
use crate::web::{Meta, Public, Result, Store, View, Visit, now};
use rocket::serde::json::json;
use rocket::{Route, State, get, routes};
use rocket_dyn_templates::Template;

/// How many posts a page of the archive lists; they are only titles.
const SIZE: u32 = 100;

#[get("/archive")]
async fn index(store: &State<Store>, view: View<'_>, visit: &Visit) -> Result<Public<Template>> {
    let zone = visit.site.timezone;
    let years = store.read(|conn| archive::archive(conn, zone, now())).await?;
    let meta = Meta::list(&visit.site.title, "/archive", Page::FIRST);
    Ok(Public(view.page("archive/index.html", json!({ "years": years, "meta": meta }))))
}

#[get("/archive/<year>?<page>")]
async fn year(
    year: i32,
    page: Option<Page>,
    store: &State<Store>,
    view: View<'_>,
) -> Result<Public<Template>> {
    show(Period { year, month: None }, page, store, &view).await
}

#[get("/archive/<year>/<month>?<page>")]
async fn month(
    year: i32,
    month: u32,
    page: Option<Page>,
    store: &State<Store>,
    view: View<'_>,
) -> Result<Public<Template>> {
    show(Period { year, month: Some(month) }, page, store, &view).await
}

/// A year, or a month of it.
struct Period {
    year: i32,
    month: Option<u32>,
}

async fn show(
    Period { year, month }: Period,
    page: Option<Page>,
    store: &Store,
    view: &View<'_>,
) -> Result<Public<Template>> {
    let period = archive::period(year, month, view.visit().site.timezone).ok_or(Error::NotFound)?;
    let (start, page) = (period.start, page.unwrap_or(Page::FIRST));
    let list: List = store.read(|conn| Post::of_period(conn, period, page, SIZE, now())).await?;
    if list.cards.is_empty() {
        return Err(Error::NotFound.into());
    }
    let path = match month {
        None => format!("/archive/{year}"),
        Some(month) => format!("/archive/{year}/{month}"),
    };
    let content = json!({ "year": year, "month": month, "start": start, "list": list,
        "period_path": path, "meta": Meta::list(&view.visit().site.title, &path, page) });
    Ok(Public(view.page("archive/show.html", content)))
}

/// Where the archive is read.
pub fn routes() -> Vec<Route> {
    routes![index, year, month]
}
