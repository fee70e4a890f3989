//! The pictures that stand for posts where somebody shows a link to them.

use crate::support::TestBlog;
use monograph::blog;
use rocket::http::Status;

/// Where the cover of the post at `path` is found, as its page says.
fn cover_of(blog: &TestBlog, path: &str) -> String {
    let page = blog.stranger().get(path).body;
    let at = page.split("property=\"og:image\" content=\"").nth(1).expect("a cover");
    let url = at.split('"').next().unwrap();
    url[url.find("/covers/").unwrap()..].to_owned()
}

fn kept(blog: &TestBlog) -> i64 {
    let count = |conn: &rusqlite::Connection| {
        conn.query_row("SELECT count(*) FROM covers", [], |row| row.get(0))
    };
    blog.db().read(|conn| Ok::<_, blog::Error>(count(conn)?)).unwrap()
}

#[test]
fn a_post_has_a_picture_that_caches_may_keep_for_good() {
    let blog = TestBlog::inhabited();
    blog.signed_in("Ada").write("Hello", "x");
    let path = cover_of(&blog, "/posts/hello");
    let first = blog.stranger().get(&path);
    assert_eq!((first.status, first.header("content-type")), (Status::Ok, "image/png"));
    assert_eq!(first.header("cache-control"), "public, max-age=31536000, immutable");
    let picture = image::load_from_memory(&first.bytes).unwrap();
    assert_eq!((picture.width(), picture.height()), (1200, 630));
    let second = blog.stranger().get(&path);
    assert_eq!((second.bytes == first.bytes, kept(&blog)), (true, 1));
}

#[test]
fn a_new_title_is_a_new_picture_and_the_old_address_leads_there() {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    let id = ada.write("Hello", "x");
    let old = cover_of(&blog, "/posts/hello");
    blog.stranger().get(&old);
    ada.post(&format!("/posts/{id}/edit"), &[("title", "Good-bye"), ("content", "x")]);
    let new = cover_of(&blog, "/posts/hello");
    assert_ne!(old, new);
    let answer = blog.stranger().get(&old);
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, new.as_str()));
    blog.stranger().get(&new);
    assert_eq!(kept(&blog), 1);
}

#[test]
fn nothing_is_drawn_for_an_address_that_somebody_made_up() {
    let blog = TestBlog::inhabited();
    let id = blog.signed_in("Ada").write("Hello", "x");
    for file in ["0123456789abcdef.png", "x", "..%2Fx.png"] {
        let answer = blog.stranger().get(&format!("/covers/{id}/{file}"));
        assert_eq!(answer.status, Status::SeeOther, "{file}");
    }
    for path in ["/covers/x/y.png", "/covers/00000000-0000-4000-8000-000000000000/y.png"] {
        assert_eq!(blog.stranger().get(path).status, Status::NotFound, "{path}");
    }
    assert_eq!(kept(&blog), 0);
}

#[test]
fn what_not_everybody_finds_has_no_picture() {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    let id = ada.write("Hello", "x");
    let path = cover_of(&blog, "/posts/hello");
    blog.stranger().get(&path);
    for visibility in ["private", "unlisted"] {
        let fields = [("title", "Hello"), ("content", "x"), ("visibility", visibility)];
        ada.post(&format!("/posts/{id}/edit"), &fields);
        assert_eq!(blog.stranger().get(&path).status, Status::NotFound, "{visibility}");
        assert!(!ada.get("/posts/hello").says("og:image"), "{visibility}");
    }
}

#[test]
fn a_picture_goes_with_its_post() {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    let id = ada.write("Hello", "x");
    blog.stranger().get(&cover_of(&blog, "/posts/hello"));
    ada.post(&format!("/posts/{id}/delete"), &[]);
    assert_eq!(kept(&blog), 1);
    ada.post("/admin/trash/empty", &[]);
    assert_eq!(kept(&blog), 0);
}
