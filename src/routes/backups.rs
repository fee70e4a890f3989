//! Backups, for the owner: what there is, one more now, and one to take away.

use crate::blog::backup::{self, Folder, Kept, Name, Occasion, Verdicts};
use crate::blog::site::{Backups, Key};
use crate::blog::{self, Problem, Site, Word};
use crate::text::size_in_words;
use crate::web::{
    Attachment, Entrance, Entry, Error, Notices, Owner, Problems, Reply, Result, Store, View, now,
};
use rocket::form::{Form, FromForm};
use rocket::http::Status;
use rocket::response::Redirect;
use rocket::serde::json::{Value, json};
use rocket::tokio::fs::File;
use rocket::tokio::task::spawn_blocking;
use rocket::{Responder, Route, State, get, post, routes};
use rocket_dyn_templates::Template;

#[derive(FromForm)]
struct NightlyForm<'r> {
    #[field(default = "")]
    backups: &'r str,
}

#[derive(FromForm)]
struct PasswordForm<'r> {
    #[field(default = "")]
    password: &'r str,
}

/// A backup, or what stands in its way.
#[derive(Responder)]
enum Download {
    File(Attachment),
    Reply(Reply),
}

#[get("/admin/backups")]
async fn index(_owner: Owner<'_>, store: &State<Store>, view: View<'_>) -> Result<Template> {
    page(store, &view, None).await
}

#[post("/admin/backups")]
async fn create(
    _owner: Owner<'_>,
    store: &State<Store>,
    view: View<'_>,
    notices: Notices<'_>,
) -> Result<Reply> {
    let name = Name { occasion: Occasion::Wish, made_at: now() };
    let database = store.db().path().to_owned();
    match spawn_blocking(move || Folder::beside(&database).add(name)).await? {
        Ok((_, contents)) => {
            notices.say(format!("The backup is made and found to be sound. It holds {contents}."));
            Ok(Reply::Done(Redirect::to("/admin/backups")))
        }
        Err(error) => {
            log::error!("making a backup: {error}");
            let page = page(store, &view, Some(error.to_string())).await?;
            Ok(Reply::Again((Status::ServiceUnavailable, page)))
        }
    }
}

#[post("/admin/backups/nightly", data = "<form>")]
async fn update(
    _owner: Owner<'_>,
    form: Form<NightlyForm<'_>>,
    store: &State<Store>,
    notices: Notices<'_>,
) -> Result<Redirect> {
    store.write(|tx| Site::set(tx, Key::Backups, form.backups)).await?;
    notices.say(match Backups::from_word(form.backups) {
        Some(Backups::Nightly) => {
            "From now on a backup is made every night, the first within the hour."
        }
        _ => "No backup is made by itself any more. Those that there are stay.",
    });
    Ok(Redirect::to("/admin/backups"))
}

#[get("/admin/backups/<name>", rank = 2)]
async fn show(
    name: &str,
    _owner: Owner<'_>,
    store: &State<Store>,
    view: View<'_>,
) -> Result<Template> {
    shown(&find(store, name)?, store, &view, &Problems::default()).await
}

#[post("/admin/backups/<name>/download", data = "<form>")]
async fn download(
    name: &str,
    owner: Owner<'_>,
    form: Form<PasswordForm<'_>>,
    entrance: Entrance<'_>,
    store: &State<Store>,
    view: View<'_>,
) -> Result<Download> {
    let kept = find(store, name)?;
    let problem = |message: &str| Problem::new("password", message).into();
    match entrance.check(&owner.0.name, form.password).await? {
        Entry::Right(_) => {
            let file = File::open(&kept.path).await.map_err(blog::Error::from)?;
            log::info!("{} takes the backup {} away", owner.0.name, kept.name);
            Ok(Download::File(Attachment {
                file,
                name: kept.name.to_string(),
                kind: "application/vnd.sqlite3",
            }))
        }
        Entry::Wrong => {
            let problems = problem("This is not your password.");
            Ok(Download::Reply(Reply::invalid(shown(&kept, store, &view, &problems).await?)))
        }
        Entry::TooMany(wait) => {
            let problems = problem("Too many tries. Please wait a while before the next one.");
            Ok(Download::Reply(Reply::too_many(shown(&kept, store, &view, &problems).await?, wait)))
        }
    }
}

