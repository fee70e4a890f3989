//! Posts, read and written.

mod changes;
mod conflict;
mod editor;
mod form;
mod history;
mod pages;
mod place;
mod preview;
mod read;
mod refusal;
mod save;
mod share;
mod trash;

pub use read::list;

use editor::{Desk, Editor};
use form::PostForm;
use refusal::Refusal;
use save::Submission;

use crate::blog::post::{Kept, Kind, Page, Visibility, Wish};
use crate::blog::{Error, User, Word};
use crate::web::{Notices, Reply, Result, Store, View, Writer, encoded, now};
use rocket::form::Form;
use rocket::http::Status;
use rocket::response::Redirect;
use rocket::serde::json::{Json, json};
use rocket::{Route, State, get, post, routes, uri};
use rocket_dyn_templates::Template;
use uuid::Uuid;

#[get("/posts/new")]
async fn new(_user: &User, store: &State<Store>, view: View<'_>) -> Result<Template> {
    let desk = store.read(Desk::empty).await?;
    Ok(Editor { view: &view, desk: &desk }.open())
}

#[post("/posts", data = "<form>")]
async fn create(
    writer: Writer<'_>,
    form: Form<PostForm>,
    store: &State<Store>,
    view: View<'_>,
    notices: Notices<'_>,
) -> Result<Reply> {
    let Writer::User(user) = writer else {
        return Ok(Refusal::SignedOut.reply(&view, &Desk::default(), &form));
    };
    let form = form.into_inner().published_by_default();
    let (id, desk) = desk_for(store, user, form.name()).await?;
    let submission = Submission { form: &form, user, store, view: &view, desk: &desk, id };
    let done = submission.submit(|saved, wish| {
        notices.say(said_of(wish, form.schedules()));
        Reply::Done(match wish {
            Wish::Publish(draft) if draft.kind() == Kind::Page => {
                Redirect::to(encoded(&saved.path))
            }
            Wish::Publish(_) => Redirect::to(uri!(read::index(None::<Page>))),
            Wish::Keep(_) | Wish::Withdraw(_) => Redirect::to(uri!(edit(id.to_string()))),
        })
    });
    done.await
}

#[get("/posts/<id>/edit")]
async fn edit(id: &str, user: &User, store: &State<Store>, view: View<'_>) -> Result<Template> {
    let uuid = parse_id(id)?;
    let desk = store.read(|conn| Desk::with(conn, user, &uuid)).await?;
    Ok(Editor { view: &view, desk: &desk }.open())
}

#[post("/posts/<id>/edit", data = "<form>")]
async fn update(
    id: &str,
    writer: Writer<'_>,
    form: Form<PostForm>,
    store: &State<Store>,
    view: View<'_>,
    notices: Notices<'_>,
) -> Result<Reply> {
    let id = parse_id(id)?;
    let Writer::User(user) = writer else {
        return Ok(Refusal::SignedOut.reply(&view, &Desk::unseen(id), &form));
    };
    let desk = match store.read(|conn| Desk::with(conn, user, &id)).await {
        Ok(desk) => desk,
        Err(error) => return Ok(Refusal::of(error)?.reply(&view, &Desk::default(), &form)),
    };
    let submission = Submission { form: &form, user, store, view: &view, desk: &desk, id };
    let done = submission.submit(|saved, wish| {
        notices.say(said_of(wish, form.schedules()));
        Reply::Done(match wish {
            Wish::Publish(_) => Redirect::to(encoded(&saved.path)),
            Wish::Keep(_) | Wish::Withdraw(_) => Redirect::to(uri!(edit(id.to_string()))),
        })
    });
    done.await
}

/// Keeps a text out of readers' sight, as the editor does every few seconds.
#[post("/posts/<id>/working-copy", data = "<form>")]
async fn keep(
    id: &str,
    writer: Writer<'_>,
    form: Form<PostForm>,
    store: &State<Store>,
    view: View<'_>,
    notices: Notices<'_>,
) -> Result<Reply> {
    let id = parse_id(id)?;
    let Writer::User(user) = writer else {
        return Ok(Refusal::SignedOut.reply(&view, &Desk::unseen(id), &form));
    };
    let desk = match store.read(|conn| Desk::with(conn, user, &id)).await {
        Err(Error::NotFound) if form.is_new() => store.read(Desk::empty).await?,
        Err(error) => return Ok(Refusal::of(error)?.reply(&view, &Desk::default(), &form)),
        Ok(desk) => desk,
    };
    let submission = Submission { form: &form, user, store, view: &view, desk: &desk, id };
    let done = submission.keep(|kept| match kept {
        Kept::Working(number) | Kept::Aside(number) if view.wants_data() => Reply::Data((
            Status::Ok,
            Json(
                json!({ "version": number, "saved_at": now(), "edit": uri!(edit(id.to_string())) }),
            ),
        )),
        _ => {
            notices.say("Your text is saved. Readers see it once you publish it.");
            Reply::Done(Redirect::to(uri!(edit(id.to_string()))))
        }
    });
    done.await
}

/// The name of the post that a form for a new one asks for, and what is there already under that name.
async fn desk_for(store: &Store, user: &User, name: Option<Uuid>) -> Result<(Uuid, Desk)> {
    let id = name.unwrap_or_else(Uuid::new_v4);
    match store.read(|conn| Desk::with(conn, user, &id)).await {
        Ok(desk) => Ok((id, desk)),
        Err(Error::NotFound) => Ok((id, store.read(Desk::empty).await?)),
        // A name that is somebody else's is no name for this.
        Err(Error::Forbidden) => Ok((Uuid::new_v4(), store.read(Desk::empty).await?)),
        Err(error) => Err(error.into()),
    }
}

fn parse_id(id: &str) -> Result<Uuid> {
    Ok(Uuid::try_parse(id).map_err(|_| Error::NotFound)?)
}

fn said_of(wish: &Wish, was_to_wait: bool) -> String {
    let draft = match wish {
        Wish::Publish(draft) => draft,
        Wish::Keep(_) | Wish::Withdraw(_) => return "Your draft is saved.".to_owned(),
    };
    let kind = draft.kind().word();
    match (draft.release().time(), draft.visibility()) {
        (Some(at), _) if at > now() => {
            format!("Your {kind} is saved and comes out at the time you chose.")
        }
        (_, visibility) if was_to_wait => {
            let seen = match visibility {
                Visibility::Public => String::new(),
                other => format!(" It is {}.", other.word()),
            };
            format!("The time you chose has passed, so your {kind} is out at once.{seen}")
        }
        (_, Visibility::Public) => format!("Your {kind} is out."),
        (_, other) => format!("Your {kind} is saved. It is {}.", other.word()),
    }
}

/// Where posts are read and written.
pub fn routes() -> Vec<Route> {
    let writing = routes![new, create, edit, update, keep];
    let past = [conflict::routes(), history::routes(), trash::routes()].concat();
    let reading = [read::routes(), pages::routes(), share::routes()].concat();
    [reading, writing, preview::routes(), past].concat()
}
