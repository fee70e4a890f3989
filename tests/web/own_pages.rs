//! Pages with an address of their own, the menu, the front door, and pinned posts.

use crate::support::TestBlog;
use monograph::blog::post::RESERVED_FOR_PAGES;
use rocket::http::{Method, Status};

#[test]
fn a_page_has_an_address_of_its_own_and_is_in_no_list() {
    let blog = TestBlog::inhabited();
    let (ed, stranger) = (blog.signed_in("Ed"), blog.stranger());
    let fields =
        [("title", "About us"), ("content", "We are two."), ("kind", "page"), ("tags", "Us")];
    assert_eq!(ed.post("/posts", &fields).location(), "/about-us");
    assert!(stranger.get("/about-us").says("We are two."));
    let other = stranger.get("/posts/about-us");
    assert_eq!((other.status, other.location()), (Status::MovedPermanently, "/about-us"));
    assert!(!stranger.get("/posts").says("About us") && !stranger.get("/tags").says("Us"));
    assert!(stranger.get("/about-us.md").says("We are two."));
    assert!(ed.get("/admin").says("href=\"/about-us\""), "its authors find it");
}

#[test]
fn a_post_that_becomes_a_page_keeps_its_readers() {
    let blog = TestBlog::inhabited();
    let (ed, stranger) = (blog.signed_in("Ed"), blog.stranger());
    let id = ed.write("About", "x");
    let edit = format!("/posts/{id}/edit");
    ed.post(&edit, &[("title", "About"), ("content", "x"), ("kind", "page")]);
    assert_eq!(stranger.get("/posts/about").location(), "/about");
    ed.post(&edit, &[("title", "About"), ("content", "x"), ("slug", "who"), ("kind", "page")]);
    assert_eq!(stranger.get("/about").location(), "/who");
    ed.post(&edit, &[("title", "About"), ("content", "x"), ("kind", "post")]);
    assert_eq!(stranger.get("/who").location(), "/posts/who");
    assert_eq!(stranger.get("/posts/who").status, Status::Ok);
}

#[test]
fn a_page_that_readers_do_not_find_is_as_good_as_none() {
    let blog = TestBlog::inhabited();
    let (ed, stranger) = (blog.signed_in("Ed"), blog.stranger());
    for (title, field, value) in [
        ("Drafted", "status", "draft"),
        ("Later", "publish_at", "2999-01-01T00:00"),
        ("Private", "visibility", "private"),
    ] {
        let more = [("kind", "page"), ("menu", "1"), (field, value)];
        ed.write_with(title, "x", &more);
        let path = format!("/{}", title.to_lowercase());
        assert_eq!(stranger.get(&path).status, Status::NotFound, "{path}");
        assert!(!stranger.get("/posts").says(title), "nor is it in the menu");
    }
    let id = ed.write_with("Removed", "x", &[("kind", "page"), ("menu", "1")]);
    assert!(stranger.get("/posts").says("href=\"/removed\""));
    ed.post(&format!("/posts/{id}/delete"), &[]);
    assert_eq!(stranger.get("/removed").status, Status::Gone);
    assert!(!stranger.get("/posts").says("href=\"/removed\""));
}

#[test]
fn the_menu_has_the_order_that_was_chosen() {
    let blog = TestBlog::inhabited();
    let ed = blog.signed_in("Ed");
    ed.write_with("Second page", "x", &[("kind", "page"), ("menu", "2")]);
    ed.write_with("First page", "x", &[("kind", "page"), ("menu", "1")]);
    ed.write_with("No entry", "x", &[("kind", "page")]);
    let page = blog.stranger().get("/posts").body;
    assert!(page.find("First page") < page.find("Second page") && page.contains("First page"));
    assert!(!page.contains("No entry"));
}

#[test]
fn authors_make_no_pages_and_pin_nothing() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    for (field, value) in [("kind", "page"), ("pinned", "true"), ("menu", "1")] {
        let answer = bo.post("/posts", &[("title", "Mine"), ("content", "x"), (field, value)]);
        assert_eq!(answer.status, Status::UnprocessableEntity, "{field}");
        assert!(answer.says(&format!("{field}-problem")), "{field}: {}", answer.body);
    }
    let id = bo.write_with("Mine", "x", &[("status", "draft")]);
    let keep = [("title", "Mine"), ("content", "y"), ("pinned", "true"), ("kind", "page")];
    bo.post(&format!("/posts/{id}/working-copy"), &keep);
    bo.post(
        &format!("/posts/{id}/edit"),
        &[("title", "Mine"), ("content", "y"), ("status", "published")],
    );
    assert!(!blog.stranger().get("/posts").says("Pinned"));
    assert_eq!(blog.stranger().get("/posts/mine").status, Status::Ok);
}

#[test]
fn a_pinned_post_stands_first_and_only_once() {
    let blog = TestBlog::inhabited();
    let (ed, stranger) = (blog.signed_in("Ed"), blog.stranger());
    ed.write_with("Welcome", "x", &[("pinned", "true"), ("publish_at", "2001-01-01T00:00")]);
    (0..3).for_each(|n| drop(ed.write(&format!("Number {n}!"), "x")));
    let page = stranger.get("/posts").body;
    assert!(page.find("Welcome") < page.find("Number 2!") && page.contains("Pinned"));
    assert_eq!(page.matches(">Welcome</a>").count(), 1, "{page}");
}

