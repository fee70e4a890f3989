use rocket::http::{Header, Status};
use rocket::response::{Redirect, Responder};
use rocket::serde::json::{Json, Value, json};
use rocket_dyn_templates::Template;
use std::time::Duration;

/// What a form leads to.
#[derive(Responder)]
pub enum Reply {
    /// A page.
    Page(Template),
    /// The same page again, with what is wrong beside its field and everything typed still there.
    Again((Status, Template)),
    /// The same page again, and when to try again.
    Later((Status, Template), Header<'static>),
    /// It is done; go on there.
    Done(Redirect),
    /// The same said to a program.
    Data((Status, Json<Value>)),
}

impl Reply {
    /// 422: something is wrong with what was entered.
    pub fn invalid(page: Template) -> Reply {
        Reply::Again((Status::UnprocessableEntity, page))
    }

    /// What a program is told that could not be done.
    pub fn error(status: Status, reason: &str) -> Reply {
        Reply::Data((status, Json(json!({ "error": reason }))))
    }

    /// 429: too many tries.
    pub fn too_many(page: Template, wait: Duration) -> Reply {
        let seconds = wait.as_secs().max(1).to_string();
        Reply::Later((Status::TooManyRequests, page), Header::new("Retry-After", seconds))
    }
}
