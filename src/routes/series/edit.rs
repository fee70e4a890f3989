//! Series put in order, for editors and owners.

use crate::blog::series::Step;
use crate::blog::{Error, Problem, Series, Word};
use crate::text::Slug;
use crate::web::{Editor, Notices, Problems, Reply, Result, Store, View, encoded, now};
use rocket::form::{Form, FromForm};
use rocket::response::Redirect;
use rocket::serde::json::json;
use rocket::{Route, State, get, post, routes};
use rocket_dyn_templates::Template;
use rusqlite::Connection;

const INDEX: &str = "/admin/series";

#[derive(FromForm)]
struct NameForm<'r> {
    #[field(default = "")]
    name: &'r str,
}

#[derive(FromForm)]
struct MoveForm<'r> {
    #[field(default = "")]
    post: &'r str,
    #[field(default = "")]
    step: &'r str,
}

#[get("/admin/series")]
async fn index(_editor: Editor<'_>, store: &State<Store>, view: View<'_>) -> Result<Template> {
    let all = store.read(Series::with_counts).await?;
    Ok(view.page("series/list.html", json!({ "all": all })))
}

#[get("/admin/series/<slug>")]
async fn edit(
    slug: &str,
    _editor: Editor<'_>,
    store: &State<Store>,
    view: View<'_>,
) -> Result<Template> {
    page(slug, None, &Problems::default(), store, &view).await
}

#[post("/admin/series/<slug>/rename", data = "<form>")]
async fn rename(
    slug: &str,
    form: Form<NameForm<'_>>,
    _editor: Editor<'_>,
    store: &State<Store>,
    view: View<'_>,
    notices: Notices<'_>,
) -> Result<Reply> {
    match store.write(|tx| known(tx, slug)?.rename(tx, form.name)).await {
        Ok(series) => {
            notices.say(format!("The series is called “{}” now.", series.name));
            Ok(Reply::Done(back_to(&series.slug)))
        }
        Err(Error::Invalid(problem)) => {
            let page = page(slug, Some(form.name), &problem.into(), store, &view).await?;
            Ok(Reply::invalid(page))
        }
        Err(error) => Err(error.into()),
    }
}

#[post("/admin/series/<slug>/move", data = "<form>")]
async fn shift(
    slug: &str,
    form: Form<MoveForm<'_>>,
    _editor: Editor<'_>,
    store: &State<Store>,
) -> Result<Redirect> {
    let problem = || Problem::new("step", format!("Please choose {}.", Step::words()));
    let step = Step::from_word(form.step).ok_or_else(|| Error::from(problem()))?;
    store.write(|tx| known(tx, slug)?.shift(tx, form.post, step, now())).await?;
    Ok(back_to(slug))
}

#[post("/admin/series/<slug>/delete")]
async fn delete(
    slug: &str,
    _editor: Editor<'_>,
    store: &State<Store>,
    notices: Notices<'_>,
) -> Result<Redirect> {
    store.write(|tx| known(tx, slug)?.delete(tx)).await?;
    notices.say("The series is gone. Its posts stay.");
    Ok(Redirect::to(INDEX))
}

/// The series that has this slug now; one that had it before is not meant.
fn known(conn: &Connection, slug: &str) -> Result<Series, Error> {
    let series = Series::at(conn, &Slug::parse(slug).ok_or(Error::NotFound)?)?;
    if series.slug == slug { Ok(series) } else { Err(Error::NotFound) }
}

fn back_to(slug: &str) -> Redirect {
    Redirect::to(encoded(&format!("{INDEX}/{slug}")))
}

async fn page(
    slug: &str,
    name: Option<&str>,
    problems: &Problems,
    store: &Store,
    view: &View<'_>,
) -> Result<Template> {
    let (series, members) = store
        .read(|conn| {
            let series = known(conn, slug)?;
            series.members(conn, now()).map(|members| (series, members))
        })
        .await?;
    let name = name.unwrap_or(&series.name);
    let content =
        json!({ "series": series, "members": members, "name": name, "problems": problems });
    Ok(view.page("series/edit.html", content))
}

/// Where series are put in order.
pub fn routes() -> Vec<Route> {
    routes![index, edit, rename, shift, delete]
}
