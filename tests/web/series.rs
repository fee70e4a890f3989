//! Posts that belong together, in order.

use crate::support::{TestBlog, Visitor};
use rocket::http::Status;

/// Publishes a post as part of a series.
fn part(visitor: &Visitor<'_>, title: &str, more: &[(&str, &str)]) -> String {
    visitor.write_with(title, "x", &[&[("series", "The Journey")], more].concat())
}

/// The titles on the page of the series, in their order.
fn parts<'t>(blog: &TestBlog, titles: &[&'t str]) -> Vec<&'t str> {
    let page = blog.stranger().get("/series/the-journey").body;
    let mut found: Vec<_> =
        titles.iter().filter_map(|title| Some((page.find(title)?, *title))).collect();
    found.sort();
    found.into_iter().map(|(_, title)| title).collect()
}

#[test]
fn the_parts_of_a_series_stand_in_order_and_lead_to_each_other() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    part(&bo, "Home again", &[("series_position", "3")]);
    part(&bo, "Setting out", &[("series_position", "1")]);
    part(&bo, "On the way", &[("series_position", "2")]);
    let all = ["Home again", "Setting out", "On the way"];
    assert_eq!(parts(&blog, &all), ["Setting out", "On the way", "Home again"]);
    let page = blog.stranger().get("/posts/on-the-way");
    assert!(page.says("Part 2 of 3"), "{}", page.body);
    assert!(page.says("rel=\"prev\" href=\"/posts/setting-out\""));
    assert!(page.says("rel=\"next\" href=\"/posts/home-again\""));
}

#[test]
fn a_part_without_a_number_comes_last() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    part(&bo, "Aa", &[]);
    part(&bo, "Bb", &[]);
    assert!(blog.stranger().get("/posts/bb").says("Part 2 of 2"));
}

#[test]
fn what_readers_do_not_find_is_no_part_for_them() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    part(&bo, "Seen", &[]);
    part(&bo, "Draftword", &[("status", "draft")]);
    part(&bo, "Laterword", &[("publish_at", "2999-01-01T00:00")]);
    part(&bo, "Hiddenword", &[("visibility", "unlisted")]);
    part(&bo, "Privateword", &[("visibility", "private")]);
    let trashed = part(&bo, "Trashword", &[]);
    bo.post(&format!("/posts/{trashed}/delete"), &[]);
    let hidden = ["Draftword", "Laterword", "Hiddenword", "Privateword", "Trashword"];
    assert_eq!(parts(&blog, &hidden), [""; 0]);
    let page = blog.stranger().get("/posts/seen");
    assert!(!hidden.iter().any(|title| page.says(title)) && !page.says("of 2"), "{}", page.body);
}

#[test]
fn an_editor_renames_orders_and_deletes_a_series() {
    let blog = TestBlog::inhabited();
    let (bo, ed, stranger) = (blog.signed_in("Bo"), blog.signed_in("Ed"), blog.stranger());
    part(&bo, "First", &[]);
    let second = part(&bo, "Second", &[]);
    let up = [("post", second.as_str()), ("step", "up")];
    assert_eq!(ed.post("/admin/series/the-journey/move", &up).status, Status::SeeOther);
    assert_eq!(parts(&blog, &["First", "Second"]), ["Second", "First"]);
    ed.post("/admin/series/the-journey/rename", &[("name", "The Walk")]);
    let moved = stranger.get("/series/the-journey");
    assert_eq!((moved.status, moved.location()), (Status::MovedPermanently, "/series/the-walk"));
    bo.post(&format!("/posts/{second}/edit"), &[("title", "Second"), ("content", "Changed.")]);
    assert!(stranger.get("/series/the-walk").says("Second"), "its working copy knows the new name");
    ed.post("/admin/series/the-walk/delete", &[]);
    assert_eq!(stranger.get("/series/the-walk").status, Status::NotFound);
    assert!(stranger.get("/posts/second").says("Changed."));
}

#[test]
fn who_goes_on_writing_the_old_name_of_a_series_gets_the_new_one() {
    let blog = TestBlog::inhabited();
    let (bo, ed) = (blog.signed_in("Bo"), blog.signed_in("Ed"));
    part(&bo, "First", &[]);
    ed.post("/admin/series/the-journey/rename", &[("name", "The Walk")]);
    part(&bo, "Second", &[]);
    let page = blog.stranger().get("/posts/second");
    assert!(page.says("<a href=\"/series/the-walk\">The Walk</a> · Part 2 of 2"));
}

#[test]
fn of_two_parts_that_ask_for_one_place_the_later_comes_after() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    part(&bo, "Aa", &[("series_position", "2"), ("publish_at", "2002-02-02T00:00")]);
    part(&bo, "Bb", &[("series_position", "2"), ("publish_at", "2001-01-01T00:00")]);
    part(&bo, "Cc", &[]);
    assert_eq!(parts(&blog, &["Aa", "Bb", "Cc"]), ["Bb", "Aa", "Cc"]);
    for place in ["0", "10000", "x"] {
        let fields = [("title", "x"), ("content", "x"), ("series_position", place)];
        assert!(bo.post("/posts", &fields).says("series_position-problem"), "{place}");
    }
}

#[test]
fn a_name_that_will_not_do_is_refused_beside_its_field() {
    let blog = TestBlog::inhabited();
    let (bo, ed) = (blog.signed_in("Bo"), blog.signed_in("Ed"));
    part(&bo, "First", &[]);
    bo.write_with("Other", "x", &[("series", "Other")]);
    for name in ["", "!!", "other"] {
        let answer = ed.post("/admin/series/the-journey/rename", &[("name", name)]);
        assert_eq!(answer.status, Status::UnprocessableEntity, "{name}");
        assert!(answer.says("id=\"name-problem\""), "{name}");
    }
    let fields = [("title", "x"), ("content", "x"), ("series", "!!")];
    assert!(bo.post("/posts", &fields).says("id=\"series-problem\""));
}
