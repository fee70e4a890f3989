//! The site as a whole: its own style sheet, what monitors ask for.

use crate::blog::{Error, User};
use crate::web::{Public, Store, Visit};
use rocket::http::{ContentType, Status};
use rocket::{Route, State, get, routes};

#[get("/custom.css")]
fn custom_css(visit: &Visit) -> Public<(ContentType, String)> {
    Public((ContentType::CSS, visit.site.style_sheet.clone()))
}

/// Whether the blog is well: whether its database answers and is whole.
#[get("/healthz")]
async fn health(store: &State<Store>) -> Result<&'static str, (Status, &'static str)> {
    if store.db().damage().is_some() {
        return Err((Status::ServiceUnavailable, "the database is damaged; the log says more"));
    }
    match store.read(User::any).await {
        Ok(_) => Ok("ok"),
        Err(Error::Storage(cause)) => {
            log::error!("the database does not answer: {cause}");
            Err((Status::ServiceUnavailable, "the database does not answer"))
        }
        Err(_) => Err((Status::ServiceUnavailable, "the database gives no sense")),
    }
}

/// Where the site presents itself.
pub fn routes() -> Vec<Route> {
    routes![custom_css, health]
}
