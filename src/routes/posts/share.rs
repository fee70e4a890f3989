//! Links that show what is not out yet to somebody without an account.

use super::parse_id;
use crate::blog::{Error, Media, Post, Problem, Share, Token, User};
use crate::web::{Notices, Problems, PublicUrl, Reply, Result, Store, View, now};
use rocket::form::{Form, FromForm};
use rocket::http::Header;
use rocket::response::{Redirect, Responder};
use rocket::serde::json::json;
use rocket::tokio::task::block_in_place;
use rocket::{Route, State, get, post, routes, uri};
use rocket_dyn_templates::Template;
use uuid::Uuid;

const DAY: i64 = 24 * 60 * 60;

#[derive(FromForm)]
struct ShareForm<'r> {
    #[field(default = "7")]
    days: &'r str,
}

#[get("/posts/<id>/share")]
async fn index(id: &str, user: &User, store: &State<Store>, view: View<'_>) -> Result<Template> {
    page(store, &view, user, &parse_id(id)?, &Share::DAYS.to_string(), &Problems::default()).await
}

#[post("/posts/<id>/share", data = "<form>")]
async fn create(
    id: &str,
    user: &User,
    form: Form<ShareForm<'_>>,
    store: &State<Store>,
    url: PublicUrl,
    view: View<'_>,
    notices: Notices<'_>,
) -> Result<Reply> {
    let uuid = parse_id(id)?;
    let days: Option<i64> = form.days.trim().parse().ok().filter(|days| (1..=90).contains(days));
    let Some(days) = days else {
        let problem = Problem::new("days", "Please enter 1 to 90 days.");
        let again = page(store, &view, user, &uuid, form.days, &problem.into()).await?;
        return Ok(Reply::invalid(again));
    };
    let token = store
        .write(|tx| {
            let post = Post::for_edit(tx, user, &uuid, now())?;
            Share::make(tx, user, &post, now() + days * DAY, now())
        })
        .await?;
    let link = format!("{}/shared?key={token}", url.0);
    notices.say_with_link("The link is ready; it is shown only now.", link);
    Ok(Reply::Done(Redirect::to(uri!(index(id)))))
}

#[post("/posts/<id>/share/<share>/revoke")]
async fn revoke(
    id: &str,
    share: i64,
    user: &User,
    store: &State<Store>,
    notices: Notices<'_>,
) -> Result<Redirect> {
    let uuid = parse_id(id)?;
    store
        .write(|tx| {
            let post = Post::for_edit(tx, user, &uuid, now())?;
            Share::revoke(tx, &post, share)
        })
        .await?;
    notices.say("The link shows nothing any more.");
    Ok(Redirect::to(uri!(index(id))))
}

async fn page(
    store: &Store,
    view: &View<'_>,
    user: &User,
    id: &Uuid,
    days: &str,
    problems: &Problems,
) -> Result<Template> {
    let (post, shares) = store
        .read(|conn| {
            let post = Post::for_edit(conn, user, id, now())?;
            Share::of(conn, &post).map(|shares| (post, shares))
        })
        .await?;
    let content =
        json!({ "post": post, "shares": shares, "days": days, "problems": problems, "now": now() });
    Ok(view.page("posts/share.html", content))
}

/// A page that no search engine keeps and whose address no other site learns.
#[derive(Responder)]
struct Confidential {
    page: Template,
    robots: Header<'static>,
    referrer: Header<'static>,
}

#[get("/shared?<key>")]
async fn shared(key: Option<&str>, store: &State<Store>, view: View<'_>) -> Result<Confidential> {
    let digest = key.and_then(Token::digest_of).ok_or(Error::NotFound)?;
    let (post, head, pictures) = store
        .read(|conn| {
            let (post, head) = Share::shown(conn, &digest, now())?;
            let pictures = Media::pictures(conn, &head.manuscript.content)?;
            Ok::<_, Error>((post, head, pictures))
        })
        .await?;
    let saved_at = head.saved_at;
    let post = block_in_place(|| post.showing(head.manuscript, &pictures))?;
    let content = json!({ "post": post, "saved_at": saved_at });
    Ok(Confidential {
        page: view.page("posts/shared.html", content),
        robots: Header::new("X-Robots-Tag", "noindex, nofollow"),
        referrer: Header::new("Referrer-Policy", "no-referrer"),
    })
}

/// Where unfinished texts are shown around.
pub fn routes() -> Vec<Route> {
    routes![index, create, revoke, shared]
}
