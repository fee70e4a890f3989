//! How a text will look.

use crate::blog::post::Manuscript;
use crate::blog::{Media, User};
use crate::text::markdown::{self, Outline};
use crate::web::{Result, Store, View, now};
use rocket::form::{Form, FromForm};
use rocket::http::Status;
use rocket::serde::json::json;
use rocket::tokio::task::block_in_place;
use rocket::{Route, State, post, routes};
use rocket_dyn_templates::Template;

#[derive(FromForm)]
struct Text {
    #[field(default = String::new())]
    title: String,
    #[field(default = String::new())]
    content: String,
    #[field(default = String::new())]
    summary: String,
}

/// A whole page, for a window of its own; the editor's script takes the article out of it.
#[post("/posts/preview", data = "<text>")]
async fn preview(
    user: &User,
    text: Form<Text>,
    store: &State<Store>,
    view: View<'_>,
) -> Result<(Status, Template)> {
    let title = text.title.trim();
    let manuscript =
        Manuscript { summary: text.summary.clone(), ..Manuscript::new(title, &text.content) };
    let outline = block_in_place(|| Outline::of(&manuscript.content));
    let (pictures, findings) = store
        .read(|conn| {
            let findings = manuscript.findings(conn, user, &outline, now())?;
            Media::pictures(conn, &manuscript.content).map(|pictures| (pictures, findings))
        })
        .await?;
    // Rendering may take a while; others need not wait for it.
    Ok(match block_in_place(|| markdown::render(&manuscript.content, &pictures)) {
        Ok(rendered) => {
            let content = json!({ "title": title, "html": rendered.html, "findings": findings });
            (Status::Ok, view.page("posts/preview.html", content))
        }
        Err(reason) => {
            let content = json!({ "title": title, "problem": reason.to_string() });
            (Status::UnprocessableEntity, view.page("posts/preview.html", content))
        }
    })
}

/// Where a text is looked at before anybody else sees it.
pub fn routes() -> Vec<Route> {
    routes![preview]
}
