use crate::support::TestBlog;
use rocket::http::Status;

#[test]
fn ten_posts_make_a_page_and_links_lead_through_all_of_them_and_back() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    (1..=25).for_each(|n| drop(bo.write(&format!("Post number {n}."), "")));
    let titles = |page: &crate::support::Answer| -> Vec<String> {
        let parts = page.body.split("Post number ").skip(1);
        parts.map(|part| part.split('.').next().unwrap().to_owned()).collect()
    };
    let link = |page: &crate::support::Answer, rel: &str| {
        let rest = page.body.split(&format!("rel=\"{rel}\" href=\"")).nth(1)?;
        Some(rest.split('"').next()?.to_owned())
    };
    let first = bo.get("/posts");
    let second = bo.get(&link(&first, "next").unwrap());
    let third = bo.get(&link(&second, "next").unwrap());
    assert_eq!((titles(&first).len(), titles(&second).len(), titles(&third).len()), (10, 10, 5));
    assert_eq!(titles(&first)[0], "25");
    assert_eq!(titles(&third)[4], "1");
    assert_eq!((link(&first, "prev"), link(&third, "next")), (None, None));
    assert_eq!(titles(&bo.get(&link(&third, "prev").unwrap())), titles(&second));
    assert_eq!(titles(&bo.get(&link(&second, "prev").unwrap())), titles(&first));
    assert_eq!(titles(&bo.get("/posts?page=2")), titles(&second));
    assert_eq!(titles(&bo.get("/posts?page=3")), titles(&third));
    assert_eq!(bo.get("/posts?page=4").status, Status::NotFound);
}

#[test]
fn lists_and_feeds_of_another_program_lead_to_those_here() {
    let blog = TestBlog::inhabited();
    let (bo, stranger) = (blog.signed_in("Bo"), blog.stranger());
    let told = [("tags", "Weather"), ("status", "published"), ("publish_at", "2019-09-25T12:00")];
    bo.write_with("Raining", "x", &told);
    bo.write_with("Draftword", "x", &[("tags", "Secret"), ("status", "draft")]);
    for (old, new) in [
        ("/feed/", "/rss.xml"),
        ("/feed/atom/", "/feed.xml"),
        ("/blog/index.xml", "/rss.xml"),
        ("/posts/index.xml", "/rss.xml"),
        ("/page/2/", "/posts"),
        ("/category/life/weather/", "/tags/weather"),
        ("/tag/weather/feed/", "/tags/weather/rss.xml"),
        ("/author/bo/", "/authors/Bo"),
        ("/2019/09/25/", "/archive/2019/9"),
        ("/2019/", "/archive/2019"),
    ] {
        let answer = stranger.get(old);
        let led = (answer.status, answer.location());
        assert_eq!(led, (Status::MovedPermanently, new), "{old}");
        assert_eq!(stranger.get(new).status, Status::Ok, "{new}");
    }
    for nothing in [
        "/category/secret/",
        "/tag/unknown/",
        "/author/ada/",
        "/2018/",
        "/feed/x/",
        "/2019/09/hello/",
        "/uploads/2019/09/x.jpg",
        "/posts/no",
    ] {
        assert_eq!(stranger.get(nothing).status, Status::NotFound, "{nothing}");
    }
}
