use super::client::is_local;
use super::now;
use crate::blog::{Digest, Token};
use rocket::Request;
use rocket::request::{FromRequest, Outcome};
use std::convert::Infallible;

/// The right to make the first account: a link printed at start, good for thirty minutes.
pub struct Claim {
    digest: Digest,
    ends_at: i64,
}

impl Claim {
    /// A claim that nobody has seen before, and the token for its link.
    pub fn new() -> (Claim, Token) {
        let token = Token::random();
        (Claim { digest: token.digest(), ends_at: now() + 30 * 60 }, token)
    }

    /// Whether a visitor may make the first account: they hold the token, or sit at this machine.
    pub fn admits(&self, token: Option<&str>, local: &Local) -> bool {
        let holds = token.and_then(Token::digest_of) == Some(self.digest) && now() < self.ends_at;
        holds || local.0
    }
}

/// Whether a request comes from this very machine.
pub struct Local(bool);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Local {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Local, Infallible> {
        Outcome::Success(Local(is_local(request)))
    }
}
