use rocket::Request;
use rocket::data::{Data, FromData, Outcome};
use rocket::form::{Errors, Form, FromForm};
use rocket::http::Status;
use std::ops::Deref;

/// A form of a few words, as anybody may send one. No more than these is taken into memory for somebody who is not known.
pub struct Short<T>(Form<T>);

/// Whether a form was refused here for its length, whatever Rocket would have said of it.
#[derive(Clone, Copy)]
pub struct TooLong(pub bool);

/// More than any address with a token and any password have.
const MOST: u64 = 64 << 10;

impl<T> Deref for Short<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

#[rocket::async_trait]
impl<'r, T: FromForm<'r>> FromData<'r> for Short<T> {
    type Error = Errors<'r>;

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        let headers = request.headers();
        let length = headers.get_one("content-length").and_then(|length| length.parse().ok());
        // In chunks only longer ones come this far: the edge has counted the others.
        let is_long =
            length.map_or(headers.contains("transfer-encoding"), |length: u64| length > MOST);
        match is_long {
            true => {
                request.local_cache(|| TooLong(true));
                Outcome::Error((Status::PayloadTooLarge, Errors::new()))
            }
            false => Form::from_data(request, data).await.map(Short),
        }
    }
}
