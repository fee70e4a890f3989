//! Moving in through the browser: a file is sent, tried on a copy, and then brought in.

mod form;
mod job;

pub use job::Imports;

use crate::blog::Problem;
use crate::transfer::Report;
use crate::web::{Notices, Owner, Problems, Result, Store, View, Workshop};
use form::{Desk, Received};
use job::{Stage, System};
use rocket::http::{Header, Status};
use rocket::response::{Redirect, Responder};
use rocket::serde::json::{Value, json};
use rocket::{Data, Route, State, get, post, routes};
use rocket_dyn_templates::Template;

/// The page, or where to go on.
#[derive(Responder)]
enum Reply {
    Still(Template),
    /// It is asked for again after a moment, which needs no script.
    Moving(Template, Header<'static>),
    Again((Status, Template)),
    Done(Redirect),
}

#[get("/admin/import")]
fn index(_owner: Owner<'_>, imports: &State<Imports>, view: View<'_>) -> Reply {
    let stage = imports.stage();
    let page = page(&stage, &Problems::default(), &view);
    match stage {
        Stage::Working { .. } => Reply::Moving(page, Header::new("Refresh", "2")),
        _ => Reply::Still(page),
    }
}

/// Takes a file and tries it.
#[post("/admin/import", data = "<body>")]
async fn create(
    desk: Desk<'_>,
    body: Data<'_>,
    workshop: &State<Workshop>,
    imports: &State<Imports>,
    view: View<'_>,
) -> Result<Reply> {
    let work = match desk.receive(body, workshop).await {
        Received::Work(work) => work,
        Received::Refused(status, problem) => {
            let page = page(&Stage::Idle, &problem.into(), &view);
            return Ok(Reply::Again((status, page)));
        }
    };
    match imports.begin(work, desk.db().clone()) {
        true => Ok(Reply::Done(Redirect::to("/admin/import"))),
        false => {
            let reason = "This file was not taken, for another is being imported or tried. Please send it when that is done.";
            let page = page(&imports.stage(), &Problem::new("file", reason).into(), &view);
            Ok(Reply::Again((Status::Conflict, page)))
        }
    }
}

/// Brings in what was tried.
#[post("/admin/import/start")]
fn start(
    _owner: Owner<'_>,
    imports: &State<Imports>,
    store: &State<Store>,
    notices: Notices<'_>,
) -> Redirect {
    if !imports.go_on(store.db().clone()) {
        notices.say("There is nothing to import. Please choose a file first.");
    }
    Redirect::to("/admin/import")
}

/// Forgets what was tried or done, so that another file can be sent.
#[post("/admin/import/forget")]
fn forget(_owner: Owner<'_>, imports: &State<Imports>, notices: Notices<'_>) -> Redirect {
    if !imports.forget() {
        notices.say("An import is under way. Please wait until it is done.");
    }
    Redirect::to("/admin/import")
}

fn page(stage: &Stage, problems: &Problems, view: &View<'_>) -> Template {
    let content = match stage {
        Stage::Idle => json!({ "stage": "idle" }),
        Stage::Working { name, is_trial, done, of } => {
            let percent = (done * 100).checked_div(*of).unwrap_or_default().min(100);
            json!({ "stage": "working", "name": name, "is_trial": is_trial, "percent": percent })
        }
        Stage::Tried { work, report } => {
            json!({ "stage": "tried", "name": work.name, "report": told(report) })
        }
        Stage::Done { name, report } => {
            json!({ "stage": "done", "name": name, "report": told(report) })
        }
        Stage::Failed { name, reason } => {
            json!({ "stage": "failed", "name": name, "reason": reason })
        }
    };
    let mut content = content;
    content["problems"] = json!(problems);
    content["systems"] = json!(System::options());
    view.page("imports/index.html", content)
}

fn told(report: &Report) -> Value {
    let counts = report.counts.iter().map(|(sort, count)| {
        json!({ "sort": sort.to_string(), "found": count.found, "became": count.to_string() })
    });
    let lists = report.lists().map(|(heading, lines)| {
        json!({ "heading": heading, "count": lines.len(), "lines": lines.iter().collect::<Vec<_>>() })
    });
    json!({
        "sentence": report.sentence(), "counts": counts.collect::<Vec<_>>(), "lists": lists.collect::<Vec<_>>(),
    })
}

/// Where others move in.
pub fn routes() -> Vec<Route> {
    routes![index, create, start, forget]
}
