use crate::support::{PASSWORD, TestBlog};
use rocket::http::Status;

const NEW: &str = "an entirely new passphrase";

#[test]
fn a_new_password_needs_the_old_one_and_ends_every_other_session() {
    let blog = TestBlog::inhabited();
    let (here, there) = (blog.signed_in("Bo"), blog.signed_in("Bo"));
    for current in ["", "wrong", &PASSWORD.to_uppercase()] {
        let answer = here.post("/account", &[("current_password", current), ("password", NEW)]);
        assert_eq!(answer.status, Status::UnprocessableEntity);
        assert!(answer.says("id=\"current_password-problem\""));
    }
    let before = here.cookie("session");
    let answer = here.post("/account", &[("current_password", PASSWORD), ("password", NEW)]);
    assert_eq!(answer.location(), "/account");
    assert_ne!(here.cookie("session"), before, "a new token");
    assert_eq!(here.get("/account").status, Status::Ok);
    assert_eq!(there.get("/account").status, Status::SeeOther);
    assert_eq!(blog.stranger().sign_in("Bo", PASSWORD).status, Status::Unauthorized);
    assert_eq!(blog.stranger().sign_in("Bo", NEW).status, Status::SeeOther);
}

#[test]
fn who_found_a_browser_open_cannot_guess_the_password_there() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    let guess = || bo.post("/account", &[("current_password", "wrong"), ("password", NEW)]);
    (0..10).for_each(|_| assert_eq!(guess().status, Status::UnprocessableEntity));
    let answer = guess();
    assert!(answer.status == Status::TooManyRequests && !answer.header("Retry-After").is_empty());
}

#[test]
fn ones_sessions_are_listed_and_can_be_ended() {
    let blog = TestBlog::inhabited();
    let here = blog.signed_in("Bo");
    let phone = blog.visitor_from("198.51.100.9:1").sending("User-Agent", "Phone <b>1</b>");
    phone.sign_in("Bo", PASSWORD);
    let page = here.get("/account");
    assert!(
        page.says("Phone &lt;b&gt;1&lt;/b&gt;")
            && page.says("198.51.100.9")
            && page.says("This browser")
    );

    blog.signed_in("Cy");
    assert_eq!(blog.signed_in("Cy").post("/account/sessions/2/end", &[]).status, Status::NotFound);
    assert_eq!(phone.get("/account").status, Status::Ok, "another's session is not theirs to end");
    assert_eq!(here.post("/account/sessions/2/end", &[]).location(), "/account");
    assert_eq!(phone.get("/account").status, Status::SeeOther);

    let third = blog.signed_in("Bo");
    here.post("/account/sessions/end-others", &[]);
    assert_eq!(third.get("/account").status, Status::SeeOther);
    assert_eq!(here.get("/account").status, Status::Ok);
}
