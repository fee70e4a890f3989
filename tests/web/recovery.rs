use crate::support::{PASSWORD, TestBlog};
use rocket::http::Status;

const NEW: &str = "an entirely new passphrase";

#[test]
fn a_recovery_link_sets_a_new_password_once_and_ends_all_sessions() {
    let blog = TestBlog::inhabited();
    let (ada, bo, guest) = (blog.signed_in("Ada"), blog.signed_in("Bo"), blog.stranger());
    assert_eq!(ada.post("/admin/accounts/Bo/recover", &[]).status, Status::SeeOther);
    let page = ada.get("/admin/accounts");
    let token = page.body.split("token=").nth(1).unwrap().split('"').next().unwrap().to_owned();

    assert!(guest.get(&format!("/auth/recover?token={token}")).says("For the account Bo."));
    let short = guest.post("/auth/recover", &[("token", &token), ("password", "short")]);
    assert!(short.status == Status::UnprocessableEntity && short.says(&token));
    let answer = guest.post("/auth/recover", &[("token", &token), ("password", NEW)]);
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/auth/login"));
    assert_eq!(bo.get("/admin").status, Status::SeeOther, "signed out");
    assert_eq!(
        guest.post("/auth/recover", &[("token", &token), ("password", PASSWORD)]).status,
        Status::Forbidden
    );
    assert_eq!(blog.stranger().sign_in("Bo", PASSWORD).status, Status::Unauthorized);
    assert_eq!(blog.stranger().sign_in("Bo", NEW).status, Status::SeeOther);
}

#[test]
fn a_link_that_was_never_made_or_has_run_out_sets_nothing() {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    ada.post("/admin/accounts/Bo/recover", &[]);
    let page = ada.get("/admin/accounts");
    let token = page.body.split("token=").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let sql = "UPDATE recoveries SET ends_at = unixepoch()";
    blog.db().write(|tx| Ok::<_, monograph::db::Error>(tx.execute(sql, [])?)).unwrap();
    for token in [token.as_str(), "", "x", &"0".repeat(64)] {
        let path = format!("/auth/recover?token={token}");
        assert_eq!(blog.stranger().get(&path).status, Status::Forbidden, "{token}");
        let fields = [("token", token), ("password", NEW)];
        assert_eq!(blog.stranger().post("/auth/recover", &fields).status, Status::Forbidden);
    }
}

#[test]
fn a_link_ends_with_a_change_of_the_password() {
    let blog = TestBlog::inhabited();
    let (ada, bo) = (blog.signed_in("Ada"), blog.signed_in("Bo"));
    ada.post("/admin/accounts/Bo/recover", &[]);
    let page = ada.get("/admin/accounts");
    let token = page.body.split("token=").nth(1).unwrap().split('"').next().unwrap().to_owned();
    bo.post("/account", &[("current_password", PASSWORD), ("password", NEW)]);
    assert_eq!(
        blog.stranger().get(&format!("/auth/recover?token={token}")).status,
        Status::Forbidden
    );
}
