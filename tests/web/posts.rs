use crate::support::TestBlog;
use rocket::http::Status;

#[test]
fn a_new_post_stands_first_in_the_list_and_can_be_read() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    bo.write("The first", "One.");
    let answer = bo.post("/posts", &[("title", "Hello World"), ("content", "Some *text*.")]);
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/posts"));
    let list = bo.get("/posts");
    assert!(list.says("Your post is out.") && !bo.get("/posts").says("Your post is out."));
    let place = |text: &str| list.body.find(text).unwrap();
    assert!(place("Hello World") < place("The first"));

    let page = blog.stranger().get("/posts/hello-world");
    assert!(page.says("<h1 class=\"post__title p-name\">Hello World</h1>"));
    assert!(
        page.says("Some <em>text</em>.")
            && page.says(" · <a class=\"p-author h-card\" href=\"/authors/Bo\">Bo</a>")
    );
}

#[test]
fn only_who_is_signed_in_writes() {
    let blog = TestBlog::inhabited();
    let answer = blog.stranger().post("/posts", &[("title", "Spam"), ("content", "")]);
    assert_eq!(
        (answer.status, answer.location()),
        (Status::SeeOther, "/auth/login?next=/posts/new")
    );
    assert!(!blog.stranger().get("/posts").says("Spam"));
}

#[test]
fn a_mistake_brings_the_form_back_with_the_reason_and_everything_typed() {
    let blog = TestBlog::inhabited();
    let long = "é".repeat(301);
    let fields = [
        ("title", long.as_str()),
        ("content", "Long\r\nthoughts"),
        ("slug", "?!"),
        ("summary", "In short"),
        ("tags", "one, !!"),
        ("publish_at", "someday"),
        ("visibility", "nobody"),
    ];
    let answer = blog.signed_in("Bo").post("/posts", &fields);
    assert_eq!(answer.status, Status::UnprocessableEntity);
    for field in ["title", "tags", "publish_at", "visibility"] {
        assert!(answer.says(&format!("id=\"{field}-problem\"")), "{field}");
    }
    for typed in [&long, "Long\r\nthoughts", "In short", "one, !!", "someday", "?!"] {
        assert!(answer.says(typed), "{typed}");
    }
    assert!(!blog.stranger().get("/posts").says("In short"));
}

#[test]
fn a_text_beyond_two_mebibytes_comes_back_and_one_within_is_kept() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    let most = format!("{}\n\n", "字".repeat(340)).repeat(2 * 1024 * 1024 / 1022);
    bo.write("Long", &most);
    let answer = bo.post(
        "/posts",
        &[("title", "Longer"), ("content", &format!("{most}{}", "x".repeat(2000)))],
    );
    assert_eq!(answer.status, Status::UnprocessableEntity);
    assert!(answer.says("at most 2 MiB") && answer.body.len() > most.len());
}

#[test]
fn an_edit_replaces_the_text_and_leaves_what_was_not_sent() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    let id = bo.write_with("Draft of it", "Old.", &[("tags", "Rust, SQLite"), ("summary", "Sum")]);
    let form = bo.get(&format!("/posts/{id}/edit"));
    assert!(
        form.says("Old.")
            && form.says("Rust, SQLite")
            && form.says("name=\"base_version\" value=\"1\"")
    );
    let answer =
        bo.post(&format!("/posts/{id}/edit"), &[("title", "The real one"), ("content", "New.")]);
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/posts/draft-of-it"));
    let page = bo.get("/posts/draft-of-it");
    assert!(
        page.says("New.") && page.says("The real one") && page.says("SQLite") && !page.says("Old.")
    );
}

#[test]
fn an_author_changes_their_own_posts_and_an_editor_everybodys() {
    let blog = TestBlog::inhabited();
    let id = blog.signed_in("Bo").write("Bo's", "Text.");
    let change = |name: &str, path: &str| {
        let fields = [("title", "Bo's"), ("content", name)];
        blog.signed_in(name).post(&format!("/posts/{id}/{path}"), &fields).status
    };
    for (name, status) in
        [("Cy", Status::Forbidden), ("Ed", Status::SeeOther), ("Ada", Status::SeeOther)]
    {
        assert_eq!(
            blog.signed_in(name).get(&format!("/posts/{id}/edit")).status == Status::Ok,
            status != Status::Forbidden
        );
        for path in ["edit", "delete", "restore"] {
            assert_eq!(change(name, path), status, "{name} {path}");
        }
    }
}

#[test]
fn of_anothers_draft_an_author_does_not_learn_that_it_exists() {
    let blog = TestBlog::inhabited();
    let id = blog.signed_in("Bo").write_with("Secret plan", "", &[("status", "draft")]);
    let cy = blog.signed_in("Cy");
    for path in
        [format!("/posts/{id}/edit"), format!("/posts/{id}"), "/posts/secret-plan".to_owned()]
    {
        assert_eq!(cy.get(&path).status, Status::NotFound, "{path}");
    }
    assert!(!cy.get("/admin?show=drafts").says("Secret plan"));
}

