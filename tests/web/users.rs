use crate::support::{PASSWORD, TestBlog};
use rocket::http::Status;

const FORM: [(&str, &str); 2] = [("username", "Ada"), ("password", PASSWORD)];

#[test]
fn the_first_account_is_made_from_this_machine_without_asking_and_owns_the_blog() {
    let blog = TestBlog::new();
    let local = blog.visitor_from("127.0.0.1:5000");
    assert_eq!(local.get("/users/register").status, Status::Ok);
    let answer = local.post("/users/register", &FORM);
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/auth/login"));
    assert!(local.get("/auth/login").says("Your account is ready"));
    assert_eq!(blog.signed_in("ada").get("/admin/settings").status, Status::Ok);
}

#[test]
fn from_elsewhere_the_first_account_needs_the_claim_link() {
    let blog = TestBlog::new();
    let stranger = blog.stranger();
    assert_eq!(stranger.get("/users/register").status, Status::Forbidden);
    assert_eq!(stranger.post("/users/register", &FORM).status, Status::Forbidden);
    let guess = format!("/users/register?claim={}", "0".repeat(64));
    assert_eq!(stranger.get(&guess).status, Status::Forbidden);

    let page = stranger.get(&format!("/users/register?claim={}", blog.claim));
    assert_eq!(page.status, Status::Ok);
    assert!(page.says(&blog.claim), "the form carries the claim on");
    let form = [&FORM[..], &[("claim", blog.claim.as_str())]].concat();
    assert_eq!(stranger.post("/users/register", &form).location(), "/auth/login");
    assert_eq!(stranger.post("/users/register", &form).status, Status::Forbidden);
}

#[test]
fn a_proxy_on_this_machine_is_not_taken_for_the_owner() {
    let blog = TestBlog::new();
    for header in
        ["Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Real-IP", "x-forwarded-server"]
    {
        let proxied = blog.visitor_from("127.0.0.1:5000").sending(header, "192.0.2.9");
        assert_eq!(proxied.get("/users/register").status, Status::Forbidden, "{header}");
    }
}

#[test]
fn a_site_whose_name_leads_to_this_machine_cannot_claim_the_blog() {
    let blog = TestBlog::new();
    let rebound =
        blog.visitor_from("127.0.0.1:5000").by_name().sending("Sec-Fetch-Site", "same-origin");
    assert_eq!(rebound.get("/users/register").status, Status::Forbidden);
    assert_eq!(rebound.post("/users/register", &FORM).status, Status::Forbidden);
}

#[test]
fn of_twenty_simultaneous_first_registrations_one_becomes_the_owner() {
    let blog = TestBlog::new();
    let statuses: Vec<_> = std::thread::scope(|scope| {
        let blog = &blog;
        let register = |n: usize| {
            let name = format!("user{n}");
            let form = [("username", name.as_str()), ("password", PASSWORD)];
            blog.visitor_from("127.0.0.1:5000").post("/users/register", &form).status
        };
        let threads: Vec<_> = (0..20).map(|n| scope.spawn(move || register(n))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let welcome = statuses.iter().filter(|status| **status == Status::SeeOther).count();
    let refused = statuses.iter().filter(|status| **status == Status::Forbidden).count();
    assert_eq!((welcome, refused), (1, 19), "{statuses:?}");
    let owners = blog.db().read(monograph::blog::User::all).unwrap();
    assert_eq!(owners.len(), 1);
}

#[test]
fn once_there_is_an_owner_the_setting_decides() {
    let blog = TestBlog::inhabited();
    let (owner, newcomer) = (blog.signed_in("Ada"), blog.stranger());
    let form = [("username", "Nina"), ("password", PASSWORD)];
    for (registration, status) in
        [("closed", Status::Forbidden), ("invite", Status::Forbidden), ("open", Status::SeeOther)]
    {
        owner.post("/admin/settings", &[("registration", registration)]);
        assert_eq!(newcomer.post("/users/register", &form).status, status, "{registration}");
        let offered = newcomer.get("/posts").says("href=\"/users/register\"");
        assert_eq!(offered, registration == "open", "{registration}");
    }
    assert_eq!(blog.signed_in("nina").get("/admin/settings").status, Status::Forbidden);
}

#[test]
fn a_name_that_is_taken_in_another_spelling_is_a_conflict_beside_the_field() {
    let blog = TestBlog::inhabited();
    blog.signed_in("Ada").post("/admin/settings", &[("registration", "open")]);
    let answer =
        blog.stranger().post("/users/register", &[("username", "ADA"), ("password", PASSWORD)]);
    assert_eq!(answer.status, Status::Conflict);
    assert!(answer.says("id=\"username-problem\">This name is taken"));
    assert!(answer.says("value=\"ADA\""), "what was typed is still there");
    assert!(!answer.says(PASSWORD), "a password is never sent back");
}

#[test]
fn what_will_not_do_is_said_beside_its_field() {
    let blog = TestBlog::new();
    let local = blog.visitor_from("127.0.0.1:5000");
    let answer = local.post("/users/register", &[("username", "no spaces"), ("password", "short")]);
    assert_eq!(answer.status, Status::UnprocessableEntity);
    assert!(answer.says("id=\"username-problem\">A user name is made of"));
    assert!(answer.says("id=\"password-problem\">A password has at least 8"));
    let answer = local.post("/users/register", &[]);
    assert_eq!(answer.status, Status::UnprocessableEntity);
}

#[test]
fn a_field_nobody_asked_for_changes_nothing() {
    let blog = TestBlog::inhabited();
    blog.signed_in("Ada").post("/admin/settings", &[("registration", "open")]);
    let form = [("username", "Mallory"), ("password", PASSWORD), ("role", "owner"), ("id", "1")];
    assert_eq!(blog.stranger().post("/users/register", &form).status, Status::SeeOther);
    assert_eq!(blog.signed_in("Mallory").get("/admin/accounts").status, Status::Forbidden);
}
