//! Tags put in order, for editors and owners.

use crate::blog::{Error, KnownTag};
use crate::text::Slug;
use crate::web::{Editor, Notices, Problems, Reply, Result, Store, View};
use rocket::form::{Form, FromForm};
use rocket::response::Redirect;
use rocket::serde::json::json;
use rocket::{Route, State, get, post, routes};
use rocket_dyn_templates::Template;
use rusqlite::Connection;

const INDEX: &str = "/admin/tags";

#[derive(FromForm)]
struct TagForm<'r> {
    name: Option<&'r str>,
    into: Option<&'r str>,
}

#[get("/admin/tags?<q>")]
async fn index(
    q: Option<&str>,
    _editor: Editor<'_>,
    store: &State<Store>,
    view: View<'_>,
) -> Result<Template> {
    let q = q.unwrap_or_default();
    let tags = store.read(|conn| KnownTag::search(conn, q)).await?;
    let is_cut = tags.len() == KnownTag::MOST as usize;
    Ok(view.page("tags/list.html", json!({ "tags": tags, "q": q, "is_cut": is_cut })))
}

#[get("/admin/tags/<slug>")]
async fn edit(
    slug: &str,
    _editor: Editor<'_>,
    store: &State<Store>,
    view: View<'_>,
) -> Result<Template> {
    page(slug, &TagForm { name: None, into: None }, &Problems::default(), store, &view).await
}

#[post("/admin/tags/<slug>/rename", data = "<form>")]
async fn rename(
    slug: &str,
    form: Form<TagForm<'_>>,
    _editor: Editor<'_>,
    store: &State<Store>,
    view: View<'_>,
    notices: Notices<'_>,
) -> Result<Reply> {
    let name = form.name.unwrap_or_default();
    match store.write(|tx| known(tx, slug)?.rename(tx, name)).await {
        Ok(tag) => {
            notices.say(format!("The tag is called “{}” now.", tag.name));
            Ok(Reply::Done(Redirect::to(INDEX)))
        }
        Err(error) => refused(error, slug, &form, store, &view).await,
    }
}

#[post("/admin/tags/<slug>/merge", data = "<form>")]
async fn merge(
    slug: &str,
    form: Form<TagForm<'_>>,
    _editor: Editor<'_>,
    store: &State<Store>,
    view: View<'_>,
    notices: Notices<'_>,
) -> Result<Reply> {
    let into = form.into.unwrap_or_default();
    match store.write(|tx| known(tx, slug)?.merge(tx, into)).await {
        Ok(tag) => {
            notices.say(format!("The posts have the tag “{}” now.", tag.name));
            Ok(Reply::Done(Redirect::to(INDEX)))
        }
        Err(error) => refused(error, slug, &form, store, &view).await,
    }
}

#[post("/admin/tags/<slug>/delete")]
async fn delete(
    slug: &str,
    _editor: Editor<'_>,
    store: &State<Store>,
    notices: Notices<'_>,
) -> Result<Redirect> {
    let tag = store
        .write(|tx| {
            let tag = known(tx, slug)?;
            tag.delete(tx).map(|()| tag)
        })
        .await?;
    notices.say(format!("No post has the tag “{}” any more. The posts stay.", tag.name));
    Ok(Redirect::to(INDEX))
}

/// The tag that has this slug now; one that had it before is not meant.
fn known(conn: &Connection, slug: &str) -> Result<KnownTag, Error> {
    let tag = KnownTag::at(conn, &Slug::parse(slug).ok_or(Error::NotFound)?)?;
    if tag.slug == slug { Ok(tag) } else { Err(Error::NotFound) }
}

/// The page again with what is wrong with the form.
async fn refused(
    error: Error,
    slug: &str,
    form: &TagForm<'_>,
    store: &Store,
    view: &View<'_>,
) -> Result<Reply> {
    match error {
        Error::Invalid(problem) => {
            Ok(Reply::invalid(page(slug, form, &problem.into(), store, view).await?))
        }
        other => Err(other.into()),
    }
}

async fn page(
    slug: &str,
    form: &TagForm<'_>,
    problems: &Problems,
    store: &Store,
    view: &View<'_>,
) -> Result<Template> {
    let (tag, posts, others) = store
        .read(|conn| {
            let tag = known(conn, slug)?;
            let posts = tag.count(conn)?;
            Ok::<_, Error>((tag, posts, KnownTag::search(conn, "")?))
        })
        .await?;
    let kept =
        json!({ "name": form.name.unwrap_or(&tag.name), "into": form.into.unwrap_or_default() });
    let content =
        json!({ "tag": tag, "posts": posts, "others": others, "kept": kept, "problems": problems });
    Ok(view.page("tags/edit.html", content))
}

/// Where tags are put in order.
pub fn routes() -> Vec<Route> {
    routes![index, edit, rename, merge, delete]
}
