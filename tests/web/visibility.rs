//! What is not for everybody leaks to nobody.

use crate::support::TestBlog;
use rocket::http::Status;

/// Posts that no stranger finds, each with the word that would give it away.
const HIDDEN: [(&str, &[(&str, &str)]); 3] = [
    ("Draftword", &[("status", "draft")]),
    ("Laterword", &[("status", "scheduled"), ("publish_at", "2999-01-01T00:00")]),
    ("Privateword", &[("visibility", "private")]),
];

#[test]
fn drafts_scheduled_and_private_posts_are_found_nowhere() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    let stranger = blog.stranger();
    let nothing = stranger.get("/posts/nothing-at-all");
    for (title, fields) in HIDDEN {
        let id = bo.write_with(title, title, fields);
        let slug = title.to_lowercase();
        for path in [format!("/posts/{slug}"), format!("/posts/{id}"), format!("/posts/{slug}.md")]
        {
            let answer = stranger.get(&path);
            assert_eq!((answer.status, &answer.body), (Status::NotFound, &nothing.body), "{path}");
        }
        for path in ["/posts", "/posts?page=1", "/robots.txt"] {
            assert!(!stranger.get(path).says(title), "{title} on {path}");
        }
        assert_eq!(bo.get(&format!("/posts/{slug}")).status, Status::Ok, "its author sees it");
    }
}

#[test]
fn a_private_post_is_for_who_is_signed_in_and_an_unlisted_one_for_who_has_the_address() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    bo.write_with("Private", "x", &[("visibility", "private")]);
    bo.write_with("Unlisted", "x", &[("visibility", "unlisted")]);
    assert_eq!(blog.signed_in("Cy").get("/posts/private").status, Status::Ok);
    let page = blog.stranger().get("/posts/unlisted");
    assert!(page.status == Status::Ok && page.says("noindex"));
    for name in ["Bo", "Cy"] {
        let list = blog.signed_in(name).get("/posts");
        assert!(!list.says("Unlisted") && !list.says("Private"), "{name}");
    }
}

#[test]
fn a_scheduled_post_appears_when_its_time_has_come() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    bo.write_with("Soon", "x", &[("status", "scheduled"), ("publish_at", "2999-01-01T00:00")]);
    assert!(bo.get("/admin?show=scheduled").says("Soon"));
    let sql = "UPDATE posts SET published_at = unixepoch() - 1";
    blog.db().write(|tx| Ok::<_, monograph::db::Error>(tx.execute(sql, [])?)).unwrap();
    assert!(blog.stranger().get("/posts").says("Soon"));
    assert_eq!(blog.stranger().get("/posts/soon").status, Status::Ok);
}

#[test]
fn a_date_is_meant_in_the_zone_of_the_site() {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    ada.post("/admin/settings", &[("timezone", "Asia/Tokyo")]);
    let id = ada.write_with("Back then", "x", &[("publish_at", "2020-02-29T00:30")]);
    let page = ada.get("/posts/back-then");
    assert!(page.says("datetime=\"2020-02-29T00:30:00+09:00\">29 February 2020</time>"));
    assert!(ada.get(&format!("/posts/{id}/edit")).says("value=\"2020-02-29T00:30\""));
    let answer = ada.post("/posts", &[("title", "x"), ("content", "x"), ("status", "scheduled")]);
    assert!(answer.says("id=\"publish_at-problem\""));
}

#[test]
fn withdrawing_a_post_makes_it_a_draft_again_that_keeps_its_date() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    let id = bo.write_with("Too early", "x", &[("publish_at", "2015-05-05T10:00")]);
    let edit = format!("/posts/{id}/edit");
    let save = |status: &str| {
        let fields = [("title", "Too early"), ("content", "x"), ("status", status)];
        bo.post(&edit, &[&fields[..], &[("publish_at", "2015-05-05T10:00")]].concat())
    };
    assert_eq!(save("draft").location(), edit);
    assert_eq!(blog.stranger().get("/posts/too-early").status, Status::NotFound);
    assert!(bo.get(&edit).says("value=\"2015-05-05T10:00\""));
    save("published");
    assert!(blog.stranger().get("/posts/too-early").says("5 May 2015"));
}

#[test]
fn a_time_that_has_passed_is_told_to_be_past() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    let late = [("status", "scheduled"), ("publish_at", "2020-01-01T00:00")];
    bo.write_with("Late", "x", &late);
    assert!(bo.get("/posts").says("The time you chose has passed, so your post is out at once."));
    bo.write_with("Later", "x", &[&late[..], &[("visibility", "unlisted")]].concat());
    assert!(bo.get("/posts").says("so your post is out at once. It is unlisted."));
    bo.write_with("Then", "x", &[("publish_at", "2020-01-01T00:00")]);
    assert!(bo.get("/posts").says("Your post is out."));
}

#[test]
fn that_anothers_post_is_scheduled_is_not_told() {
    let blog = TestBlog::inhabited();
    let fields = [("status", "scheduled"), ("publish_at", "2999-01-01T00:00")];
    let id = blog.signed_in("Bo").write_with("Later", "x", &fields);
    assert_eq!(blog.signed_in("Cy").get(&format!("/posts/{id}/edit")).status, Status::NotFound);
}
