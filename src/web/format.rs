use rocket::Request;
use rocket::http::{Accept, MediaType};
use rocket::request::{FromRequest, Outcome};
use std::convert::Infallible;

/// In which form an answer is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// To be looked at.
    Page,
    /// As JSON, for a program that asked for that first of all.
    Data,
}

impl Format {
    /// What whoever sent `request` wants.
    pub fn of(request: &Request<'_>) -> Format {
        let prefers = |accept: &Accept| accept.preferred().media_type() == &MediaType::JSON;
        if request.accept().is_some_and(prefers) { Format::Data } else { Format::Page }
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Format {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Format, Infallible> {
        Outcome::Success(Format::of(request))
    }
}
