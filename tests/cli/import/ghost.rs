use super::{dot, everything, zip};
use crate::support::Folder;
use serde_json::json;

/// The tables of a small blog.
const DATA: &str = r##"{
  "posts": [
    {"id": "1", "uuid": "u1", "title": "Herons", "slug": "herons", "type": "post", "status": "published", "visibility": "public", "featured": true,
     "html": "<p>A <strong>grey</strong> bird. <a href=\"__GHOST_URL__/about/\">About</a></p><figure class=\"kg-card\"><img src=\"__GHOST_URL__/content/images/size/w600/2019/09/heron.gif\" alt=\"H\"></figure>",
     "feature_image": "__GHOST_URL__/content/images/2019/09/sea.gif", "custom_excerpt": "On herons", "published_at": "2019-09-25T10:00:00.000Z",
     "updated_at": 1569578400000, "codeinjection_head": "<script>x</script>", "canonical_url": "https://elsewhere.example/herons"},
    {"id": "2", "title": "About", "slug": "about", "type": "page", "status": "published", "visibility": "public", "html": "<p>Us</p>", "published_at": "2019-01-01 10:00:00"},
    {"id": "3", "title": "Old draft", "slug": "draft", "page": 0, "status": "draft", "visibility": "public", "html": null,
     "mobiledoc": "{\"version\":\"0.3.1\",\"atoms\":[],\"markups\":[],\"cards\":[[\"markdown\",{\"markdown\":\"# A *draft* ![x](__GHOST_URL__/content/images/2019/09/heron.gif)\"}]],\"sections\":[[10,0]]}"},
    {"id": "4", "title": "For members", "slug": "members", "status": "published", "visibility": "members", "published_at": "2019-09-26T10:00:00.000Z",
     "html": "", "lexical": "{\"root\":{\"children\":[{\"type\":\"paragraph\",\"children\":[{\"type\":\"extended-text\",\"text\":\"Words\",\"format\":1}]},{\"type\":\"signup\"}]}}"},
    {"id": "5", "title": "Later", "slug": "later", "status": "scheduled", "visibility": "public", "html": "<p>x</p>", "published_at": "2999-01-01T00:00:00.000Z"},
    {"id": "6", "title": "Letter", "slug": "letter", "status": "sent", "visibility": "public", "html": "<p>x</p>", "published_at": "2019-09-27T00:00:00.000Z"}],
  "tags": [{"id": "t1", "name": "Sea", "slug": "sea"}, {"id": "t2", "name": "Birds", "slug": "birds"}, {"id": "t3", "name": "#wide", "slug": "hash-wide"}],
  "posts_tags": [{"post_id": "1", "tag_id": "t1", "sort_order": 1}, {"post_id": "1", "tag_id": "t2", "sort_order": 0}, {"post_id": "1", "tag_id": "t3", "sort_order": 2}],
  "users": [{"id": "a1", "name": "Bob", "slug": "bob"}, {"id": "a2", "name": "Gwen Guest", "slug": "gwen"}],
  "posts_authors": [{"post_id": "1", "author_id": "a1", "sort_order": 0}, {"post_id": "2", "author_id": "a2", "sort_order": 0}],
  "posts_meta": [{"post_id": "1", "feature_image_alt": "The sea", "meta_description": "not this"}],
  "settings": [{"key": "title", "value": "Old"}]}"##;

fn whole() -> String {
    format!("{{\"db\": [{{\"meta\": {{\"version\": \"5.1\"}}, \"data\": {DATA}}}]}}")
}

fn folder() -> Folder {
    let folder = Folder::with_owner();
    folder.add("Bob", "author");
    let archive = zip(&[
        ("data/old.ghost.2019.json", whole().as_bytes()),
        (
            "settings/redirects.json",
            br#"[{"from": "^\\/birds\\/herons\\/?$", "to": "/herons/", "permanent": true}]"#,
        ),
        ("settings/routes.yaml", b"collections:\n  /:\n    permalink: /{year}/{slug}/\n"),
        ("images/2019/09/heron.gif", &dot(1)),
        ("images/2019/09/sea.gif", &dot(2)),
        ("themes/casper/package.json", &[b' '; 20_000]),
    ]);
    std::fs::write(folder.path("ghost.zip"), archive).unwrap();
    folder.write("ghost.json", &whole());
    folder
}

#[test]
fn a_backup_comes_in_and_the_report_tells_of_everything() {
    let folder = folder();
    let rehearsed = folder.run(&["import", "ghost", "ghost.zip", "--dry-run"]).done();
    let report = folder.run(&["import", "ghost", "ghost.zip"]).done();
    assert_eq!(rehearsed, report);
    assert!(
        report.starts_with("6 posts imported, 1 of them a draft; 0 were here already.\n"),
        "{report}"
    );
    for line in [
        "  5 posts: 5 imported",
        "  1 page: 1 imported",
        "  1 draft: 1 imported",
        "  1 scheduled: 1 imported",
        "  2 private: 2 imported",
        "  3 pictures and files: 3 imported",
        "  2 authors",
        "  3 tags",
        "  post 4 (members), “For members”: it was for “members”; here it is for who is signed in",
        "  post 4 (members), “For members”: its card “signup” shows nothing here",
        "  post 1 (herons), “Herons”: its codeinjection_head does nothing here; it is kept beside the text",
    ] {
        assert!(report.lines().any(|told| told == line), "{line}\nin\n{report}");
    }
}