#[test]
fn pins_leave_the_pages_of_posts_as_they_are() {
    let blog = TestBlog::inhabited();
    let (ed, stranger) = (blog.signed_in("Ed"), blog.stranger());
    ed.write_with("Number 0!", "x", &[("pinned", "true"), ("publish_at", "2001-01-01T00:00")]);
    (1..=11).for_each(|n| drop(ed.write(&format!("Number {n}!"), "x")));
    ed.write_with("Number 12!", "x", &[("pinned", "true")]);
    let first = stranger.get("/posts").body;
    assert_eq!(first.matches(">Number ").count(), 11, "the ten newest, and an old one above");
    let older = first.split("rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    let second = stranger.get(older);
    assert_eq!(second.body.matches(">Number ").count(), 3);
    assert!(second.says("Number 2!") && second.says("Number 1!") && second.says("Number 0!"));
    assert!(!second.says("Pinned"));
}

#[test]
fn an_author_goes_on_with_what_an_editor_has_placed() {
    let blog = TestBlog::inhabited();
    let (bo, ed, stranger) = (blog.signed_in("Bo"), blog.signed_in("Ed"), blog.stranger());
    let edit = format!("/posts/{}/edit", bo.write("Mine", "x"));
    let pin = [("title", "Mine"), ("content", "x"), ("pinned", ""), ("pinned", "true")];
    assert_eq!(ed.post(&edit, &pin).status, Status::SeeOther);
    assert_eq!(bo.post(&edit, &[("title", "Mine"), ("content", "y")]).status, Status::SeeOther);
    assert!(stranger.get("/posts").says("Pinned"));
    let unpin = [("title", "Mine"), ("content", "z"), ("pinned", "")];
    assert!(bo.post(&edit, &unpin).says("Only editors and owners pin posts."));
    assert_eq!(ed.post(&edit, &unpin).status, Status::SeeOther);
    assert!(!stranger.get("/posts").says("Pinned"));
}

#[test]
fn what_does_not_go_together_is_said_beside_its_field() {
    let blog = TestBlog::inhabited();
    let ed = blog.signed_in("Ed");
    for (kind, field, value) in [
        ("page", "pinned", "true"),
        ("page", "series", "A series"),
        ("page", "menu", "0"),
        ("post", "menu", "1"),
        ("post", "menu", "first"),
    ] {
        let fields = [("title", "x"), ("content", "x"), ("kind", kind), (field, value)];
        let answer = ed.post("/posts", &fields);
        assert_eq!(answer.status, Status::UnprocessableEntity, "{kind} {field}");
        assert!(answer.says(&format!("id=\"{field}-problem\"")), "{kind} {field}");
    }
    let answer = ed.post("/posts", &[("title", "x"), ("content", "x"), ("kind", "letter")]);
    assert!(answer.says("Please choose post or page."));
}

#[test]
fn the_front_door_follows_its_page_to_another_address() {
    let blog = TestBlog::inhabited();
    let (ada, stranger) = (blog.signed_in("Ada"), blog.stranger());
    let id = ada.write_with("Welcome", "Come in.", &[("kind", "page")]);
    ada.post("/admin/settings", &[("home", "/welcome")]);
    let edit = format!("/posts/{id}/edit");
    let save = |more| {
        ada.post(&edit, &[&[("title", "Welcome"), ("content", "Come in.")][..], &[more]].concat())
    };
    save(("slug", "start"));
    assert!(stranger.get("/").says("Come in."));
    assert!(!ada.get("/admin/settings").says("not public any more"));
    save(("visibility", "private"));
    assert_eq!(stranger.get("/").location(), "/posts");
    assert_eq!(ada.get("/").location(), "/posts", "it is the same door for everybody");
    assert!(ada.get("/admin/settings").says("not public any more"));
}

#[test]
fn a_page_can_be_the_front_door() {
    let blog = TestBlog::inhabited();
    let (ada, stranger) = (blog.signed_in("Ada"), blog.stranger());
    let settings = |home: &str| {
        let page = ada.get("/admin/settings");
        assert_eq!(page.status, Status::Ok);
        ada.post("/admin/settings", &[("title", "B"), ("home", home)]).status
    };
    assert_eq!(settings("welcome"), Status::UnprocessableEntity, "there is no such page");
    let id = ada.write_with("Welcome", "Come in.", &[("kind", "page")]);
    assert_eq!(settings("welcome"), Status::SeeOther);
    assert!(stranger.get("/").says("Come in."));
    ada.post(&format!("/posts/{id}/delete"), &[]);
    assert_eq!(stranger.get("/").location(), "/posts");
}

#[test]
fn a_page_cannot_take_an_address_of_the_blog_itself() {
    let blog = TestBlog::inhabited();
    let ed = blog.signed_in("Ed");
    let gets = blog.rocket().routes().filter(|route| route.method == Method::Get);
    for route in gets {
        let first = route.uri.path().split('/').nth(1).unwrap_or_default();
        if first.is_empty() || first.contains(['<', '.']) {
            continue;
        }
        assert!(RESERVED_FOR_PAGES.contains(&first), "{first}");
        let fields = [("title", "x"), ("content", ""), ("slug", first), ("kind", "page")];
        assert_eq!(ed.post("/posts", &fields).status, Status::UnprocessableEntity, "{first}");
    }
}
