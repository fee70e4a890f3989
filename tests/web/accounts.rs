use crate::support::{PASSWORD, TestBlog};
use rocket::http::Status;

#[test]
fn the_owner_adds_an_account_with_a_role() {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    let fields = [("username", "Nina"), ("password", PASSWORD), ("role", "editor")];
    assert_eq!(ada.post("/admin/accounts", &fields).location(), "/admin/accounts");
    let id = blog.signed_in("Bo").write("Bo's", "x");
    assert_eq!(blog.signed_in("Nina").get(&format!("/posts/{id}/edit")).status, Status::Ok);
    assert_eq!(ada.post("/admin/accounts", &fields).status, Status::Conflict);
    let answer =
        ada.post("/admin/accounts", &[("username", "x y"), ("password", "short"), ("role", "god")]);
    assert!(answer.status == Status::UnprocessableEntity && answer.says("id=\"role-problem\""));
}

#[test]
fn a_new_role_counts_at_once_and_ends_the_sessions() {
    let blog = TestBlog::inhabited();
    let (ada, bo) = (blog.signed_in("Ada"), blog.signed_in("Bo"));
    assert_eq!(ada.post("/admin/accounts/Bo/role", &[("role", "owner")]).status, Status::SeeOther);
    assert_eq!(bo.get("/admin").status, Status::SeeOther, "signed out");
    assert_eq!(blog.signed_in("Bo").get("/admin/accounts").status, Status::Ok);
}

#[test]
fn the_last_owner_can_be_neither_removed_nor_demoted() {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    for (path, fields) in [
        ("/admin/accounts/Ada/remove", vec![]),
        ("/admin/accounts/ada/role", vec![("role", "author")]),
    ] {
        let answer = ada.post(path, &fields);
        assert_eq!(answer.status, Status::UnprocessableEntity);
        assert!(answer.says("Ada is the last owner"));
    }
    assert_eq!(ada.get("/admin/accounts").status, Status::Ok);
}

#[test]
fn who_is_removed_is_out_at_once_and_their_posts_stay_with_their_name() {
    let blog = TestBlog::inhabited();
    let (ada, bo) = (blog.signed_in("Ada"), blog.signed_in("Bo"));
    bo.write("Legacy", "x");
    assert_eq!(ada.post("/admin/accounts/Bo/remove", &[]).status, Status::SeeOther);
    assert_eq!(bo.get("/admin").status, Status::SeeOther);
    assert_eq!(blog.stranger().sign_in("Bo", PASSWORD).status, Status::Unauthorized);
    assert!(blog.stranger().get("/posts/legacy").says("h-card\">Bo"));
    assert_eq!(ada.post("/admin/accounts/Bo/remove", &[]).status, Status::NotFound);
}
