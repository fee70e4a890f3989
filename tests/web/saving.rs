//! Keeping a text apart from what readers see, and two people at once.

use crate::support::{Answer, TestBlog, Visitor};
use rocket::http::Status;

const UNSENT: &str = "00000000-0000-4000-8000-00000000000a";

fn keep(visitor: &Visitor<'_>, id: &str, base: &str, content: &str) -> Answer {
    let fields = [("title", "Shared"), ("content", content), ("base_version", base)];
    visitor.program().post(&format!("/posts/{id}/working-copy"), &fields)
}

#[test]
fn readers_see_a_change_only_when_it_is_published() {
    let blog = TestBlog::inhabited();
    let (bo, stranger) = (blog.signed_in("Bo"), blog.stranger());
    let id = bo.write("Shared", "Before.");
    let answer = keep(&bo, &id, "1", "After.");
    assert_eq!(answer.json()["version"], 2);
    assert_eq!(answer.json()["edit"], format!("/posts/{id}/edit"));
    assert!(stranger.get("/posts/shared").says("Before."));
    assert!(stranger.get("/posts/shared.md").says("Before."));
    let edit = format!("/posts/{id}/edit");
    assert!(bo.get(&edit).says("After.") && bo.get(&edit).says("value=\"2\""));
    bo.post(&edit, &[("title", "Shared"), ("content", "After."), ("base_version", "2")]);
    assert!(stranger.get("/posts/shared").says("After."));
}

#[test]
fn a_change_can_be_kept_without_publishing_it_and_without_scripts() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    let id = bo.write("Shared", "Before.");
    assert!(
        bo.get(&format!("/posts/{id}/edit"))
            .says(&format!("formaction=\"/posts/{id}/working-copy\""))
    );
    let fields = [("title", "Shared"), ("content", "After."), ("base_version", "1")];
    let answer = bo.post(&format!("/posts/{id}/working-copy"), &fields);
    assert_eq!(
        (answer.status, answer.location()),
        (Status::SeeOther, &*format!("/posts/{id}/edit"))
    );
    assert!(blog.stranger().get("/posts/shared").says("Before."));
}

#[test]
fn a_new_text_is_kept_before_it_has_a_title_and_only_once() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo").program();
    let fields = [("title", ""), ("content", "First words."), ("base_version", "0")];
    for _ in 0..2 {
        let answer = bo.post(&format!("/posts/{UNSENT}/working-copy"), &fields);
        assert_eq!((answer.status, answer.json()["version"].as_i64()), (Status::Ok, Some(1)));
    }
    assert_eq!(bo.get("/admin?show=drafts").body.matches("class=\"row__title\"").count(), 1);
    let publish = [
        ("title", "Titled"),
        ("content", "First words."),
        ("base_version", "1"),
        ("draft", UNSENT),
    ];
    let answer = blog.signed_in("Bo").post("/posts", &publish);
    assert_eq!(answer.location(), "/posts");
    assert!(
        blog.stranger().get("/posts/titled").says("First words."),
        "the address follows the title"
    );
}

#[test]
fn a_post_that_is_sent_twice_is_one_post() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    let fields =
        [("title", "Once"), ("content", "Text."), ("draft", UNSENT), ("base_version", "0")];
    for _ in 0..2 {
        assert_eq!(bo.post("/posts", &fields).location(), "/posts");
    }
    assert_eq!(blog.stranger().get("/posts").body.matches("class=\"card ").count(), 1);
}

#[test]
fn a_name_that_is_somebody_elses_is_no_way_into_their_post() {
    let blog = TestBlog::inhabited();
    let (bo, cy) = (blog.signed_in("Bo"), blog.signed_in("Cy"));
    let id = bo.write_with("Mine", "Bo's.", &[("status", "draft")]);
    let out = bo.write("Out", "Bo's.");
    for (name, base) in [(&id, "0"), (&id, "1"), (&out, "0"), (&out, "1")] {
        let answer = keep(&cy, name, base, "Cy's.");
        assert!([Status::Forbidden, Status::NotFound].contains(&answer.status), "{name} {base}");
    }
    let fields = [("title", "Cy's"), ("content", "Cy's."), ("draft", &out)];
    assert_eq!(cy.post("/posts", &fields).location(), "/posts", "it is a post of their own");
    assert!(blog.stranger().get("/posts/out").says("Bo's."));
}

#[test]
fn of_two_who_save_from_the_same_text_both_are_kept() {
    let blog = TestBlog::inhabited();
    let (bo, ed) = (blog.signed_in("Bo"), blog.signed_in("Ed"));
    let id = bo.write("Shared", "Base.");
    assert_eq!(keep(&ed, &id, "1", "Ed's text.").status, Status::Ok);
    let answer = keep(&bo, &id, "1", "Bo's text.");
    assert_eq!(answer.status, Status::Conflict);
    let aside = answer.json()["version"].as_i64().unwrap();
    assert!(bo.get(&format!("/posts/{id}/edit")).says("Ed&#x27;s text."));
    assert!(bo.get(&format!("/posts/{id}/history/{aside}")).says("Bo&#x27;s text."));
    assert!(bo.get(&format!("/posts/{id}/history")).says("Beside the working copy"));
    let page = bo.get(&format!("/posts/{id}/conflicts/{aside}"));
    assert!(page.says("Bo&#x27;s text.") && page.says("Ed&#x27;s text."), "{}", page.body);
    let settle = format!("/posts/{id}/conflicts/{aside}/settle");
    assert_eq!(bo.post(&settle, &[]).status, Status::SeeOther);
    assert!(bo.get(&format!("/posts/{id}/history")).says("Was beside the working copy"));
}

