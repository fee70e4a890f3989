//! The site's settings.

mod preview;

pub use preview::Previews;

use crate::blog::site::Key;
use crate::blog::{Error, Site, Word};
use crate::web::{Notices, Owner, Problems, Reply, Result, Store, View};
use rocket::form::Form;
use rocket::response::Redirect;
use rocket::serde::json::json;
use rocket::{Route, State, get, post, routes};
use rocket_dyn_templates::Template;
use std::collections::HashMap;

/// What was entered, by the names of the settings.
type Entered = HashMap<String, String>;

#[get("/admin/settings")]
async fn show(_owner: Owner<'_>, store: &State<Store>, view: View<'_>) -> Result<Template> {
    page(&Entered::new(), &Problems::default(), store, &view).await
}

#[post("/admin/settings", data = "<form>")]
async fn update(
    _owner: Owner<'_>,
    form: Form<Entered>,
    store: &State<Store>,
    view: View<'_>,
    notices: Notices<'_>,
) -> Result<Reply> {
    let (values, mut problems) = checked(&form);
    if problems.is_empty() {
        let saved =
            store.write(|tx| values.iter().try_for_each(|(key, value)| Site::set(tx, *key, value)));
        match saved.await {
            Err(Error::Invalid(problem)) => problems.add(problem),
            other => other?,
        }
    }
    if !problems.is_empty() {
        return Ok(Reply::invalid(page(&form, &problems, store, &view).await?));
    }
    notices.say("The settings are saved.");
    Ok(Reply::Done(Redirect::to("/admin/settings")))
}

/// What was entered, in order as far as that can be said of each setting by itself.
fn checked(entered: &Entered) -> (Vec<(Key, String)>, Problems) {
    let mut problems = Problems::default();
    let known = Key::ALL.iter().filter_map(|(key, word)| Some((*key, entered.get(*word)?)));
    let values = known.filter_map(|(key, value)| {
        let value = problems.check(Site::check(key, value))?;
        Some((key, value))
    });
    (values.collect(), problems)
}

/// The form with the settings as they are, and what was `entered` in their place.
async fn page(
    entered: &Entered,
    problems: &Problems,
    store: &Store,
    view: &View<'_>,
) -> Result<Template> {
    let values = store.read(Site::values).await?.into_iter().map(|(key, value)| {
        let name = key.word();
        (name, entered.get(name).cloned().unwrap_or(value))
    });
    let kept: HashMap<_, _> = values.collect();
    let home = &view.visit().site.home;
    let lost_home = !home.is_empty() && !store.read(|conn| Site::can_be_home(conn, home)).await?;
    let content = json!({ "kept": kept, "problems": problems, "lost_home": lost_home });
    Ok(view.page("settings/show.html", content))
}

/// Where the site is set up.
pub fn routes() -> Vec<Route> {
    [routes![show, update], preview::routes()].concat()
}