#[test]
fn a_save_from_an_older_text_shows_both_and_overwrites_nothing() {
    let blog = TestBlog::inhabited();
    let (bo, ed) = (blog.signed_in("Bo"), blog.signed_in("Ed"));
    let edit = format!("/posts/{}/edit", bo.write("Shared", "The beginning."));
    ed.post(&edit, &[("title", "Shared"), ("content", "Ed's sentence."), ("base_version", "1")]);
    let mine = [("title", "Shared"), ("content", "Bo's sentence."), ("base_version", "1")];
    let answer = bo.post(&edit, &mine);
    assert_eq!(answer.status, Status::Conflict);
    assert!(answer.says("Ed&#x27;s sentence.") && answer.says("Bo&#x27;s sentence."));
    assert!(answer.says("name=\"base_version\" value=\"2\""), "saving again is a choice");
    assert!(bo.get("/posts/shared").says("Ed's sentence."));
}

#[test]
fn a_text_sent_after_the_session_ended_comes_back_in_the_form() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    let id = bo.write("Here", "Before.");
    blog.db()
        .write(|tx| Ok::<_, monograph::db::Error>(tx.execute("DELETE FROM sessions", [])?))
        .unwrap();
    for path in ["/posts".to_owned(), format!("/posts/{id}/edit")] {
        let answer = bo.post(&path, &[("title", "Mine"), ("content", "Hours of work")]);
        assert_eq!(answer.status, Status::Unauthorized, "{path}");
        assert!(answer.says("Hours of work") && answer.says("Sign in in another tab"));
        assert!(answer.says(&format!("action=\"{}\"", path)));
    }
}

#[test]
fn a_deleted_public_post_is_gone_and_comes_back_as_it_was() {
    let blog = TestBlog::inhabited();
    let (bo, stranger) = (blog.signed_in("Bo"), blog.stranger());
    let id = bo.write("Here today", "Text.");
    let answer = bo.post(&format!("/posts/{id}/delete"), &[]);
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/admin?show=trash"));
    assert_eq!(stranger.get("/posts/here-today").status, Status::Gone);
    assert_eq!(stranger.get(&format!("/posts/{id}")).status, Status::Gone);
    assert!(
        !stranger.get("/posts").says("Here today")
            && bo.get("/admin?show=trash").says("Here today")
    );
    assert_eq!(bo.post(&format!("/posts/{id}/restore"), &[]).status, Status::SeeOther);
    assert!(stranger.get("/posts/here-today").says("Text."));
}

#[test]
fn a_text_for_a_post_that_is_not_there_any_more_comes_back() {
    let blog = TestBlog::inhabited();
    let (bo, cy) = (blog.signed_in("Bo"), blog.signed_in("Cy"));
    let id = bo.write("Here", "x");
    let unknown = "/posts/00000000-0000-4000-8000-000000000000/edit";
    let fields = [("title", "Kept"), ("content", "Hours of work")];
    let edit = format!("/posts/{id}/edit");
    assert_eq!(bo.post(&format!("/posts/{id}/delete"), &[]).status, Status::SeeOther);
    for (visitor, path, status) in [
        (&bo, unknown, Status::NotFound),
        (&bo, &edit, Status::Conflict),
        (&cy, unknown, Status::NotFound),
    ] {
        let answer = visitor.post(path, &fields);
        assert_eq!(answer.status, status, "{path}");
        assert!(answer.says("Hours of work"), "{path}");
    }
}

#[test]
fn a_save_from_no_version_at_all_is_a_conflict() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    let edit = format!("/posts/{}/edit", bo.write("Here", "Before."));
    for base in ["", "abc", "99999999999999999999", "0"] {
        let fields = [("title", "Here"), ("content", "After."), ("base_version", base)];
        assert_eq!(bo.post(&edit, &fields).status, Status::Conflict, "{base}");
    }
    assert!(bo.get("/posts/here").says("Before."));
}

#[test]
fn what_was_in_the_trash_for_thirty_days_goes_for_good() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    let id = bo.write("Old", "");
    bo.post(&format!("/posts/{id}/delete"), &[]);
    let empty = |later: i64| {
        blog.db()
            .write(|tx| monograph::blog::Post::clear_old_trash(tx, monograph::web::now() + later))
            .unwrap()
    };
    assert_eq!(empty(29 * 86400), 0);
    assert_eq!(empty(30 * 86400 + 60), 1);
    assert_eq!(blog.stranger().get("/posts/old").status, Status::Gone);
}
