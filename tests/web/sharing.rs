//! Showing a draft to somebody without an account.

use crate::support::{TestBlog, Visitor};
use rocket::http::Status;

/// Makes a link to the post and returns its path and query.
fn share(visitor: &Visitor<'_>, id: &str) -> String {
    let path = format!("/posts/{id}/share");
    assert_eq!(visitor.post(&path, &[("days", "7")]).status, Status::SeeOther);
    let page = visitor.get(&path);
    let link = page.body.split("/shared?key=").nth(1).unwrap();
    format!("/shared?key={}", &link[..64])
}

#[test]
fn a_link_shows_the_text_as_it_is_at_the_moment() {
    let blog = TestBlog::inhabited();
    let (bo, stranger) = (blog.signed_in("Bo"), blog.stranger());
    let id = bo.write_with("Plan", "First thoughts.", &[("status", "draft")]);
    let link = share(&bo, &id);
    assert!(stranger.get(&link).says("First thoughts."));
    let fields = [("title", "Plan"), ("content", "Second thoughts.")];
    bo.post(&format!("/posts/{id}/working-copy"), &fields);
    assert!(stranger.get(&link).says("Second thoughts."));
    assert_eq!(stranger.get("/posts/plan").status, Status::NotFound);
}

#[test]
fn a_shared_page_is_kept_by_nobody_and_its_address_told_to_nobody() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    let id = bo.write_with("Plan", "Text.", &[("status", "draft")]);
    let link = share(&bo, &id);
    for visitor in [&blog.stranger(), &bo] {
        let page = visitor.get(&link);
        assert_eq!(page.header("Cache-Control"), "private, no-store");
        assert_eq!(page.header("Referrer-Policy"), "no-referrer");
        assert_eq!(page.header("X-Robots-Tag"), "noindex, nofollow");
        assert!(page.header("ETag").is_empty() && !page.says("<form"), "{}", page.body);
    }
}

#[test]
fn a_link_ends_when_it_is_taken_back_or_its_time_is_over() {
    let blog = TestBlog::inhabited();
    let (bo, stranger) = (blog.signed_in("Bo"), blog.stranger());
    let id = bo.write_with("Plan", "Text.", &[("status", "draft")]);
    let (first, second) = (share(&bo, &id), share(&bo, &id));
    assert_eq!(bo.post(&format!("/posts/{id}/share/1/revoke"), &[]).status, Status::SeeOther);
    assert_eq!(stranger.get(&first).status, Status::NotFound);
    assert_eq!(stranger.get(&second).status, Status::Ok);
    let end = "UPDATE shares SET ends_at = ends_at - 7 * 86400";
    blog.db().write(|tx| Ok::<_, monograph::db::Error>(tx.execute(end, [])?)).unwrap();
    assert_eq!(stranger.get(&second).status, Status::NotFound);
    assert!(bo.get(&format!("/posts/{id}/share")).says("Ended "));
}

#[test]
fn a_link_shows_nothing_of_a_post_in_the_trash() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    let id = bo.write_with("Plan", "Text.", &[("status", "draft")]);
    let link = share(&bo, &id);
    bo.post(&format!("/posts/{id}/delete"), &[]);
    assert_eq!(blog.stranger().get(&link).status, Status::NotFound);
}

#[test]
fn nobody_shares_or_takes_back_what_is_not_theirs() {
    let blog = TestBlog::inhabited();
    let (bo, cy) = (blog.signed_in("Bo"), blog.signed_in("Cy"));
    let id = bo.write_with("Plan", "Text.", &[("status", "draft")]);
    let link = share(&bo, &id);
    let own = cy.write("Own", "Text.");
    assert_eq!(cy.post(&format!("/posts/{id}/share"), &[]).status, Status::NotFound);
    for post in [&id, &own] {
        let revoke = format!("/posts/{post}/share/1/revoke");
        assert_eq!(cy.post(&revoke, &[]).status, Status::NotFound);
    }
    assert_eq!(blog.stranger().get(&link).status, Status::Ok);
}

#[test]
fn a_guessed_or_broken_link_is_no_link() {
    let blog = TestBlog::inhabited();
    for key in ["", "?key=", "?key=1", &format!("?key={}", "0".repeat(64))] {
        assert_eq!(blog.stranger().get(&format!("/shared{key}")).status, Status::NotFound, "{key}");
    }
}

#[test]
fn the_number_of_days_has_to_make_sense() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    let id = bo.write("Plan", "Text.");
    for days in ["", "0", "-1", "91", "many"] {
        let answer = bo.post(&format!("/posts/{id}/share"), &[("days", days)]);
        assert_eq!(answer.status, Status::UnprocessableEntity, "{days}");
        assert!(answer.says("Please enter 1 to 90 days."));
    }
}
