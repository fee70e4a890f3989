use crate::support::TestBlog;
use rocket::http::Status;

#[test]
fn the_dashboard_sorts_ones_posts_by_what_there_is_to_do() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    bo.write("Outword", "x");
    bo.write_with("Draftword", "x", &[("status", "draft")]);
    bo.write_with("Laterword", "x", &[("publish_at", "2999-01-01T00:00")]);
    let trashed = bo.write("Trashword", "x");
    bo.post(&format!("/posts/{trashed}/delete"), &[]);
    let words = ["Outword", "Draftword", "Laterword", "Trashword"];
    let shown = |name: &str, shelf: &str| {
        let page = blog.signed_in(name).get(&format!("/admin?show={shelf}"));
        words.iter().filter(|word| page.says(word)).copied().collect::<Vec<_>>()
    };
    for (shelf, word) in [("published", 0), ("drafts", 1), ("scheduled", 2), ("trash", 3)] {
        assert_eq!(shown("Bo", shelf), [words[word]], "{shelf}");
        assert_eq!(shown("Ed", shelf), [words[word]], "an editor sees everybody's");
        assert_eq!(shown("Cy", shelf), [""; 0], "another author does not");
    }
    assert!(bo.get("/admin").says("Drafts <span class=\"count\">1</span>"));
}

#[test]
fn a_long_shelf_has_pages() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    (0..51).for_each(|n| drop(bo.write(&format!("Number {n}!"), "")));
    let first = bo.get("/admin");
    assert!(!first.says("Number 0!") && first.says("Older posts"));
    let older = first.body.split("rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(bo.get(&older.replace("&amp;", "&")).says("Number 0!"), "{older}");
}

#[test]
fn posts_are_found_by_what_stands_in_them() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    bo.write_with("Rain", "It poured 100% of the day.", &[("tags", "Weather")]);
    let id = bo.write("Snow", "It was cold.");
    bo.post(&format!("/posts/{id}/working-copy"), &[("title", "Snow"), ("content", "Icicles.")]);
    for (words, found) in [
        ("rain", "Rain"),
        ("POURED", "Rain"),
        ("weather", "Rain"),
        ("100%25", "Rain"),
        ("icicles", "Snow"),
    ] {
        let page = bo.get(&format!("/admin?q={words}"));
        assert_eq!(page.body.matches("class=\"row__title\"").count(), 1, "{words}");
        assert!(page.says(&format!(">{found}</a>")), "{words}");
    }
    for words in ["summary", "visibility", "tags", "public", "post"] {
        assert!(bo.get(&format!("/admin?q={words}")).says("Nothing here has"), "{words}");
    }
    assert!(bo.get("/admin?q=%25").body.matches("class=\"row__title\"").count() == 1);
    assert!(bo.get("/admin?q=%3Cb%3E").says("Nothing here has “&lt;b&gt;” in it."));
}

#[test]
fn an_editor_sees_all_posts_or_their_own() {
    let blog = TestBlog::inhabited();
    let ed = blog.signed_in("Ed");
    blog.signed_in("Bo").write("By Bo", "x");
    ed.write("By Ed", "x");
    assert!(ed.get("/admin").says("By Bo") && ed.get("/admin").says("By Ed"));
    let own = ed.get("/admin?by=me");
    assert!(!own.says("By Bo") && own.says("By Ed") && own.says("<option value=\"me\" selected>"));
}

#[test]
fn what_needs_a_look_stands_on_top() {
    let blog = TestBlog::inhabited();
    let (bo, cy) = (blog.signed_in("Bo"), blog.signed_in("Cy"));
    let id = bo.write("Diary", "One.");
    assert!(!bo.get("/admin").says("Please have a look"));
    bo.post(&format!("/posts/{id}/edit"), &[("title", "Diary"), ("content", "Two.")]);
    let stale = [("title", "Diary"), ("content", "Three."), ("base_version", "1")];
    assert_eq!(bo.post(&format!("/posts/{id}/edit"), &stale).status, Status::Conflict);
    bo.post(&format!("/posts/{id}/share"), &[]);
    blog.db()
        .write(|tx| Ok::<_, monograph::db::Error>(tx.execute("UPDATE shares SET ends_at = 0", [])?))
        .unwrap();
    let page = bo.get("/admin");
    assert!(page.says("Two texts of “Diary”") && page.says("A link to “Diary”"), "{}", page.body);
    assert!(!cy.get("/admin").says("Please have a look"), "it is none of theirs");
}

#[test]
fn the_trash_is_emptied_by_hand_and_only_of_ones_own_posts() {
    let blog = TestBlog::inhabited();
    let (bo, cy, stranger) = (blog.signed_in("Bo"), blog.signed_in("Cy"), blog.stranger());
    let (first, second) = (bo.write("First", "x"), bo.write("Second", "x"));
    let others = cy.write("Other", "x");
    assert_eq!(
        bo.post(&format!("/posts/{first}/remove"), &[]).status,
        Status::NotFound,
        "it is out"
    );
    for (visitor, id) in [(&bo, &first), (&bo, &second), (&cy, &others)] {
        visitor.post(&format!("/posts/{id}/delete"), &[]);
    }
    assert_eq!(bo.post(&format!("/posts/{first}/remove"), &[]).status, Status::SeeOther);
    assert_eq!(bo.post(&format!("/posts/{first}/restore"), &[]).status, Status::NotFound);
    assert_eq!(bo.post("/admin/trash/empty", &[]).status, Status::SeeOther);
    assert!(!bo.get("/admin?show=trash").says("row__title"));
    assert!(cy.get("/admin?show=trash").says("Other"));
    assert_eq!(stranger.get("/posts/first").status, Status::Gone);
    bo.write("First", "A new one.");
    assert!(stranger.get("/posts/first").says("A new one."), "its address is free again");
}
