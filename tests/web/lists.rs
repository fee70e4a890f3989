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
