use super::client::is_local;
use super::now;
use crate::blog::{Digest, Ownership, Token};
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

    fn is_held_by(&self, token: &str) -> bool {
        Token::digest_of(token) == Some(self.digest) && now() < self.ends_at
    }
}

/// Somebody who may be about to make the first account.
pub struct Claimant<'r> {
    claim: &'r Claim,
    is_local: bool,
}

impl Claimant<'_> {
    /// Whether the blog is theirs: they hold the token, or sit at this machine.
    pub fn ownership(&self, token: Option<&str>) -> Ownership {
        match self.is_local || token.is_some_and(|token| self.claim.is_held_by(token)) {
            true => Ownership::Shown,
            false => Ownership::NotShown,
        }
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Claimant<'r> {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Claimant<'r>, Infallible> {
        let claim = request.rocket().state().expect("the claim is managed");
        Outcome::Success(Claimant { claim, is_local: is_local(request) })
    }
}
