use crate::support::{PASSWORD, TestBlog};
use rocket::http::Status;

#[test]
fn after_ten_wrong_passwords_an_address_waits_and_the_form_is_kept() {
    let blog = TestBlog::inhabited();
    let visitor = blog.stranger();
    for _ in 0..10 {
        assert_eq!(visitor.sign_in("Ada", "wrong").status, Status::Unauthorized);
    }
    let answer = visitor.sign_in("Ada", PASSWORD);
    assert_eq!(answer.status, Status::TooManyRequests);
    assert!(answer.header("Retry-After").parse::<u64>().unwrap() <= 60);
    assert!(answer.says("value=\"Ada\""));
    blog.visitor_from("198.51.100.7:1").sign_in("Ed", PASSWORD);
}

#[test]
fn a_client_cannot_choose_its_address() {
    let blog = TestBlog::inhabited();
    for n in 0..10 {
        let visitor = blog.stranger().sending("X-Real-IP", format!("198.51.100.{n}"));
        visitor.sending("X-Forwarded-For", format!("198.51.100.{n}")).sign_in("Ada", "wrong");
    }
    let visitor = blog.stranger().sending("X-Real-IP", "203.0.113.1");
    assert_eq!(visitor.sign_in("Ada", PASSWORD).status, Status::TooManyRequests);
}

#[test]
fn a_trusted_proxy_names_the_address() {
    let blog = TestBlog::with(|figment| figment.merge(("ip_header", "X-Real-IP")));
    blog.add_user("Ada", monograph::blog::Role::Owner);
    for _ in 0..11 {
        blog.stranger().sending("X-Real-IP", "198.51.100.1").sign_in("Ada", "wrong");
    }
    let other = blog.stranger().sending("X-Real-IP", "198.51.100.2");
    assert_eq!(other.sign_in("Ada", PASSWORD).status, Status::SeeOther);
}

#[test]
fn guesses_at_one_name_from_many_addresses_are_slowed_and_its_owner_still_gets_in() {
    let blog = TestBlog::inhabited();
    let home = "203.0.113.77:1";
    assert_eq!(blog.visitor_from(home).sign_in("Ada", PASSWORD).status, Status::SeeOther);
    let guess =
        |n: u8| blog.visitor_from(&format!("198.51.100.{n}:1")).sign_in("Ada", "wrong").status;
    let slowed = (0..100).map(guess).filter(|status| *status == Status::TooManyRequests).count();
    assert!(slowed >= 75, "only {slowed} of 100 were slowed");
    assert_eq!(blog.visitor_from(home).sign_in("Ada", PASSWORD).status, Status::SeeOther);
}

#[test]
fn right_passwords_are_never_slowed() {
    let blog = TestBlog::inhabited();
    for _ in 0..30 {
        assert_eq!(blog.stranger().sign_in("Ada", PASSWORD).status, Status::SeeOther);
    }
}

#[test]
fn making_accounts_and_recovering_them_is_slowed_too() {
    let blog = TestBlog::inhabited();
    let visitor = blog.stranger();
    let register = |_| visitor.post("/users/register", &[("username", "x")]).status;
    assert!((0..31).map(register).any(|status| status == Status::TooManyRequests));
    let answer = visitor.post("/users/register", &[("username", "Kept")]);
    assert!(answer.says("value=\"Kept\"") && !answer.header("Retry-After").is_empty());
    let recover = |_| visitor.post("/auth/recover", &[("token", &"0".repeat(64))]).status;
    assert!((0..11).map(recover).any(|status| status == Status::TooManyRequests));
}
