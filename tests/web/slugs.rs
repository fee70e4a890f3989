use crate::support::TestBlog;
use rocket::http::{Method, Status};

#[test]
fn twenty_simultaneous_posts_with_one_title_make_twenty_posts() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    let cookie = bo.cookie("session").unwrap();
    std::thread::scope(|scope| {
        let (blog, cookie) = (&blog, &cookie);
        for _ in 0..20 {
            scope.spawn(move || {
                let visitor = blog.stranger();
                visitor.set_cookie("session", cookie);
                let answer = visitor.post("/posts", &[("title", "Same"), ("content", "x")]);
                assert_eq!(answer.status, Status::SeeOther);
            });
        }
    });
    assert_eq!(bo.get("/posts/same").status, Status::Ok);
    for n in 2..=20 {
        assert_eq!(bo.get(&format!("/posts/same-{n}")).status, Status::Ok, "{n}");
    }
    assert_eq!(bo.get("/posts/same-21").status, Status::NotFound);
}

#[test]
fn titles_in_every_script_have_an_address() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    for (title, slug) in [
        ("Über Größe", "uber-grosse"),
        ("Привет, мир", "%D0%BF%D1%80%D0%B8%D0%B2%D0%B5%D1%82-%D0%BC%D0%B8%D1%80"),
        ("日本語", "%E6%97%A5%E6%9C%AC%E8%AA%9E"),
        ("🎉🎉", "post"),
    ] {
        let id = bo.write(title, "Text.");
        let moved = bo.get(&format!("/posts/{id}"));
        assert_eq!(moved.status, Status::MovedPermanently);
        assert_eq!(moved.location(), format!("/posts/{slug}"));
        assert!(bo.get(moved.location()).says(title));
        assert!(bo.get("/posts").says(&format!("/posts/{slug}\"")), "{title}");
    }
}

#[test]
fn an_old_address_leads_to_the_new_one() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    let edit = format!("/posts/{}/edit", bo.write("First name", "x"));
    for slug in ["second", "third"] {
        let answer = bo.post(&edit, &[("title", "First name"), ("content", "x"), ("slug", slug)]);
        assert_eq!(answer.location(), format!("/posts/{slug}"));
    }
    for old in ["first-name", "second"] {
        let moved = blog.stranger().get(&format!("/posts/{old}"));
        assert_eq!((moved.status, moved.location()), (Status::MovedPermanently, "/posts/third"));
    }
    let back = bo.post(&edit, &[("title", "First name"), ("content", "x"), ("slug", "first-name")]);
    assert_eq!(back.location(), "/posts/first-name");
    assert_eq!(bo.get("/posts/first-name").status, Status::Ok);
    assert_eq!(bo.get("/posts/third").location(), "/posts/first-name");
}

#[test]
fn an_address_that_is_taken_is_refused_beside_its_field() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    bo.write("One", "x");
    let edit = format!("/posts/{}/edit", bo.write("Two", "x"));
    for path in ["/posts", edit.as_str()] {
        let answer = bo.post(path, &[("title", "Kept"), ("content", "x"), ("slug", "One")]);
        assert_eq!(answer.status, Status::UnprocessableEntity);
        assert!(
            answer.says("id=\"slug-problem\">Another post has this address") && answer.says("Kept")
        );
    }
}

#[test]
fn an_address_that_led_to_a_post_once_is_not_given_to_another() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    let edit = format!("/posts/{}/edit", bo.write("Moved", "x"));
    bo.post(&edit, &[("title", "Moved"), ("content", "x"), ("slug", "elsewhere")]);
    bo.write("Moved", "Another.");
    assert_eq!(bo.get("/posts/moved").location(), "/posts/elsewhere");
    assert!(bo.get("/posts/moved-2").says("Another."));
}

#[test]
fn an_address_cannot_lead_out_of_the_blog() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    let edit = format!("/posts/{}/edit", bo.write("Start", "x"));
    for (wish, slug) in
        [("//evil.example", "evil-example"), ("\\evil\r\nSet-Cookie: a", "evil-set-cookie-a")]
    {
        let answer = bo.post(&edit, &[("title", "Start"), ("content", "x"), ("slug", wish)]);
        assert_eq!(answer.location(), format!("/posts/{slug}"));
    }
}

#[test]
fn a_post_cannot_take_the_address_of_a_page() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    bo.write("New", "Readable.");
    assert!(blog.stranger().get("/posts/new-2").says("Readable."));
    let answer = bo.post("/posts", &[("title", "x"), ("content", ""), ("slug", "new")]);
    assert_eq!(answer.status, Status::UnprocessableEntity);
    let pages = blog.rocket().routes().filter(|route| route.method == Method::Get);
    let segments = pages.filter_map(|route| route.uri.path().strip_prefix("/posts/"));
    let fixed: Vec<_> = segments.filter(|path| !path.contains(['<', '/'])).collect();
    assert_eq!(fixed, monograph::blog::post::RESERVED);
}
