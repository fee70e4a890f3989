//! The front page as it would be with settings that are not saved yet.

use super::{Entered, checked, page};
use crate::blog::post::Page;
use crate::blog::{Site, User};
use crate::routes::posts;
use crate::web::{Owner, Reply, Result, Store, View};
use rocket::form::Form;
use rocket::http::ContentType;
use rocket::{Route, State, get, post, routes};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The style sheet that each owner looked at last, by their names: a page can have none inside itself.
#[derive(Default)]
pub struct Previews(Mutex<HashMap<String, String>>);

impl Previews {
    fn keep(&self, owner: &User, style_sheet: &str) {
        self.sheets().insert(owner.name.clone(), style_sheet.to_owned());
    }

    fn of(&self, owner: &User) -> String {
        self.sheets().get(&owner.name).cloned().unwrap_or_default()
    }

    fn sheets(&self) -> MutexGuard<'_, HashMap<String, String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[post("/admin/settings/preview", data = "<form>")]
async fn preview(
    owner: Owner<'_>,
    form: Form<Entered>,
    previews: &State<Previews>,
    store: &State<Store>,
    view: View<'_>,
) -> Result<Reply> {
    let (values, problems) = checked(&form);
    if !problems.is_empty() {
        return Ok(Reply::invalid(page(&form, &problems, store, &view).await?));
    }
    let site = store.read(|conn| Site::with(conn, &values)).await?;
    previews.keep(owner.0, &site.style_sheet);
    let view = view.dressed(&site, "/admin/settings/preview.css");
    posts::list(Page::FIRST, store, &view).await.map(Reply::Page)
}

#[get("/admin/settings/preview.css")]
fn style_sheet(owner: Owner<'_>, previews: &State<Previews>) -> (ContentType, String) {
    (ContentType::CSS, previews.of(owner.0))
}

/// Where settings are tried.
pub fn routes() -> Vec<Route> {
    routes![preview, style_sheet]
}
