use super::{Digest, Error, Invite, Registration, Result, Role, Site, Token, User, UserName};
use rusqlite::{Connection, Transaction};

/// By what right somebody makes an account.
pub enum Admission {
    /// There is no account yet, and the blog is theirs.
    First,
    /// Everybody may.
    Open,
    /// They were invited.
    Invited(Digest),
}

/// Whether somebody has shown that a blog without accounts is theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ownership {
    /// They hold the link that the program printed, or sit at its machine.
    Shown,
    /// Nothing says so.
    NotShown,
}

/// Why somebody may not make an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Shut {
    /// There is no account yet, and nothing shows that the blog is theirs.
    #[error("this blog is waiting for its owner")]
    Unclaimed,
    /// Nobody may.
    #[error("registration is closed")]
    Closed,
    /// Only who was invited may.
    #[error("registration is by invitation")]
    InviteOnly,
    /// The invitation has run out or was used.
    #[error("this invitation does not work any more")]
    TooLate,
}

impl Admission {
    /// By what right somebody who holds `invite` makes an account; [`Error::Shut`] says why they may not.
    pub fn find(
        conn: &Connection,
        ownership: Ownership,
        invite: Option<&str>,
        now: i64,
    ) -> Result<Admission> {
        if !User::any(conn)? {
            return match ownership {
                Ownership::Shown => Ok(Admission::First),
                Ownership::NotShown => Err(Shut::Unclaimed.into()),
            };
        }
        if let Some(token) = invite.filter(|token| !token.is_empty()) {
            let digest = Token::digest_of(token).ok_or(Shut::TooLate)?;
            return Invite::open(conn, &digest, now)
                .map(|_| Admission::Invited(digest))
                .map_err(too_late);
        }
        match Site::load(conn)?.registration {
            Registration::Open => Ok(Admission::Open),
            Registration::Invite => Err(Shut::InviteOnly.into()),
            Registration::Closed => Err(Shut::Closed.into()),
        }
    }

    /// Makes the account, unless the right has gone in the meantime: of any number of simultaneous first registrations
    /// one becomes the owner, and an invitation makes one account.
    pub fn accept(
        self,
        tx: &Transaction<'_>,
        name: &UserName,
        hash: &str,
        now: i64,
    ) -> Result<User> {
        match self {
            Admission::First if User::any(tx)? => Err(Shut::Closed.into()),
            Admission::First => User::add(tx, name, hash, Role::Owner, now),
            Admission::Open => User::add(tx, name, hash, Role::Author, now),
            Admission::Invited(digest) => {
                let invite = Invite::open(tx, &digest, now).map_err(too_late)?;
                Invite::withdraw(tx, invite.id)?;
                User::add(tx, name, hash, invite.role, now)
            }
        }
    }
}

fn too_late(error: Error) -> Error {
    match error {
        Error::NotFound => Shut::TooLate.into(),
        other => other,
    }
}