#[test]
fn the_texts_of_a_backup_come_with_their_pictures_and_tags() {
    let folder = folder();
    folder.run(&["import", "ghost", "ghost.zip"]).done();
    let digest = |name: &str| {
        folder.ask(&format!("SELECT digest FROM media WHERE name = '{name}'")).remove(0)
    };
    let (heron, sea) = (digest("heron.gif"), digest("sea.gif"));
    let texts =
        folder.ask("SELECT content FROM posts WHERE slug IN ('herons', 'members') ORDER BY slug");
    assert_eq!(
        texts,
        [
            format!(
                "![The sea](/media/{sea}/sea.gif)\n\nA **grey** bird. [About](/about/)\n\n![H](/media/{heron}/heron.gif)\n"
            ),
            "**Words**\n".to_owned(),
        ]
    );
    assert_eq!(
        folder.ask(
            "SELECT versions.content FROM versions JOIN posts ON posts.id = post_id WHERE slug = 'draft'"
        ),
        [format!("# A *draft* ![x](/media/{heron}/heron.gif)")]
    );
    let kept = folder.ask("SELECT front_matter FROM posts WHERE slug = 'herons'").remove(0);
    assert!(
        kept.contains("\"internal_tags\":[\"#wide\"]") && kept.contains("elsewhere.example"),
        "{kept}"
    );
    let tags = "SELECT tags.name FROM tags JOIN post_tags ON tag_id = tags.id ORDER BY position";
    assert_eq!(folder.ask(tags), ["Birds", "Sea"]);
}

#[test]
fn the_addresses_of_a_backup_lead_to_its_posts() {
    let folder = folder();
    folder.run(&["import", "ghost", "ghost.zip"]).done();
    let blog = folder.serve();
    for (old, new) in [
        ("/herons/", "/posts/herons"),
        ("/2019/herons/", "/posts/herons"),
        ("/birds/herons", "/posts/herons"),
    ] {
        assert_eq!(blog.visitor().get(old).location.as_deref(), Some(new), "{old}");
    }
    assert_eq!(blog.visitor().get("/about").status, 200);
}

#[test]
fn a_text_without_its_pictures_says_where_they_are() {
    let folder = folder();
    let report = folder.run(&["import", "ghost", "ghost.json"]).done();
    assert!(report.contains("3 pictures and files: 3 left out"), "{report}");
    assert!(
        report.contains("(pictures are in a backup of Ghost, and this is only its text)"),
        "{report}"
    );
}

#[test]
fn both_forms_of_an_export_are_the_same_and_a_second_run_changes_nothing() {
    let folder = folder();
    folder.run(&["import", "ghost", "ghost.json"]).done();
    let before = everything(&folder);
    folder.write("short.json", &format!("{{\"meta\": {{}}, \"data\": {DATA}}}"));
    let again = folder.run(&["import", "ghost", "short.json"]).done();
    assert!(
        again.starts_with("0 posts imported, 0 of them drafts; 6 were here already.\n"),
        "{again}"
    );
    assert_eq!(everything(&folder), before);
}

#[test]
fn a_date_that_cannot_be_read_is_told_and_lets_nothing_out_before_its_time() {
    let folder = Folder::with_owner();
    let posts = r#"{"id": "1", "title": "A", "slug": "a", "status": "published", "html": "<p>x</p>", "published_at": "soon"},
        {"id": "2", "title": "B", "slug": "b", "status": "scheduled", "html": "<p>x</p>", "published_at": "later"},
        {"id": "3", "title": "C", "slug": "c", "status": "draft", "html": "<p>x</p>", "published_at": null}"#;
    folder.write("ghost.json", &format!("{{\"data\": {{\"posts\": [{posts}]}}}}"));
    let report = folder.run(&["import", "ghost", "ghost.json"]).done();
    assert!(report.starts_with("3 posts imported, 2 of them drafts"), "{report}");
    assert!(report.contains("Please look at (2):\n"), "{report}");
    for line in [
        "  post 1 (a), “A”: it has no date that can be read; it got the present one",
        "  post 2 (b), “B”: it was to come at a date that cannot be read; it is a draft now",
    ] {
        assert!(report.lines().any(|told| told == line), "{line}\nin\n{report}");
    }
    assert_eq!(folder.ask("SELECT slug FROM posts WHERE published_at IS NOT NULL"), ["a"]);
}

/// A row of the table of posts with these fields beside those that all have.
fn row(slug: &str, fields: &str) -> String {
    format!(
        r#"{{"id": "{slug}", "title": "{slug}", "slug": "{slug}", "status": "published", "published_at": "2019-09-25T10:00:00Z", {fields}}}"#
    )
}

