//! What the blog sees of a request: for `monograph doctor`, and for nobody else.

use crate::blog::{Checkup, Digest, Error, Token};
use crate::settings::Settings;
use crate::web::{Result, Seen, Store, now};
use rocket::data::ToByteUnit;
use rocket::serde::json::{Json, Value, json};
use rocket::tokio::io::sink;
use rocket::{Data, Route, State, get, post, routes};

#[get("/checkup?<token>")]
async fn show(token: Option<&str>, seen: Seen, store: &State<Store>) -> Result<Json<Seen>> {
    admit(token, store).await?;
    Ok(Json(seen))
}

/// How many bytes of a body arrive.
#[post("/checkup?<token>", data = "<body>")]
async fn create(
    token: Option<&str>,
    body: Data<'_>,
    settings: &State<Settings>,
    store: &State<Store>,
) -> Result<Json<Value>> {
    admit(token, store).await?;
    let limit = settings.upload_limit + 1.mebibytes();
    let arrived = body.open(limit).stream_to(sink()).await.map_err(Error::Unread)?;
    Ok(Json(json!({ "bytes": arrived.written })))
}

/// Whoever does not hold the token finds nothing here.
async fn admit(token: Option<&str>, store: &Store) -> Result<()> {
    let digest: Digest = token.and_then(Token::digest_of).ok_or(Error::NotFound)?;
    match store.read(|conn| Checkup::is_under_way(conn, &digest, now())).await? {
        true => Ok(()),
        false => Err(Error::NotFound.into()),
    }
}

/// Where the doctor looks.
pub fn routes() -> Vec<Route> {
    routes![show, create]
}
