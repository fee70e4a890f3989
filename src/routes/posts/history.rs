//! What a post was, save by save, and going back to it.

use super::{changes, parse_id};
use crate::blog::post::{Basis, Draft, Manuscript, Release, Version, Wish};
use crate::blog::{Error, Media, Post, User};
use crate::text::Diff;
use crate::text::markdown::Pictures;
use crate::web::{Notices, Result, Store, View, now};
use rocket::response::{Redirect, Responder};
use rocket::serde::json::json;
use rocket::tokio::task::block_in_place;
use rocket::{Route, State, get, post, routes, uri};
use rocket_dyn_templates::Template;

/// How many versions a page of the history shows.
const SIZE: u32 = 50;

/// A list, or the comparison that was chosen in it.
#[derive(Responder)]
enum Listed {
    Page(Template),
    Compared(Redirect),
}

#[get("/posts/<id>/history?<from>&<to>&<before>")]
async fn index(
    id: &str,
    from: Option<i64>,
    to: Option<i64>,
    before: Option<i64>,
    user: &User,
    store: &State<Store>,
    view: View<'_>,
) -> Result<Listed> {
    if let (Some(from), Some(to)) = (from, to) {
        return Ok(Listed::Compared(Redirect::to(uri!(show(id, to, Some(from))))));
    }
    let uuid = parse_id(id)?;
    let (post, history) = store
        .read(|conn| {
            let post = Post::for_edit(conn, user, &uuid, now())?;
            post.history(conn, before, SIZE).map(|history| (post, history))
        })
        .await?;
    let content = json!({ "post": post, "history": history });
    Ok(Listed::Page(view.page("posts/history.html", content)))
}

#[get("/posts/<id>/history/<version>?<against>")]
async fn show(
    id: &str,
    version: i64,
    against: Option<i64>,
    user: &User,
    store: &State<Store>,
    view: View<'_>,
) -> Result<Template> {
    let uuid = parse_id(id)?;
    let (post, version, before, saves) = store
        .read(|conn| {
            let post = Post::for_edit(conn, user, &uuid, now())?;
            let version = Version::at(conn, &post, version)?;
            let before = match against {
                Some(number) => Some(Version::at(conn, &post, number)?),
                None => version.predecessor(conn, &post)?,
            };
            let saves = version.saves(conn)?;
            Ok::<_, Error>((post, version, before, saves))
        })
        .await?;
    let blank = Manuscript::default();
    let (old, new) =
        (before.as_ref().map_or(&blank, |before| &before.manuscript), &version.manuscript);
    let diff = block_in_place(|| Diff::between(&old.content, &new.content));
    let fields = changes::between(old, new, view.visit().site.timezone);
    let comes_out = would_come_out(&post, &version);
    let content = json!({
        "post": post, "version": version, "before": before, "saves": saves, "diff": diff, "fields": fields,
        "text": new.content, "comes_out": comes_out,
    });
    Ok(view.page("posts/version.html", content))
}

#[post("/posts/<id>/history/<version>/restore")]
async fn restore(
    id: &str,
    version: i64,
    user: &User,
    store: &State<Store>,
    notices: Notices<'_>,
) -> Result<Redirect> {
    let uuid = parse_id(id)?;
    let (post, version, manuscript, pictures) = store
        .read(|conn| {
            let post = Post::for_edit(conn, user, &uuid, now())?;
            let version = Version::at(conn, &post, version)?;
            let manuscript = version.to_restore(conn, &post)?;
            let pictures = Media::pictures(conn, &manuscript.content)?;
            Ok::<_, Error>((post, version, manuscript, pictures))
        })
        .await?;
    let wish = wish(&post, &version, manuscript, &pictures);
    let basis = Basis::Restored(version.number);
    store.write(|tx| Post::save(tx, user, &uuid, basis, &wish, now())).await?;
    notices.say(match wish {
        Wish::Publish(_) => format!("Version {} is back, and out.", version.number),
        _ => format!(
            "Version {} is the text to go on with. Readers see it once you publish it.",
            version.number
        ),
    });
    Ok(Redirect::to(uri!(super::edit(id))))
}

/// What was before readers goes before readers again; what never was does not.
fn wish(post: &Post, version: &Version, manuscript: Manuscript, pictures: &Pictures) -> Wish {
    if would_come_out(post, version) {
        let release = post.published_at.map_or(Release::Now, Release::At);
        if let Ok(draft) = block_in_place(|| Draft::of(manuscript.clone(), release, pictures)) {
            return Wish::Publish(Box::new(draft));
        }
    }
    Wish::Keep(manuscript)
}

fn would_come_out(post: &Post, version: &Version) -> bool {
    version.published_at.is_some() && post.published_at.is_some() && post.deleted_at.is_none()
}

/// Where the past of a post is.
pub fn routes() -> Vec<Route> {
    routes![index, show, restore]
}
