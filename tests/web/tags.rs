//! What posts have in common.

use crate::support::TestBlog;
use rocket::http::Status;

#[test]
fn a_tag_has_a_page_with_its_posts() {
    let blog = TestBlog::inhabited();
    let (bo, stranger) = (blog.signed_in("Bo"), blog.stranger());
    bo.write_with("Raining", "x", &[("tags", "Weather, C++")]);
    bo.write_with("Draftword", "x", &[("tags", "Weather"), ("status", "draft")]);
    bo.write_with("Hiddenword", "x", &[("tags", "Weather, Secret"), ("visibility", "unlisted")]);
    bo.write_with("Laterword", "x", &[("tags", "Weather"), ("publish_at", "2999-01-01T00:00")]);
    assert!(stranger.get("/posts/raining").says("href=\"/tags/c-plus-plus\""));
    let page = stranger.get("/tags/weather");
    assert!(page.says("Raining"));
    assert!(!["Draftword", "Hiddenword", "Laterword"].iter().any(|title| page.says(title)));
    let all = stranger.get("/tags");
    assert!(all.says("Weather <span class=\"count\">1</span>"), "{}", all.body);
    assert!(!all.says("Secret"), "a tag of hidden posts alone is hidden");
    assert_eq!(stranger.get("/tags/secret").status, stranger.get("/tags/unknown").status);
}

#[test]
fn a_renamed_tag_stays_renamed_when_an_old_working_copy_is_published() {
    let blog = TestBlog::inhabited();
    let (bo, ed, stranger) = (blog.signed_in("Bo"), blog.signed_in("Ed"), blog.stranger());
    let id = bo.write_with("Raining", "x", &[("tags", "Wether, Sea")]);
    let answer = ed.post("/admin/tags/wether/rename", &[("name", "Weather")]);
    assert_eq!(answer.status, Status::SeeOther, "{}", answer.body);
    assert_eq!(stranger.get("/tags/wether").location(), "/tags/weather");
    bo.post(&format!("/posts/{id}/edit"), &[("title", "Raining"), ("content", "Changed.")]);
    let page = stranger.get("/posts/raining");
    assert!(page.says("Changed.") && page.says("/tags/weather") && !page.says("Wether"));
    assert!(bo.get(&format!("/posts/{id}/edit")).says("value=\"Weather, Sea\""));
}

#[test]
fn who_goes_on_writing_the_old_name_gets_the_new_one() {
    let blog = TestBlog::inhabited();
    let (bo, ed, stranger) = (blog.signed_in("Bo"), blog.signed_in("Ed"), blog.stranger());
    bo.write_with("Raining", "x", &[("tags", "Wether, Sea")]);
    ed.post("/admin/tags/wether/rename", &[("name", "Weather")]);
    let id = bo.write_with("Pouring", "x", &[("tags", "Sea, wether, Weather")]);
    assert!(stranger.get("/tags/weather").says("Pouring"));
    assert_eq!(stranger.get("/tags/wether").status, Status::MovedPermanently);
    assert!(bo.get(&format!("/posts/{id}/edit")).says("value=\"Sea, Weather\""));
    ed.post("/admin/tags/sea/rename", &[("name", "Wether")]);
    assert!(stranger.get("/tags/wether").says("Pouring"), "an editor can give the name again");
    assert_eq!(stranger.get("/tags/sea").location(), "/tags/wether");
}

#[test]
fn the_posts_of_a_tag_have_pages() {
    let blog = TestBlog::inhabited();
    let (bo, stranger) = (blog.signed_in("Bo"), blog.stranger());
    (1..=12).for_each(|n| drop(bo.write_with(&format!("Number {n}!"), "x", &[("tags", "Sea")])));
    let first = stranger.get("/tags/sea");
    assert!(first.says("Number 12!") && !first.says("Number 2!"));
    let older = first.body.split("rel=\"next\" href=\"").nth(1).unwrap();
    let second = stranger.get(older.split('"').next().unwrap());
    assert!(second.says("Number 2!") && second.says("Number 1!") && !second.says("Number 3!"));
    assert_eq!(stranger.get("/tags/sea?page=3").status, Status::NotFound);
}

#[test]
fn an_editor_finds_a_tag_by_a_part_of_its_name() {
    let blog = TestBlog::inhabited();
    let ed = blog.signed_in("Ed");
    ed.write_with("Raining", "x", &[("tags", "C++, Übersee")]);
    let found = |q: &str| {
        let page = ed.get(&format!("/admin/tags?q={}", crate::support::encode(q)));
        [page.says(">C++</a>"), page.says(">Übersee</a>")]
    };
    assert_eq!(found(""), [true, true]);
    assert_eq!(found("SEE"), [false, true]);
    assert_eq!(found("C+"), [true, false]);
    assert_eq!(found("?"), [false, false]);
    assert!(ed.get("/admin/tags/ubersee").says("1 post has this tag."));
}

#[test]
fn two_tags_become_one() {
    let blog = TestBlog::inhabited();
    let (bo, ed, stranger) = (blog.signed_in("Bo"), blog.signed_in("Ed"), blog.stranger());
    bo.write_with("Raining", "x", &[("tags", "Rain, Weather")]);
    bo.write_with("Pouring", "x", &[("tags", "Rain")]);
    let answer = ed.post("/admin/tags/rain/merge", &[("into", "Weather")]);
    assert_eq!(answer.status, Status::SeeOther, "{}", answer.body);
    let page = stranger.get("/tags/weather");
    assert!(page.says("Raining") && page.says("Pouring"));
    assert_eq!(stranger.get("/tags/rain").location(), "/tags/weather");
    assert_eq!(stranger.get("/posts/raining").body.matches("/tags/weather").count(), 1);
}

#[test]
fn a_deleted_tag_leaves_its_posts() {
    let blog = TestBlog::inhabited();
    let (bo, ed, stranger) = (blog.signed_in("Bo"), blog.signed_in("Ed"), blog.stranger());
    let id = bo.write_with("Raining", "x", &[("tags", "Rain, Sea")]);
    ed.post("/admin/tags/rain/delete", &[]);
    bo.post(&format!("/posts/{id}/edit"), &[("title", "Raining"), ("content", "Changed.")]);
    let page = stranger.get("/posts/raining");
    assert!(page.says("Changed.") && page.says("/tags/sea") && !page.says("/tags/rain\""));
    assert_eq!(stranger.get("/tags/rain").status, Status::NotFound);
}

#[test]
fn a_name_that_will_not_do_is_refused_beside_its_field() {
    let blog = TestBlog::inhabited();
    let ed = blog.signed_in("Ed");
    ed.write_with("Raining", "x", &[("tags", "Rain, Sea")]);
    for (path, field, value) in [
        ("rename", "name", ""),
        ("rename", "name", "!!"),
        ("rename", "name", "Sea"),
        ("merge", "into", "Unknown"),
        ("merge", "into", "Rain"),
    ] {
        let answer = ed.post(&format!("/admin/tags/rain/{path}"), &[(field, value)]);
        assert_eq!(answer.status, Status::UnprocessableEntity, "{path} {value}");
        assert!(answer.says(&format!("id=\"{field}-problem\"")), "{path} {value}");
    }
}
