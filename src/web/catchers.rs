//! What a visitor is told when something goes wrong.

use super::short::TooLong;
use super::{Format, Store, View, Visit, languages, now};
use crate::blog::post::Neighbour;
use crate::blog::search;
use rocket::data::Limits;
use rocket::http::{Header, Method, Status};
use rocket::response::{Redirect, Responder};
use rocket::serde::json::{Json, Value, json};
use rocket::{Catcher, Request, Route, catch, catchers};
use rocket_dyn_templates::Template;
use serde::Serialize;

/// A mishap, told in the form that was asked for.
#[derive(Responder)]
enum Told {
    Page((Status, Hinted<Template>)),
    Data((Status, Hinted<Json<Value>>)),
    SignIn(Redirect),
}

/// An answer with the header that its status calls for.
struct Hinted<R>(R, Option<Header<'static>>);

#[catch(401)]
async fn sign_in_first(request: &Request<'_>) -> Told {
    if Format::of(request) == Format::Data {
        return explain(Status::Unauthorized, request).await;
    }
    // Only a page can be come back to.
    let next = match request.method() {
        Method::Get => request.uri().to_string(),
        _ => back_to(request).to_owned(),
    };
    let query = next.replace('%', "%25").replace('&', "%26").replace('+', "%2B");
    Told::SignIn(Redirect::to(format!("/auth/login?next={query}")))
}

#[catch(default)]
async fn explain(status: Status, request: &Request<'_>) -> Told {
    let status = if is_cut_off(status, request) { Status::BadRequest } else { status };
    let unknown = status == Status::NotFound && request.route().is_none_or(takes_everything);
    let allowed = if unknown { other_methods(request) } else { Vec::new() };
    let status = if allowed.is_empty() { status } else { Status::MethodNotAllowed };
    let hint = hint(status, &allowed);
    if Format::of(request) == Format::Data {
        let reason = languages::in_english(&format!("error-{}", kind(status)));
        return Told::Data((status, Hinted(Json(json!({ "error": reason })), hint)));
    }
    let nobody = Visit::default();
    let visit = Visit::of(request).await.unwrap_or(&nobody);
    let nearest = nearest(status, request).await;
    let content = json!(Mishap { code: status.code, kind: kind(status), nearest });
    Told::Page((status, Hinted(View::bare(request, visit).page("errors/show.html", content), hint)))
}

/// Rocket calls a form with files that has no end one that is too long.
fn is_cut_off(status: Status, request: &Request<'_>) -> bool {
    let is_form = request.content_type().is_some_and(|kind| kind.is_form_data());
    let length = request.headers().get_one("Content-Length").and_then(|length| length.parse().ok());
    let limit = request.limits().get("data-form").unwrap_or(Limits::DATA_FORM);
    let fits = length.is_some_and(|length: u64| length <= limit);
    let is_refused = request.local_cache(|| TooLong(false)).0;
    status == Status::PayloadTooLarge && is_form && fits && !is_refused
}

#[derive(Serialize)]
struct Mishap {
    code: u16,
    /// Which words fit.
    kind: u16,
    /// Posts that may have been meant.
    nearest: Vec<Neighbour>,
}

/// The posts whose addresses are most like one that leads nowhere.
async fn nearest(status: Status, request: &Request<'_>) -> Vec<Neighbour> {
    let store: &Store = request.rocket().state().expect("the store is managed");
    let path = request.uri().path();
    match (status, path.segments().last()) {
        (Status::NotFound, Some(wanted)) => {
            // Help that fails is none; the page is there all the same.
            store.read(|conn| search::nearest(conn, wanted, now())).await.unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

/// The status whose words fit: its own, or those of all its kind.
fn kind(status: Status) -> u16 {
    match status.code {
        known @ (401 | 403 | 404 | 405 | 409 | 410 | 413 | 414 | 422 | 429 | 503) => known,
        400..500 => 400,
        _ => 500,
    }
}

fn hint(status: Status, allowed: &[Method]) -> Option<Header<'static>> {
    let methods: Vec<_> = allowed.iter().map(|method| method.as_str()).collect();
    match status.code {
        405 => Some(Header::new("Allow", methods.join(", "))),
        429 => Some(Header::new("Retry-After", "60")),
        503 => Some(Header::new("Retry-After", "10")),
        _ => None,
    }
}

impl<'r, 'o: 'r, R: Responder<'r, 'o>> Responder<'r, 'o> for Hinted<R> {
    fn respond_to(self, request: &'r Request<'_>) -> rocket::response::Result<'o> {
        let mut response = self.0.respond_to(request)?;
        self.1.map(|header| response.set_header(header));
        Ok(response)
    }
}

/// Whether a route takes every address that no other does; it does not speak for any of them.
fn takes_everything(route: &Route) -> bool {
    let mut parts = route.uri.path().split('/').filter(|part| !part.is_empty());
    parts.next().is_some_and(|part| part.ends_with("..>"))
}

/// The methods that would have found something at this address.
fn other_methods(request: &Request<'_>) -> Vec<Method> {
    let segments: Vec<_> = request.uri().path().segments().collect();
    let fits = |route: &&Route| {
        let pattern: Vec<_> = route.uri.path().split('/').filter(|part| !part.is_empty()).collect();
        let open_ended = pattern.last().is_some_and(|part| part.ends_with("..>"));
        let same_length = pattern.len() == segments.len();
        (same_length || (open_ended && segments.len() >= pattern.len()))
            && pattern
                .iter()
                .zip(&segments)
                .all(|(part, segment)| part.starts_with('<') || part == segment)
    };
    let others = request.rocket().routes().filter(|route| route.method != request.method());
    let fitting = others.filter(|route| !takes_everything(route)).filter(fits);
    let mut methods: Vec<_> = fitting.map(|route| route.method).collect();
    methods.sort_by_key(|method| method.as_str());
    methods.dedup();
    methods
}

/// A page to come back to after an action that a stranger tried: the one whose form asks for it.
fn back_to<'r>(request: &'r Request<'_>) -> &'r str {
    let path = request.uri().path().as_str();
    // `/admin/backups/nightly` is no page, although `/admin/backups/<name>` is one.
    let is_page = |asked: &Route| {
        let same =
            |route: &Route| route.method == Method::Get && route.uri.path() == asked.uri.path();
        request.rocket().routes().any(same)
    };
    match path {
        "/posts" => "/posts/new",
        path if request.route().is_some_and(is_page) => path,
        _ => "/admin",
    }
}

/// Every way of telling a visitor that something went wrong.
pub fn catchers() -> Vec<Catcher> {
    catchers![sign_in_first, explain]
}
