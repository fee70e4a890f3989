//! How a text will look.

use crate::blog::User;
use crate::text::markdown;
use crate::web::View;
use rocket::form::{Form, FromForm};
use rocket::http::Status;
use rocket::serde::json::json;
use rocket::tokio::task::block_in_place;
use rocket::{Route, post, routes};
use rocket_dyn_templates::Template;

#[derive(FromForm)]
struct Text {
    #[field(default = String::new())]
    title: String,
    #[field(default = String::new())]
    content: String,
}

/// A whole page, for a window of its own; the editor's script takes the article out of it.
#[post("/posts/preview", data = "<text>")]
fn preview(_user: &User, text: Form<Text>, view: View<'_>) -> (Status, Template) {
    let title = text.title.trim();
    // Rendering may take a while; others need not wait for it.
    match block_in_place(|| markdown::render(&text.content)) {
        Ok(rendered) => {
            let content = json!({ "title": title, "html": rendered.html });
            (Status::Ok, view.page("posts/preview.html", content))
        }
        Err(reason) => {
            let content = json!({ "title": title, "problem": reason.to_string() });
            (Status::UnprocessableEntity, view.page("posts/preview.html", content))
        }
    }
}

/// Where a text is looked at before anybody else sees it.
pub fn routes() -> Vec<Route> {
    routes![preview]
}