fn export(rows: &[String]) -> String {
    format!("{{\"data\": {{\"posts\": [{}]}}}}", rows.join(", "))
}

#[test]
fn the_pictures_in_markdown_come_whichever_way_their_addresses_are_written() {
    let folder = Folder::with_owner();
    let text = "![a](/content/images/2019/a.gif) <img src='/content/images/size/w600/2019/b.gif'> \
        [c](https://old.example/content/files/c.pdf) ![d](/content/images/d.gif) ![e](https://other.example/content/images/e.gif)\n\n`/content/images/2019/a.gif`";
    let card = json!({"root": {"children": [{"type": "markdown", "markdown": text}]}}).to_string();
    let posts = export(&[row("one", &format!("\"lexical\": {}", json!(card)))]);
    let archive = zip(&[
        ("data/old.json", posts.as_bytes()),
        ("content/images/2019/a.gif", &dot(1)),
        ("content/images/2019/b.gif", &dot(2)),
        ("content/files/c.pdf", b"%PDF-1.4"),
    ]);
    std::fs::write(folder.path("ghost.zip"), archive).unwrap();
    let report = folder.run(&["import", "ghost", "ghost.zip"]).done();
    assert!(report.contains("4 pictures and files: 3 imported, 1 left out"), "{report}");
    assert!(report.contains(": /content/images/d.gif (it is not in the archive)\n"), "{report}");
    let content = folder.ask("SELECT content FROM posts").remove(0);
    assert_eq!(content.matches("/media/").count(), 3, "{content}");
    assert!(content.ends_with("![d](/content/images/d.gif) ![e](https://other.example/content/images/e.gif)\n\n`/content/images/2019/a.gif`"), "{content}");
}

#[test]
fn redirects_that_lead_to_no_post_are_told() {
    let folder = Folder::with_owner();
    let posts = export(&[row("one", "\"html\": \"<p>x</p>\"")]);
    let redirects = r#"[{"from": "/a", "to": "/one/?ref=x#y"}, {"from": "/b", "to": "one"}, {"from": "/c/", "to": "/b/"},
        {"from": "/d", "to": "/tag/birds/"}, {"from": "/e", "to": "https://other.example/one"}, {"from": "/f", "to": "//other.example/one"}]"#;
    let archive =
        zip(&[("data/old.json", posts.as_bytes()), ("data/redirects.json", redirects.as_bytes())]);
    std::fs::write(folder.path("ghost.zip"), archive).unwrap();
    let rehearsed = folder.run(&["import", "ghost", "ghost.zip", "--dry-run"]).done();
    let report = folder.run(&["import", "ghost", "ghost.zip"]).done();
    assert_eq!(rehearsed, report);
    for (from, to) in
        [("/d", "/tag/birds/"), ("/e", "https://other.example/one"), ("/f", "//other.example/one")]
    {
        let line = format!("  the redirect from {from} to {to} leads to no post; it was left out");
        assert!(report.lines().any(|told| told == line), "{line}\nin\n{report}");
    }
    assert!(report.contains("Please look at (3):"), "{report}");
    let blog = folder.serve();
    for old in ["/a", "/b", "/c"] {
        assert_eq!(blog.visitor().get(old).location.as_deref(), Some("/posts/one"), "{old}");
    }
}

#[test]
fn a_text_that_grows_beyond_reason_is_left_out() {
    let folder = Folder::with_owner();
    let card = json!(["html", {"html": "<p>x</p>".repeat(12_000)}]);
    let sections = vec![json!([10, 0]); 60_000];
    let text = json!({"cards": [card], "sections": sections}).to_string();
    let rows =
        [row("one", &format!("\"mobiledoc\": {}", json!(text))), row("two", "\"html\": \"x\"")];
    folder.write("ghost.json", &export(&rows));
    let report = folder.run(&["import", "ghost", "ghost.json"]).done();
    assert!(report.starts_with("1 post imported"), "{report}");
    assert!(
        report.contains("Left out (1):\n  post 1 (one), “one”: a post has at most 2 MiB of text\n"),
        "{report}"
    );
}

#[test]
fn the_export_in_a_backup_is_the_one_with_posts() {
    let folder = Folder::with_owner();
    let (posts, more) =
        (export(&[row("one", "\"html\": \"x\"")]), export(&[row("b", "\"html\": \"\"")]));
    let archive = zip(&[
        (
            "data/members.json",
            format!("{{\"members\": [{}]}}", "1, ".repeat(9_000) + "1").as_bytes(),
        ),
        ("data/old.json", posts.as_bytes()),
        ("data/older.json", more.as_bytes()),
    ]);
    std::fs::write(folder.path("ghost.zip"), archive).unwrap();
    let report = folder.run(&["import", "ghost", "ghost.zip"]).done();
    assert!(report.starts_with("1 post imported"), "{report}");
    assert!(
        report.contains("  data/older.json is another export; the larger one came in\n"),
        "{report}"
    );
}
