//! What is said before a post goes out: a list, never a wall.

use crate::support::TestBlog;
use rocket::http::Status;

const TEXT: &str = "#### Deep\n\n![](/media/00000000000000000000000000000000/a.png)\n\n\
    [a](/posts/nothing) [b](/posts/hidden) [c](/posts/later) [d](/posts/out) [e](https://e.example) [f](#no)\n\n\
    ![g](https://g.example/h.png)";

#[test]
fn what_a_careful_friend_would_say_stands_beside_the_button() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    bo.write("Out", "x");
    bo.write_with("Hidden", "x", &[("visibility", "unlisted")]);
    bo.write_with("Later", "x", &[("status", "draft")]);
    let id =
        bo.write_with("Checked", TEXT, &[("status", "draft"), ("publish_at", "2999-01-01T00:00")]);
    let edit = bo.get(&format!("/posts/{id}/edit"));
    let preview = bo.post("/posts/preview", &[("title", "Checked"), ("content", TEXT)]);
    for sentence in [
        "It has no summary",
        "Line 1: The first heading is of level 4",
        "Line 3: This picture says nothing",
        "Line 3: There is no picture or file at /media/000",
        "Line 5: /posts/nothing leads nowhere.",
        "Line 5: /posts/hidden is unlisted.",
        "Line 5: /posts/later is not out yet.",
        "Line 5: No heading here is called #no.",
        "Line 7: This picture is on another host",
    ] {
        assert!(edit.says(sentence), "{sentence}");
        assert!(preview.says(sentence), "{sentence} in the preview");
    }
    assert!(edit.says("Its date is still to come"));
    assert!(!edit.says("/posts/out "), "{}", edit.body);
    let fields =
        [("title", "Checked"), ("content", TEXT), ("status", "published"), ("publish_at", "")];
    let answer = bo.post(&format!("/posts/{id}/edit"), &fields);
    assert_eq!(answer.status, Status::SeeOther, "it can be published all the same");
}

#[test]
fn of_what_readers_find_broken_the_dashboard_tells() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    let target = bo.write("Target", "x");
    bo.write("Source", "[a](/posts/target) ![](/media/00000000000000000000000000000000/a.png)");
    let page = bo.get("/admin");
    assert!(page.says("“Source”</a> has a picture without words"), "{}", page.body);
    assert!(page.says("<code>/media/000") && !page.says("<code>/posts/target"));
    bo.post(
        &format!("/posts/{target}/edit"),
        &[("title", "Target"), ("content", "x"), ("slug", "moved")],
    );
    assert!(!bo.get("/admin").says("<code>/posts/target"), "the old address leads there");
    bo.post(&format!("/posts/{target}/delete"), &[]);
    assert!(bo.get("/admin").says("<code>/posts/target"));
    assert!(!blog.signed_in("Cy").get("/admin").says("Source"));
}

#[test]
fn a_text_that_is_too_much_is_said_so_in_the_preview() {
    let blog = TestBlog::inhabited();
    let text = ">".repeat(10_000);
    let answer = blog.signed_in("Bo").post("/posts/preview", &[("content", &text)]);
    assert_eq!(answer.status, Status::UnprocessableEntity);
    assert!(answer.says("notice--refusal"));
}

#[test]
fn of_anothers_draft_the_check_does_not_tell_that_it_exists() {
    let blog = TestBlog::inhabited();
    let id = blog.signed_in("Bo").write_with("Secret", "x", &[("status", "draft")]);
    let cy = blog.signed_in("Cy");
    let said = |path: &str| {
        let text = format!("[a](/posts/{path})");
        let page = cy.post("/posts/preview", &[("content", &text)]);
        page.body.replace(path, "it")
    };
    assert_eq!(said("secret"), said("no-such-post"));
    blog.signed_in("Bo").post(&format!("/posts/{id}/delete"), &[]);
    assert_eq!(said("secret"), said("no-such-post"));
}
