//! The pictures that stand for posts where somebody shows a link to them.

use crate::blog::{Error, Post, Site};
use crate::files::Cover;
use crate::web::{Result, Store, Workshop, cover, cover_path, now};
use rocket::http::{ContentType, Header};
use rocket::response::{Redirect, Responder};
use rocket::tokio::task::block_in_place;
use rocket::{Route, State, get, routes};
use uuid::Uuid;

/// What an address of a cover leads to.
#[derive(Responder)]
enum Found {
    Picture(Picture),
    /// To the cover as it is now.
    Elsewhere(Redirect),
}

/// A picture whose address never leads to another.
#[derive(Responder)]
struct Picture {
    png: (ContentType, Vec<u8>),
    cache: Header<'static>,
    /// Others show it on pages of their own.
    resource_policy: Header<'static>,
}

#[get("/covers/<id>/<file>")]
async fn show(
    id: &str,
    file: &str,
    store: &State<Store>,
    workshop: &State<Workshop>,
) -> Result<Found> {
    let id = Uuid::try_parse(id).map_err(|_| Error::NotFound)?;
    let look = |conn: &_| Ok::<_, Error>((Post::listed_as(conn, &id, now())?, Site::load(conn)?));
    let (post, site) = store.read(look).await?;
    let cover = cover(&site, &post);
    let path = cover_path(&post, &cover);
    match path.ends_with(&format!("/{file}")) {
        true => drawn(&post, &cover, store, workshop).await.map(Found::Picture),
        // Nothing is drawn for an address that somebody made up.
        false => Ok(Found::Elsewhere(Redirect::to(path))),
    }
}

/// The cover as it is kept, or drawn now and kept.
async fn drawn(post: &Post, cover: &Cover, store: &Store, workshop: &Workshop) -> Result<Picture> {
    let digest = cover.digest();
    if let Some(png) = store.read(|conn| post.kept_cover(conn, &digest)).await? {
        return Ok(Picture::new(png));
    }
    let _turn = workshop.turn().await;
    // Whoever had to wait finds what somebody else has drawn.
    if let Some(png) = store.read(|conn| post.kept_cover(conn, &digest)).await? {
        return Ok(Picture::new(png));
    }
    let png = block_in_place(|| cover.draw());
    if let Err(error) = store.write(|tx| post.keep_cover(tx, &digest, &png)).await {
        log::error!("a cover could not be kept: {error}");
    }
    Ok(Picture::new(png))
}

impl Picture {
    fn new(png: Vec<u8>) -> Picture {
        Picture {
            png: (ContentType::PNG, png),
            cache: Header::new("Cache-Control", "public, max-age=31536000, immutable"),
            resource_policy: Header::new("Cross-Origin-Resource-Policy", "cross-origin"),
        }
    }
}

/// Where covers are found.
pub fn routes() -> Vec<Route> {
    routes![show]
}
