use crate::support::Folder;

#[test]
fn every_setting_has_a_value_from_the_start() {
    let folder = Folder::with_owner();
    let list = folder.run(&["settings", "list"]).done();
    let lines: Vec<_> = list.lines().collect();
    let expected = [
        "title = \"My Blog\"",
        "tagline = \"\"",
        "language = \"en\"",
        "timezone = \"UTC\"",
        "registration = \"closed\"",
        "posts_per_page = \"10\"",
        "theme = \"auto\"",
        "custom_css = \"\"",
        "footer = \"\"",
        "home = \"\"",
        "ai_crawlers = \"allow\"",
    ];
    for line in expected {
        assert!(lines.contains(&line), "{line} in {list}");
    }
    assert_eq!(folder.run(&["settings", "get", "title"]).done(), "My Blog\n");
}

#[test]
fn a_setting_that_is_set_stays_set() {
    let folder = Folder::with_owner();
    assert_eq!(folder.run(&["settings", "set", "title", "  Herons & Co  "]).done(), "");
    assert_eq!(folder.run(&["settings", "get", "title"]).done(), "Herons & Co\n");
    folder.run(&["settings", "set", "tagline", "Birds"]).done();
    folder.run(&["settings", "set", "tagline", ""]).done();
    assert_eq!(folder.run(&["settings", "get", "tagline"]).done(), "\n");
    let list = folder.run(&["settings", "list"]).done();
    assert!(list.contains("title = \"Herons & Co\"\n"), "{list}");
    folder.run(&["settings", "set", "tagline", "-x", "--database", "monograph.db"]).done();
    assert_eq!(folder.run(&["settings", "get", "tagline"]).done(), "-x\n");
    folder.run(&["settings", "set", "--database", "monograph.db", "tagline", "--all"]).done();
    folder.run(&["settings", "set", "tagline", "--database", "monograph.db", "y"]).done();
    assert_eq!(folder.run(&["settings", "get", "tagline"]).done(), "y\n");
}

#[test]
fn a_bad_value_changes_nothing_and_is_answered_with_a_hint() {
    let folder = Folder::with_owner();
    for (key, value, hint) in [
        ("title", " ", "needs a name"),
        ("timezone", "Mars/Olympus", "Europe/Berlin"),
        ("posts_per_page", "0", "1 to 100"),
        ("posts_per_page", "many", "1 to 100"),
        ("posts_per_page", "-1", "1 to 100"),
        ("registration", "maybe", "closed, invite or open"),
        ("theme", "pink", "auto, light or dark"),
        ("language", "en\"", "language tag"),
        ("home", "nowhere", "no public page at /nowhere"),
    ] {
        let before = folder.run(&["settings", "get", key]).done();
        let line = folder.run(&["settings", "set", key, value]).failed();
        assert!(line.contains(hint), "{line}");
        assert_eq!(folder.run(&["settings", "get", key]).done(), before, "{key}");
    }
}

#[test]
fn a_bad_value_makes_no_database() {
    let folder = Folder::empty();
    folder.run(&["settings", "set", "theme", "pink"]).failed();
    assert!(folder.names().is_empty());
}

#[test]
fn a_running_blog_sees_a_change_at_once() {
    let folder = Folder::with_owner();
    let blog = folder.serve();
    let mut visitor = blog.visitor();
    assert!(visitor.get("/posts").text.contains("My Blog"));
    folder.run(&["settings", "set", "title", "Herons"]).done();
    let page = visitor.get("/posts").text;
    assert!(page.contains("Herons") && !page.contains("My Blog"), "{page}");

    assert_eq!(visitor.get("/users/register").status, 403);
    folder.run(&["settings", "set", "registration", "open"]).done();
    assert_eq!(visitor.get("/users/register").status, 200);
}
