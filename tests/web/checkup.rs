//! What the blog tells the doctor, and nobody else.

use crate::support::TestBlog;
use monograph::blog::{Checkup, Error};
use rocket::http::Status;

fn begin(blog: &TestBlog, at: i64) -> String {
    blog.db().write(|tx| Checkup::begin(tx, at)).unwrap().to_string()
}

#[test]
fn who_holds_the_token_is_told_what_arrives_of_them() {
    let blog = TestBlog::inhabited();
    let path = format!("/checkup?token={}", begin(&blog, monograph::web::now()));
    let answer = blog.stranger().get(&path);
    let seen = answer.json();
    assert_eq!(seen["host"], "blog.example");
    assert_eq!(seen["forwarded"], false);
    assert_eq!(answer.header("Cache-Control"), "private, no-store");
    let again = blog.stranger().sending("X-Forwarded-For", "192.0.2.7").get(&path).json();
    assert_eq!(again["forwarded"], true);
    assert_ne!(again["number"], seen["number"], "another one each time");
    let answer = blog.stranger().post(&path, &[("noise", "0123456789")]);
    assert_eq!(answer.json()["bytes"], "noise=0123456789".len());
}

#[test]
fn nobody_else_finds_anything_there() {
    let blog = TestBlog::inhabited();
    let earlier = begin(&blog, monograph::web::now());
    let old = begin(&blog, monograph::web::now() - 3600);
    for token in ["", "abc", &"0".repeat(64), &earlier, &old] {
        let path = format!("/checkup?token={token}");
        assert_eq!(blog.signed_in("Ada").get(&path).status, Status::NotFound, "{token}");
        assert_eq!(blog.stranger().post(&path, &[]).status, Status::NotFound, "{token}");
    }
    assert_eq!(blog.stranger().get("/checkup").status, Status::NotFound);
    let ended = begin(&blog, monograph::web::now());
    blog.db().write(Checkup::end).unwrap_or_else(|error: Error| panic!("{error}"));
    assert_eq!(blog.stranger().get(&format!("/checkup?token={ended}")).status, Status::NotFound);
}
