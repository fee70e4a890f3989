//! Pictures and files: taken in, looked after, and sent to readers.

mod range;
mod send;
mod shown;
mod upload;

use send::Sent;
use upload::{Desk, Upload};

use crate::blog::media::Library;
use crate::blog::{Error, Media, User};
use crate::web::{Format, Notices, Problems, Reply, Result, Store, View, now};
use rocket::form::{Form, FromForm};
use rocket::http::Status;
use rocket::response::{Redirect, Responder};
use rocket::serde::json::{Json, Value, json};
use rocket::{Data, Either, Route, State, get, post, routes};
use rocket_dyn_templates::Template;

/// How many files the library shows at once.
const SIZE: u32 = 48;

#[derive(FromForm)]
struct AltForm<'r> {
    #[field(default = "")]
    alt: &'r str,
}

#[derive(FromForm)]
struct DeleteForm {
    #[field(default = false)]
    sure: bool,
}

/// What an upload leads to.
#[derive(Responder)]
enum Received {
    Page((Status, Template)),
    Data((Status, Json<Value>)),
}

#[get("/admin/media?<q>&<show>&<before>")]
async fn index(
    q: Option<&str>,
    show: Option<&str>,
    before: Option<i64>,
    user: &User,
    store: &State<Store>,
    view: View<'_>,
) -> Result<Template> {
    let library = Library { words: q.unwrap_or_default(), unused: show == Some("unused"), before };
    page(store, &view, user, &library, &Upload::default()).await
}

#[post("/admin/media", data = "<body>")]
async fn create(
    desk: Desk<'_>,
    body: Data<'_>,
    format: Format,
    view: View<'_>,
) -> Result<Received> {
    let upload = desk.receive(body).await;
    Ok(match format {
        Format::Page => {
            let page = page(desk.store, &view, desk.user, &Library::default(), &upload).await?;
            Received::Page((upload.status(), page))
        }
        Format::Data => Received::Data((upload.status(), Json(shown::data(&upload)))),
    })
}

#[get("/admin/media/<id>")]
async fn show(id: &str, user: &User, store: &State<Store>, view: View<'_>) -> Result<Template> {
    let media = store.read(|conn| Media::for_edit(conn, user, id)).await?;
    file_page(store, &view, user, &media, &Problems::default()).await
}

#[post("/admin/media/<id>", data = "<form>")]
async fn update(
    id: &str,
    form: Form<AltForm<'_>>,
    user: &User,
    store: &State<Store>,
    view: View<'_>,
    notices: Notices<'_>,
) -> Result<Reply> {
    let described = store.write(|tx| Media::for_edit(tx, user, id)?.describe(tx, form.alt)).await;
    if let Err(Error::Invalid(problem)) = described {
        let mut media = store.read(|conn| Media::for_edit(conn, user, id)).await?;
        media.alt = form.alt.to_owned();
        return Ok(Reply::invalid(file_page(store, &view, user, &media, &problem.into()).await?));
    }
    described?;
    notices.say("The description is saved. Posts keep the one that stands in their text.");
    Ok(Reply::Done(Redirect::to(format!("/admin/media/{id}"))))
}

#[post("/admin/media/<id>/delete", data = "<form>")]
async fn delete(
    id: &str,
    form: Form<DeleteForm>,
    user: &User,
    store: &State<Store>,
    view: View<'_>,
    notices: Notices<'_>,
) -> Result<Reply> {
    match store.write(|tx| Media::delete(tx, user, id, form.sure, now())).await {
        Err(Error::Invalid(problem)) => {
            let media = store.read(|conn| Media::for_edit(conn, user, id)).await?;
            Ok(Reply::invalid(file_page(store, &view, user, &media, &problem.into()).await?))
        }
        deleted => {
            notices.say(format!("“{}” is gone.", deleted?.name));
            Ok(Reply::Done(Redirect::to("/admin/media")))
        }
    }
}

/// The digest decides; any other name leads to the right one.
#[get("/media/<id>/<name>")]
async fn read(id: &str, name: &str, store: &State<Store>) -> Result<Either<Sent, Redirect>> {
    let media = store.read(|conn| Media::at(conn, id)).await?;
    Ok(match media.name == name {
        true => Either::Left(Sent(media)),
        false => Either::Right(Redirect::moved(media.url())),
    })
}

async fn page(
    store: &Store,
    view: &View<'_>,
    user: &User,
    library: &Library<'_>,
    upload: &Upload,
) -> Result<Template> {
    let (files, new, more) = store
        .read(|conn| {
            let listed = library.list(conn, user, SIZE)?;
            // What was just sent stands above, and once is enough.
            let is_new = |media: &&Media| upload.kept.iter().any(|new| new.digest == media.digest);
            let old = listed.files.iter().filter(|media| !is_new(media));
            let files = old
                .map(|media| shown::card(conn, media, &media.alt))
                .collect::<Result<Vec<_>, Error>>()?;
            let new =
                upload.kept.iter().map(|media| shown::card(conn, media, upload.alt_of(media)));
            Ok::<_, Error>((files, new.collect::<Result<Vec<_>, _>>()?, listed.more))
        })
        .await?;
    let refused: Vec<_> = upload
        .refused
        .iter()
        .map(|refused| json!({ "name": refused.name, "reason": refused.reason }))
        .collect();
    Ok(view.page(
        "media/index.html",
        json!({
            "files": files, "new": new, "refused": refused, "more": more, "words": library.words,
            "problems": {}, "unused": library.unused, "is_first": library.before.is_none(),
        }),
    ))
}

async fn file_page(
    store: &Store,
    view: &View<'_>,
    user: &User,
    media: &Media,
    problems: &Problems,
) -> Result<Template> {
    let content = store
        .read(|conn| {
            let narrower: Vec<_> = media.narrower(conn)?.iter().map(shown::entry).collect();
            Ok::<_, Error>(json!({
                "file": shown::card(conn, media, &media.alt)?, "narrower": narrower, "problems": problems,
                "mentions": media.mentions(conn, user, now())?, "in_settings": media.is_in_settings(conn)?,
            }))
        })
        .await?;
    Ok(view.page("media/show.html", content))
}

/// Where files are looked after, and where they are found.
pub fn routes() -> Vec<Route> {
    routes![index, create, show, update, delete, read]
}
