use crate::support::{PASSWORD, TestBlog, Visitor};
use rocket::http::Status;

/// The link that the owner is shown once.
fn invite(owner: &Visitor<'_>, role: &str) -> String {
    let answer = owner.post("/admin/invites", &[("role", role), ("days", "7")]);
    assert_eq!(answer.location(), "/admin/invites", "{}", answer.body);
    let page = owner.get("/admin/invites");
    let token = page.body.split("invite=").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert!(!owner.get("/admin/invites").says(&token), "it is shown once");
    token
}

fn accept(visitor: &Visitor<'_>, token: &str, name: &str) -> Status {
    visitor
        .post("/users/register", &[("username", name), ("password", PASSWORD), ("invite", token)])
        .status
}

#[test]
fn an_invitation_makes_one_account_with_its_role() {
    let blog = TestBlog::inhabited();
    let (ada, guest) = (blog.signed_in("Ada"), blog.stranger());
    let token = invite(&ada, "editor");
    let page = guest.get(&format!("/users/register?invite={token}"));
    assert!(page.status == Status::Ok && page.says(&token));
    assert_eq!(accept(&guest, &token, "Nina"), Status::SeeOther);
    assert_eq!(accept(&guest, &token, "Olaf"), Status::Forbidden);
    assert_eq!(guest.get(&format!("/users/register?invite={token}")).status, Status::Forbidden);
    let id = blog.signed_in("Bo").write("Bo's", "x");
    assert_eq!(blog.signed_in("Nina").get(&format!("/posts/{id}/edit")).status, Status::Ok);
}

#[test]
fn a_name_that_is_taken_does_not_use_the_invitation_up() {
    let blog = TestBlog::inhabited();
    let token = invite(&blog.signed_in("Ada"), "author");
    assert_eq!(accept(&blog.stranger(), &token, "bo"), Status::Conflict);
    assert_eq!(accept(&blog.stranger(), &token, "Nina"), Status::SeeOther);
}

#[test]
fn of_two_who_accept_at_once_one_comes_in() {
    let blog = TestBlog::inhabited();
    let token = invite(&blog.signed_in("Ada"), "author");
    let statuses: Vec<_> = std::thread::scope(|scope| {
        let (blog, token) = (&blog, &token);
        let threads: Vec<_> = (0..8)
            .map(|n| scope.spawn(move || accept(&blog.stranger(), token, &format!("guest{n}"))))
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(
        statuses.iter().filter(|status| **status == Status::SeeOther).count(),
        1,
        "{statuses:?}"
    );
}

#[test]
fn an_invitation_ends_and_can_be_taken_back() {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    let (first, second) = (invite(&ada, "author"), invite(&ada, "author"));
    assert_eq!(ada.post("/admin/invites/1/withdraw", &[]).location(), "/admin/invites");
    assert_eq!(accept(&blog.stranger(), &first, "Nina"), Status::Forbidden);
    let sql = "UPDATE invites SET ends_at = unixepoch()";
    blog.db().write(|tx| Ok::<_, monograph::db::Error>(tx.execute(sql, [])?)).unwrap();
    assert_eq!(accept(&blog.stranger(), &second, "Nina"), Status::Forbidden);
    assert!(ada.get("/admin/invites").says("No invitation is open."));
}

#[test]
fn an_invitation_that_makes_no_sense_is_refused_beside_its_field() {
    let blog = TestBlog::inhabited();
    let answer =
        blog.signed_in("Ada").post("/admin/invites", &[("role", "king"), ("days", "1000")]);
    assert_eq!(answer.status, Status::UnprocessableEntity);
    assert!(answer.says("id=\"role-problem\"") && answer.says("id=\"days-problem\""));
}
