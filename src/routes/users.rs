//! The way to an account.

use crate::blog::{Error, Invite, Invited, Password, Registration, Token, User, UserName};
use crate::web::throttle::Doors;
use crate::web::{Claim, Hashing, Local, Problems, Reply, Result, Store, View, Visit, notice, now};
use rocket::form::{Form, FromForm};
use rocket::http::{CookieJar, Status};
use rocket::response::Redirect;
use rocket::serde::json::json;
use rocket::{Route, State, get, post, routes, uri};
use rocket_dyn_templates::Template;
use std::time::Instant;

/// By what right somebody makes an account.
enum Right {
    /// There is none yet, and they are the one to make it.
    First,
    /// Everybody may.
    Open,
    /// They were invited.
    Invited([u8; 32]),
}

/// Why somebody may not.
#[derive(Clone, Copy)]
enum Shut {
    /// There is no account yet, and nothing shows that the blog is theirs.
    Unclaimed,
    /// Nobody may.
    Closed,
    /// Only who was invited may.
    InviteOnly,
    /// The invitation has run out or was used.
    TooLate,
}

#[derive(FromForm)]
struct RegisterForm<'r> {
    #[field(default = "")]
    username: &'r str,
    #[field(default = "")]
    password: &'r str,
    claim: Option<&'r str>,
    invite: Option<&'r str>,
}

#[get("/users/register?<claim>&<invite>")]
async fn new(
    claim: Option<&str>,
    invite: Option<&str>,
    visit: &Visit,
    local: Local,
    the_claim: &State<Claim>,
    store: &State<Store>,
    view: View<'_>,
) -> Result<Reply> {
    let door = Door { visit, local, claim: the_claim, store };
    let form = RegisterForm { username: "", password: "", claim, invite };
    Ok(match door.right(&form).await? {
        Ok(_) => Reply::Page(page(&view, &form, &Problems::default(), None)),
        Err(shut) => refuse(&view, shut),
    })
}

#[post("/users/register", data = "<form>")]
async fn create(
    form: Form<RegisterForm<'_>>,
    visit: &Visit,
    local: Local,
    claim: &State<Claim>,
    store: &State<Store>,
    hashing: &State<Hashing>,
    doors: &State<Doors>,
    view: View<'_>,
    jar: &CookieJar<'_>,
) -> Result<Reply> {
    let door = Door { visit, local, claim, store };
    if let Err(wait) = doors.register.take(&door.visit.client.address, Instant::now()) {
        let refusal =
            "Too many accounts were made from your network. Please wait a while and try again.";
        return Ok(Reply::too_many(page(&view, &form, &Problems::default(), Some(refusal)), wait));
    }
    let right = match door.right(&form).await? {
        Ok(right) => right,
        Err(shut) => return Ok(refuse(&view, shut)),
    };
    let mut problems = Problems::default();
    let name = problems.check(UserName::parse(form.username));
    let password = problems.check(Password::parse(form.password, form.username));
    let (Some(name), Some(password)) = (name, password) else {
        return Ok(Reply::invalid(page(&view, &form, &problems, None)));
    };
    let hash = hashing.hash(password).await?;
    match door.enter(right, &name, &hash).await {
        Ok(Ok(())) => {
            notice::say(
                jar,
                format!("Welcome, {}. Your account is ready; please sign in.", name.shown()),
            );
            Ok(Reply::Done(Redirect::to(uri!(super::auth::new(None::<&str>)))))
        }
        Ok(Err(shut)) => Ok(refuse(&view, shut)),
        Err(Error::Invalid(problem)) => {
            Ok(Reply::Again((Status::Conflict, page(&view, &form, &problem.into(), None))))
        }
        Err(error) => Err(error.into()),
    }
}

fn page(
    view: &View<'_>,
    form: &RegisterForm<'_>,
    problems: &Problems,
    refusal: Option<&str>,
) -> Template {
    let kept = json!({ "username": form.username, "claim": form.claim, "invite": form.invite });
    view.page(
        "users/register.html",
        json!({ "form": kept, "problems": problems, "refusal": refusal }),
    )
}

fn refuse(view: &View<'_>, shut: Shut) -> Reply {
    let reason = match shut {
        Shut::Unclaimed => "unclaimed",
        Shut::Closed => "closed",
        Shut::InviteOnly => "invite",
        Shut::TooLate => "late",
    };
    Reply::Again((Status::Forbidden, view.page("users/closed.html", json!({ "shut": reason }))))
}

/// The door that newcomers come through.
struct Door<'r> {
    visit: &'r Visit,
    local: Local,
    claim: &'r Claim,
    store: &'r Store,
}

impl Door<'_> {
    /// By what right this form makes an account, or why it may not.
    async fn right(&self, form: &RegisterForm<'_>) -> Result<Result<Right, Shut>> {
        if !self.visit.any_account {
            let admitted = self.claim.admits(form.claim, &self.local);
            return Ok(if admitted { Ok(Right::First) } else { Err(Shut::Unclaimed) });
        }
        if let Some(invite) = form.invite.filter(|invite| !invite.is_empty()) {
            let Some(digest) = Token::digest_of(invite) else { return Ok(Err(Shut::TooLate)) };
            return match self.store.read(|conn| Invite::open(conn, &digest, now())).await {
                Ok(_) => Ok(Ok(Right::Invited(digest))),
                Err(Error::NotFound) => Ok(Err(Shut::TooLate)),
                Err(error) => Err(error.into()),
            };
        }
        Ok(match self.visit.site.registration {
            Registration::Open => Ok(Right::Open),
            Registration::Invite => Err(Shut::InviteOnly),
            Registration::Closed => Err(Shut::Closed),
        })
    }

    /// Makes the account, unless the right has gone in the meantime.
    async fn enter(
        &self,
        right: Right,
        name: &UserName,
        hash: &str,
    ) -> Result<Result<(), Shut>, Error> {
        let now = now();
        let made = self.store.write(|tx| match right {
            Right::First => Ok(User::add_first(tx, name, hash, now)?.ok_or(Shut::Closed)),
            Right::Open => User::add(tx, name, hash, crate::blog::Role::Author, now).map(Ok),
            Right::Invited(digest) => Ok(match Invite::accept(tx, &digest, name, hash, now)? {
                Invited::Welcome(user) => Ok(user),
                Invited::TooLate => Err(Shut::TooLate),
            }),
        });
        Ok(made.await?.map(drop))
    }
}

/// Where accounts are made.
pub fn routes() -> Vec<Route> {
    routes![new, create]
}
