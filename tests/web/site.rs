use crate::support::TestBlog;
use rocket::http::Status;

#[test]
fn the_front_door_leads_to_the_posts() {
    let blog = TestBlog::new();
    let answer = blog.stranger().get("/");
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/posts"));
    assert!(blog.stranger().get("/posts").says("Nothing is published here yet."));
}

#[test]
fn the_header_offers_what_the_visitor_can_do() {
    let blog = TestBlog::new();
    let offers = |visitor: &crate::support::Visitor<'_>| {
        let page = visitor.get("/posts").body;
        ["New Post", "Register", "Login", "Dashboard", "Log out"]
            .map(|text| page.contains(&format!(">{text}<")))
    };
    assert_eq!(offers(&blog.stranger()), [true, true, true, false, false]);
    blog.add_user("Ada", monograph::blog::Role::Owner);
    assert_eq!(offers(&blog.stranger()), [true, false, true, false, false]);
    assert_eq!(offers(&blog.signed_in("Ada")), [true, false, false, true, true]);
}

#[test]
fn the_blog_says_whether_it_is_well() {
    let blog = TestBlog::new();
    let answer = blog.stranger().get("/healthz");
    assert_eq!((answer.status, answer.body.as_str()), (Status::Ok, "ok"));
    let sql = "ALTER TABLE users RENAME TO lost";
    blog.db().write(|tx| Ok::<_, monograph::db::Error>(tx.execute(sql, [])?)).unwrap();
    assert_eq!(blog.stranger().get("/healthz").status, Status::ServiceUnavailable);
}

#[test]
fn a_head_request_is_answered_like_a_get_without_the_body() {
    let blog = TestBlog::inhabited();
    let (get, head) = (blog.stranger().get("/posts"), blog.stranger().head("/posts"));
    assert_eq!((head.status, head.body.as_str()), (Status::Ok, ""));
    assert_eq!(head.header("ETag"), get.header("ETag"));
}

#[test]
fn crawlers_for_training_are_told_what_the_owner_chose() {
    let blog = TestBlog::inhabited();
    assert!(!blog.stranger().get("/robots.txt").says("GPTBot"));
    blog.signed_in("Ada").post("/admin/settings", &[("ai_crawlers", "disallow")]);
    assert!(blog.stranger().get("/robots.txt").says("User-agent: GPTBot"));
}