#[test]
fn a_text_that_takes_the_other_in_settles_the_conflict() {
    let blog = TestBlog::inhabited();
    let (bo, ed) = (blog.signed_in("Bo"), blog.signed_in("Ed"));
    let id = bo.write("Shared", "Base.");
    keep(&ed, &id, "1", "Ed's text.");
    let aside = keep(&bo, &id, "1", "Bo's text.").json()["version"].to_string();
    let both =
        [("title", "Shared"), ("content", "Both texts."), ("base_version", "2"), ("aside", &aside)];
    let answer = bo.post(&format!("/posts/{id}/edit"), &both);
    assert_eq!(answer.status, Status::SeeOther, "{}", answer.body);
    assert!(blog.stranger().get("/posts/shared").says("Both texts."));
    assert!(!bo.get(&format!("/posts/{id}/history")).says("\"badge badge--problem\""));
}

#[test]
fn a_text_with_a_mistake_is_kept_all_the_same() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    let id = bo.write("Here", "Before.");
    let edit = format!("/posts/{id}/edit");
    let fields = [("title", ""), ("content", "Hours of work."), ("base_version", "1")];
    let answer = bo.post(&edit, &fields);
    assert_eq!(answer.status, Status::UnprocessableEntity);
    assert!(
        answer.says("A post needs a title.") && answer.says("name=\"base_version\" value=\"2\"")
    );
    assert!(bo.get(&edit).says("Hours of work."), "on another device, too");
    assert!(blog.stranger().get("/posts/here").says("Before."));
}

#[test]
fn a_text_for_a_post_in_the_trash_is_kept() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    let id = bo.write("Here", "Before.");
    bo.post(&format!("/posts/{id}/delete"), &[]);
    assert_eq!(keep(&bo, &id, "1", "After.").status, Status::Ok);
    bo.post(&format!("/posts/{id}/restore"), &[]);
    assert!(bo.get(&format!("/posts/{id}/edit")).says("After."));
    assert!(blog.stranger().get("/posts/here").says("Before."));
}

#[test]
fn a_program_is_told_why_a_text_was_not_kept() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    let id = bo.write("Here", "Before.");
    let long = "x".repeat(2 * 1024 * 1024 + 1);
    let refused = |answer: &Answer| answer.json()["error"].as_str().unwrap().to_owned();
    let answer = keep(&bo, &id, "1", &long);
    assert_eq!(answer.status, Status::UnprocessableEntity);
    assert!(refused(&answer).contains("2 MiB"));
    let answer = keep(&bo, "00000000-0000-4000-8000-000000000000", "3", "x");
    assert_eq!(answer.status, Status::NotFound);
    blog.db()
        .write(|tx| Ok::<_, monograph::db::Error>(tx.execute("DELETE FROM sessions", [])?))
        .unwrap();
    let answer = keep(&bo, &id, "1", "After.");
    assert_eq!(answer.status, Status::Unauthorized);
    assert!(refused(&answer).contains("signed out"));
}

#[test]
fn two_texts_that_fit_together_are_offered_as_one() {
    let blog = TestBlog::inhabited();
    let (bo, ed) = (blog.signed_in("Bo"), blog.signed_in("Ed"));
    let id = bo.write("Shared", "It rained. The cat slept.");
    keep(&ed, &id, "1", "It rained. The old cat slept.");
    let fields =
        [("title", "Other title"), ("content", "It snowed. The cat slept."), ("base_version", "1")];
    let answer = bo.post(&format!("/posts/{id}/edit"), &fields);
    assert_eq!(answer.status, Status::Conflict);
    assert!(answer.says(">\nIt snowed. The old cat slept.</textarea>"), "{}", answer.body);
    assert!(answer.says("The two fit together") && answer.says("value=\"Other title\""));
    assert!(answer.says("name=\"base_version\" value=\"2\""));
}

#[test]
fn where_both_changed_the_same_words_both_stand_in_the_text() {
    let blog = TestBlog::inhabited();
    let (bo, ed) = (blog.signed_in("Bo"), blog.signed_in("Ed"));
    let id = bo.write("Shared", "It rained.");
    keep(&ed, &id, "1", "It hailed.");
    let fields = [("title", "Shared"), ("content", "It snowed."), ("base_version", "1")];
    let answer = bo.post(&format!("/posts/{id}/edit"), &fields);
    assert!(answer.says("In one place both changed the same words"), "{}", answer.body);
    assert!(answer.says(">\nIt snowed. It hailed.</textarea>"));
}

#[test]
fn one_of_two_texts_can_be_taken_as_it_is() {
    let blog = TestBlog::inhabited();
    let (bo, ed) = (blog.signed_in("Bo"), blog.signed_in("Ed"));
    let id = bo.write("Shared", "Base.");
    keep(&ed, &id, "1", "Ed's text.");
    let aside = keep(&bo, &id, "1", "Bo's text.").json()["version"].as_i64().unwrap();
    let edit = format!("/posts/{id}/edit");
    assert!(
        bo.get(&edit).says(&format!("/posts/{id}/conflicts/{aside}")),
        "the editor leads there"
    );
    let take = format!("/posts/{id}/conflicts/{aside}/take");
    assert_eq!(bo.post(&take, &[]).location(), edit);
    assert!(bo.get(&edit).says("Bo&#x27;s text.") && !bo.get(&edit).says("/conflicts/"));
    assert!(
        bo.get(&format!("/posts/{id}/history/2")).says("Ed&#x27;s text."),
        "both are in the history"
    );
}
