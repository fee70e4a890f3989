//! Posts, read and written.

mod editor;
mod form;
mod read;

use editor::{Editor, Refusal};
use form::PostForm;

use crate::blog::post::{Draft, Page, Release, Visibility};
use crate::blog::{Error, Media, Post, User, Word};
use crate::web::{Notices, Problems, Reply, Result, Store, View, Visit, Writer, now};
use rocket::form::Form;
use rocket::response::Redirect;
use rocket::{Route, State, get, post, routes, uri};
use rocket_dyn_templates::Template;
use uuid::Uuid;

#[get("/posts/new")]
fn new(_user: &User, view: View<'_>, visit: &Visit) -> Template {
    Editor::new(&view, visit, None).page(&PostForm::default(), &Problems::default())
}

#[post("/posts", data = "<form>")]
async fn create(
    writer: Writer<'_>,
    form: Form<PostForm>,
    store: &State<Store>,
    view: View<'_>,
    visit: &Visit,
    notices: Notices<'_>,
) -> Result<Reply> {
    let editor = Editor::new(&view, visit, None);
    let Writer::User(user) = writer else { return Ok(editor.refuse(&form, Refusal::SignedOut)) };
    let pictures = match store.read(|conn| Media::pictures(conn, form.content())).await {
        Ok(pictures) => pictures,
        Err(error) => return editor.refuse_for(&form, error),
    };
    let draft = match editor.read(&form, &pictures) {
        Ok(draft) => draft,
        Err(problems) => return Ok(editor.refuse(&form, Refusal::Problems(problems))),
    };
    match store.write(|tx| Post::create(tx, user, &draft, now())).await {
        Ok(uuid) => {
            notices.say(said_of(&draft));
            Ok(Reply::Done(match draft.release() {
                Release::Draft(_) => Redirect::to(uri!(edit(uuid.to_string()))),
                Release::Now | Release::At(_) => Redirect::to(uri!(read::index(None::<Page>))),
            }))
        }
        Err(error) => editor.refuse_for(&form, error),
    }
}

#[get("/posts/<id>/edit")]
async fn edit(
    id: &str,
    user: &User,
    store: &State<Store>,
    view: View<'_>,
    visit: &Visit,
) -> Result<Template> {
    let uuid = parse_id(id)?;
    let post = store.read(|conn| Post::for_edit(conn, user, &uuid, now())).await?;
    let form = PostForm::of(&post, visit.site.timezone);
    Ok(Editor::new(&view, visit, Some(&post)).page(&form, &Problems::default()))
}

#[post("/posts/<id>/edit", data = "<form>")]
async fn update(
    id: &str,
    writer: Writer<'_>,
    form: Form<PostForm>,
    store: &State<Store>,
    view: View<'_>,
    visit: &Visit,
    notices: Notices<'_>,
) -> Result<Reply> {
    let uuid = parse_id(id)?;
    let unseen = || Editor::new(&view, visit, None);
    let Writer::User(user) = writer else {
        return Ok(unseen().saving_to(id).refuse(&form, Refusal::SignedOut));
    };
    let post = match store.read(|conn| Post::for_edit(conn, user, &uuid, now())).await {
        Err(Error::NotFound) => return Ok(unseen().refuse(&form, Refusal::Missing)),
        Err(Error::Forbidden) => return Ok(unseen().refuse(&form, Refusal::NotTheirs)),
        found => found?,
    };
    let editor = Editor::new(&view, visit, Some(&post));
    let pictures = match store.read(|conn| Media::pictures(conn, form.content())).await {
        Ok(pictures) => pictures,
        Err(error) => return editor.refuse_for(&form, error),
    };
    let draft = match editor.read(&form, &pictures) {
        Ok(draft) => draft,
        Err(problems) => return Ok(editor.refuse(&form, Refusal::Problems(problems))),
    };
    let saved =
        store.write(|tx| Post::update(tx, user, &uuid, form.base_version(), &draft, now())).await;
    match saved {
        Ok(slug) => {
            notices.say(said_of(&draft));
            Ok(Reply::Done(match draft.release() {
                Release::Draft(_) => Redirect::to(uri!(edit(id))),
                Release::Now | Release::At(_) => Redirect::to(uri!(read::show(&slug))),
            }))
        }
        Err(Error::Gone) => Ok(editor.refuse(&form, Refusal::Trashed)),
        Err(Error::Conflict) => {
            let theirs = store.read(|conn| Post::for_edit(conn, user, &uuid, now())).await?;
            Ok(Editor::new(&view, visit, Some(&theirs)).refuse(&form, Refusal::Conflict))
        }
        Err(error) => editor.refuse_for(&form, error),
    }
}

#[post("/posts/<id>/delete")]
async fn delete(
    id: &str,
    user: &User,
    store: &State<Store>,
    notices: Notices<'_>,
) -> Result<Redirect> {
    let uuid = parse_id(id)?;
    store.write(|tx| Post::delete(tx, user, &uuid, now())).await?;
    notices.say("The post is in the trash. It stays there for 30 days.");
    Ok(Redirect::to("/admin?show=trash"))
}

#[post("/posts/<id>/restore")]
async fn restore(
    id: &str,
    user: &User,
    store: &State<Store>,
    notices: Notices<'_>,
) -> Result<Redirect> {
    let uuid = parse_id(id)?;
    store.write(|tx| Post::restore(tx, user, &uuid, now())).await?;
    notices.say("The post is back, as it was.");
    Ok(Redirect::to(uri!(edit(id))))
}

fn parse_id(id: &str) -> Result<Uuid> {
    Ok(Uuid::try_parse(id).map_err(|_| Error::NotFound)?)
}

fn said_of(draft: &Draft) -> String {
    match (draft.release(), draft.visibility()) {
        (Release::Draft(_), _) => "Your draft is saved.".to_owned(),
        (Release::At(at), _) if at > now() => {
            "Your post is saved and comes out at the time you chose.".to_owned()
        }
        (_, Visibility::Public) => "Your post is out.".to_owned(),
        (_, other) => format!("Your post is saved. It is {}.", other.word()),
    }
}

/// Where posts are read and written.
pub fn routes() -> Vec<Route> {
    [read::routes(), routes![new, create, edit, update, delete, restore]].concat()
}