#[post("/admin/backups/<name>/check")]
async fn check(
    name: &str,
    _owner: Owner<'_>,
    store: &State<Store>,
    view: View<'_>,
    notices: Notices<'_>,
) -> Result<Reply> {
    let kept = find(store, name)?;
    let (db, file) = (store.db().clone(), kept.clone());
    match spawn_blocking(move || backup::examine(&db, &file, now())).await? {
        Ok(contents) => {
            notices.say(format!("It is sound. It holds {contents}."));
            Ok(Reply::Done(Redirect::to(format!("/admin/backups/{}", kept.name))))
        }
        Err(error) => {
            log::error!("looking a backup through: {error}");
            let problems = Problem::new("file", error.to_string()).into();
            Ok(Reply::invalid(shown(&kept, store, &view, &problems).await?))
        }
    }
}

#[post("/admin/backups/<name>/delete")]
async fn delete(
    name: &str,
    _owner: Owner<'_>,
    store: &State<Store>,
    notices: Notices<'_>,
) -> Result<Redirect> {
    find(store, name)?.remove()?;
    notices.say("The backup is removed.");
    Ok(Redirect::to("/admin/backups"))
}

fn find(store: &Store, name: &str) -> Result<Kept> {
    let name = name.parse().map_err(|()| blog::Error::NotFound)?;
    Ok(Folder::beside(store.db().path()).find(name)?)
}

async fn page(store: &Store, view: &View<'_>, refusal: Option<String>) -> Result<Template> {
    let folder = Folder::beside(store.db().path());
    let place = folder.path().display().to_string();
    let verdicts = store.read(Verdicts::given).await?;
    let rows =
        move || Ok(folder.all()?.iter().map(|kept| row(kept, &verdicts)).collect::<Vec<_>>());
    let rows: blog::Result<_> = spawn_blocking(rows).await?;
    let refusal = refusal.or(rows.as_ref().err().map(ToString::to_string));
    let content = json!({
        "backups": rows.unwrap_or_default(), "folder": place, "refusal": refusal,
        "nightly": view.visit().site.backups == Backups::Nightly,
    });
    Ok(view.page("backups/index.html", content))
}

async fn shown(
    kept: &Kept,
    store: &Store,
    view: &View<'_>,
    problems: &Problems,
) -> Result<Template> {
    let kept = kept.clone();
    let verdicts = store.read(Verdicts::given).await?;
    let row = spawn_blocking(move || row(&kept, &verdicts)).await.map_err(Error::from)?;
    Ok(view.page("backups/show.html", json!({ "backup": row, "problems": problems })))
}

/// A backup as pages tell of it, with what is in it, or why that cannot be said.
fn row(kept: &Kept, verdicts: &Verdicts) -> Value {
    let contents = kept.contents();
    let verdict = verdicts.on(kept.name);
    let damage = verdict.and_then(|verdict| verdict.problem.clone());
    json!({
        "name": kept.name.to_string(), "made_at": kept.name.made_at,
        "is_nightly": kept.name.occasion == Occasion::Night,
        "size": contents.as_ref().ok().map(|contents| size_in_words(contents.size)),
        "contents": contents.as_ref().ok().map(ToString::to_string),
        "problem": contents.as_ref().err().map(ToString::to_string).or(damage),
        "looked_at": verdict.map(|verdict| verdict.at),
    })
}

/// Where backups are looked after.
pub fn routes() -> Vec<Route> {
    routes![index, create, update, show, download, check, delete]
}
