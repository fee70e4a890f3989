//! What a post was, and going back to it.

use crate::support::{TestBlog, Visitor};
use rocket::http::Status;

/// Publishes `content` as the text of the post.
fn publish(visitor: &Visitor<'_>, id: &str, title: &str, content: &str) {
    let fields = [("title", title), ("content", content), ("status", "published")];
    let answer = visitor.post(&format!("/posts/{id}/edit"), &fields);
    assert_eq!(answer.status, Status::SeeOther, "{}", answer.body);
}

/// Saves `content` without publishing it, and returns the number of the version.
fn keep(visitor: &Visitor<'_>, id: &str, content: &str) -> i64 {
    let visitor = visitor.program();
    let fields = [("title", "Diary"), ("content", content)];
    let answer = visitor.post(&format!("/posts/{id}/working-copy"), &fields);
    assert_eq!(answer.status, Status::Ok, "{}", answer.body);
    answer.json()["version"].as_i64().unwrap()
}

#[test]
fn every_publish_is_a_version() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    let id = bo.write("Diary", "It was raining.");
    publish(&bo, &id, "Diary", "It was snowing.");
    let list = bo.get(&format!("/posts/{id}/history"));
    assert!(list.says(">Version 2<") && list.says(">Version 1<"), "{}", list.body);
    assert!(list.says("What readers see"));
    let second = bo.get(&format!("/posts/{id}/history/2"));
    assert!(
        second.says("<del>") && second.says("raining") && second.says("<ins>"),
        "{}",
        second.body
    );
}

#[test]
fn what_is_saved_within_ten_minutes_is_one_version_and_each_save_can_be_gone_back_to() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    let id = bo.write("Diary", "Published.");
    let saves: Vec<_> =
        ["One.", "One. Two.", "Two."].map(|text| (keep(&bo, &id, text), text)).into();
    let list = bo.get(&format!("/posts/{id}/history"));
    assert!(list.says("3 saves") && list.body.matches("name=\"to\"").count() == 2, "{}", list.body);
    for (number, text) in saves {
        let page = bo.get(&format!("/posts/{id}/history/{number}"));
        assert!(page.says(&format!(">\n{text}</textarea>")), "{number}: {}", page.body);
    }
}

#[test]
fn going_back_to_what_readers_saw_puts_it_before_them_again() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    let id = bo.write("Diary", "It was raining.");
    publish(&bo, &id, "Journal", "It was snowing.");
    let answer = bo.post(&format!("/posts/{id}/history/1/restore"), &[]);
    assert_eq!(
        (answer.status, answer.location()),
        (Status::SeeOther, &*format!("/posts/{id}/edit"))
    );
    let page = blog.stranger().get("/posts/diary");
    assert!(
        page.says("It was raining.") && page.says("<h1 class=\"post__title p-name\">Diary</h1>")
    );
    let list = bo.get(&format!("/posts/{id}/history"));
    assert!(list.says(">Version 3<") && list.says("version 1 again"), "{}", list.body);
    assert!(bo.get(&format!("/posts/{id}/history/2")).says("It was snowing."), "nothing is lost");
}

#[test]
fn going_back_to_what_was_never_out_shows_readers_nothing() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    let id = bo.write("Diary", "Published.");
    let secret = keep(&bo, &id, "A secret thought.");
    publish(&bo, &id, "Diary", "Published again.");
    let restore = format!("/posts/{id}/history/{secret}/restore");
    assert_eq!(bo.post(&restore, &[]).status, Status::SeeOther);
    assert!(blog.stranger().get("/posts/diary").says("Published again."));
    assert!(bo.get(&format!("/posts/{id}/edit")).says("A secret thought."));
}

#[test]
fn all_that_belongs_to_a_version_comes_back_with_it() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    let more = [("tags", "Rain, Weather"), ("summary", "Wet."), ("slug", "rain")];
    let id = bo.write_with("Diary", "x", &more);
    let edit = format!("/posts/{id}/edit");
    let other = [
        ("title", "D"),
        ("content", "x"),
        ("tags", ""),
        ("summary", ""),
        ("slug", "snow"),
        ("visibility", "unlisted"),
    ];
    assert_eq!(bo.post(&edit, &other).status, Status::SeeOther);
    bo.post(&format!("/posts/{id}/history/1/restore"), &[]);
    let page = blog.stranger().get("/posts/rain");
    assert!(page.says("Weather") && page.says("content=\"Wet.\""), "{}", page.body);
    assert!(blog.stranger().get("/posts").says("Diary"), "it is public again");
    assert_eq!(blog.stranger().get("/posts/snow").location(), "/posts/rain");
}

#[test]
fn any_two_versions_can_be_compared() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    let id = bo.write("Diary", "One.");
    publish(&bo, &id, "Diary", "Two.");
    publish(&bo, &id, "Diary", "Three.");
    let chosen = bo.get(&format!("/posts/{id}/history?from=1&to=3"));
    assert_eq!(chosen.location(), format!("/posts/{id}/history/3?against=1"));
    let page = bo.get(chosen.location());
    assert!(page.says("One") && page.says("Three") && !page.says("Two"), "{}", page.body);
}

#[test]
fn the_past_of_a_post_is_nobodys_but_who_may_change_it() {
    let blog = TestBlog::inhabited();
    let (bo, cy, ed) = (blog.signed_in("Bo"), blog.signed_in("Cy"), blog.signed_in("Ed"));
    let id = bo.write_with("Draft", "Mine.", &[("status", "draft")]);
    for path in ["history", "history/1", "share", "conflicts/1"] {
        let path = format!("/posts/{id}/{path}");
        assert_eq!(cy.get(&path).status, Status::NotFound, "{path}");
    }
    assert_eq!(cy.post(&format!("/posts/{id}/history/1/restore"), &[]).status, Status::NotFound);
    assert_eq!(ed.get(&format!("/posts/{id}/history/1")).status, Status::Ok);
    let other = bo.write_with("Other", "Text.", &[("status", "draft")]);
    assert_eq!(ed.get(&format!("/posts/{other}/history/2")).status, Status::NotFound);
}

#[test]
fn an_address_that_another_post_has_by_now_is_not_taken_back() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    let id = bo.write("Rain", "First.");
    let edit = format!("/posts/{id}/edit");
    bo.post(&edit, &[("title", "Rain"), ("content", "Second."), ("slug", "snow")]);
    // The address leads to the post as long as no other has it, so only the file itself can be so old.
    let move_away = "DELETE FROM redirects";
    blog.db().write(|tx| Ok::<_, monograph::db::Error>(tx.execute(move_away, [])?)).unwrap();
    bo.write("Rain", "Another.");
    let answer = bo.post(&format!("/posts/{id}/history/1/restore"), &[]);
    assert_eq!(answer.status, Status::SeeOther, "{}", answer.body);
    assert!(blog.stranger().get("/posts/snow").says("First."));
    assert!(blog.stranger().get("/posts/rain").says("Another."));
}
