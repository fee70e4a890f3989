use super::{everything, zip};
use crate::support::Folder;

const EXPORT: &str = r#"{"username": "ada", "collections": [{"alias": "birds", "title": "Birds", "posts": [
    {"id": "a1b2", "slug": "herons", "created": "2019-09-25T10:00:00Z", "updated": "2019-09-27T10:00:00Z", "language": "de", "title": "Reiher",
     "body": "Ein *grauer* Vogel. #Vogel", "tags": ["Vogel"]},
    {"id": "c3d4", "slug": "later", "created": "2999-01-01T00:00:00Z", "title": "", "body": "Words without a title."}]}],
  "posts": [{"id": "e5f6", "created": "2019-01-01T00:00:00Z", "title": "Half a thought", "body": "x"}]}"#;

/// A blog, and an export with these posts beside it.
fn birds(posts: &str) -> Folder {
    let folder = Folder::with_owner();
    let export = format!(r#"{{"collections": [{{"alias": "birds", "posts": [{posts}]}}]}}"#);
    folder.write("old.json", &export);
    folder
}

#[test]
fn blogs_and_drafts_come_in() {
    let folder = Folder::with_owner();
    folder.write("old.json", EXPORT);
    let rehearsed = folder.run(&["import", "writefreely", "old.json", "--dry-run"]).done();
    let report = folder.run(&["import", "writefreely", "old.json"]).done();
    assert_eq!(rehearsed, report);
    assert!(
        report.starts_with("3 posts imported, 1 of them a draft; 0 were here already.\n"),
        "{report}"
    );
    assert!(report.contains("  1 scheduled: 1 imported\n"), "{report}");
    assert_eq!(
        folder.ask("SELECT slug, title, language, content FROM posts WHERE slug = 'herons'"),
        ["herons|Reiher|de|Ein *grauer* Vogel. #Vogel"]
    );
    let tags = "SELECT tags.name FROM tags JOIN post_tags ON tag_id = tags.id";
    assert_eq!(folder.ask(tags), ["Vogel"]);
    let before = everything(&folder);
    let again = folder.run(&["import", "writefreely", "old.json"]).done();
    assert!(
        again.starts_with("0 posts imported, 0 of them drafts; 3 were here already.\n"),
        "{again}"
    );
    assert_eq!(everything(&folder), before);
    let blog = folder.serve();
    for old in ["/herons", "/birds/herons", "/a1b2"] {
        assert_eq!(blog.visitor().get(old).location.as_deref(), Some("/posts/herons"), "{old}");
    }
}

#[test]
fn an_archive_of_texts_comes_in_too() {
    let folder = Folder::with_owner();
    let archive = zip(&[
        ("birds/herons_a1b2.txt", b"# Herons\n\nA *grey* bird."),
        ("drafts/e5f6.txt", b"Half a thought"),
        ("birds/latin_x.txt", b"caf\xe9"),
    ]);
    std::fs::write(folder.path("old.zip"), archive).unwrap();
    let report = folder.run(&["import", "writefreely", "old.zip"]).done();
    assert!(
        report.starts_with("2 posts imported, 1 of them a draft; 0 were here already.\n"),
        "{report}"
    );
    assert!(report.contains("  birds/latin_x.txt: it is not in UTF-8\n"), "{report}");
    assert_eq!(
        folder.ask("SELECT title, content FROM posts WHERE slug = 'herons'"),
        ["Herons|A *grey* bird."]
    );
}

#[test]
fn a_blog_that_was_not_public_does_not_become_so() {
    let folder = Folder::with_owner();
    let export = r#"{"collections": [
        {"alias": "open", "public": true, "posts": [{"id": "a", "slug": "one", "created": "2019-09-25T10:00:00Z", "title": "One", "body": "x"}]},
        {"alias": "closed", "posts": [{"id": "b", "slug": "two", "created": "2019-09-26T10:00:00Z", "title": "Two", "body": "x"}], "public": false}]}"#;
    folder.write("old.json", export);
    let rehearsed = folder.run(&["import", "writefreely", "old.json", "--dry-run"]).done();
    let report = folder.run(&["import", "writefreely", "old.json"]).done();
    assert_eq!(rehearsed, report);
    let line = "  post 2 (b), “Two”: its blog was unlisted, private or behind a password; here it is for who is signed in";
    assert!(report.lines().any(|told| told == line), "{report}");
    assert!(report.contains("  1 private: 1 imported\n"), "{report}");
    assert_eq!(
        folder.ask("SELECT slug, visibility FROM posts ORDER BY slug"),
        ["one|public", "two|private"]
    );
}

#[test]
fn an_archive_of_texts_says_that_nobody_knows_who_might_read_them() {
    let folder = Folder::with_owner();
    std::fs::write(folder.path("old.zip"), zip(&[("birds/herons_a1b2.txt", b"A")])).unwrap();
    let report = folder.run(&["import", "writefreely", "old.zip"]).done();
    assert!(
        report.contains(
            "  the zip does not say which blogs were public: all are here; the JSON says it\n"
        ),
        "{report}"
    );
}

#[test]
fn a_date_that_cannot_be_read_is_told() {
    let post = |id: &str, created: &str| {
        format!(
            r#"{{"id": "{id}", "slug": "{id}", "created": "{created}", "title": "{id}", "body": "x"}}"#
        )
    };
    let folder = birds(&[post("a", "soon"), post("b", "2019-09-25T10:00:00Z")].join(", "));
    let report = folder.run(&["import", "writefreely", "old.json"]).done();
    assert!(
        report.contains("Please look at (1):\n  post 1 (a), “a”: it has no date that can be read; it got the present one\n"),
        "{report}"
    );
}

#[test]
fn posts_without_an_id_are_not_taken_for_each_other() {
    let folder = birds(
        r#"{"created": "2019-09-25T10:00:00Z", "title": "A", "body": "x"}, {"created": "2019-09-26T10:00:00Z", "title": "A", "body": "x"},
        {"created": "2019-09-26T10:00:00Z", "title": "A", "body": "y"}, {"slug": "b", "created": "2019-09-26T10:00:00Z", "title": "A", "body": "y"}"#,
    );
    let report = folder.run(&["import", "writefreely", "old.json"]).done();
    assert!(
        report.starts_with("4 posts imported, 0 of them drafts; 0 were here already.\n"),
        "{report}"
    );
    let again = folder.run(&["import", "writefreely", "old.json"]).done();
    assert!(
        again.starts_with("0 posts imported, 0 of them drafts; 4 were here already.\n"),
        "{again}"
    );
}
