use super::wordpress::{export, item};
use super::{everything, zip};
use crate::support::Folder;

/// SQL, HTML, control characters and paths.
const ODD: [&str; 6] = [
    "'); DROP TABLE posts; --",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "\" onmouseover=\"alert(1)",
    "../../etc/passwd",
    "\u{202E}gpj.exe {{ site.title }} {% raw %}",
    "%00%0d%0aSet-Cookie:x",
];

#[test]
fn what_stands_in_any_field_is_only_text() {
    let folder = Folder::with_owner();
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    let items: String = ODD
        .iter()
        .enumerate()
        .map(|(n, odd)| {
            let odd = escaped(odd);
            let fields = format!(
                "<content:encoded>{odd}</content:encoded><excerpt:encoded>{odd}</excerpt:encoded><category domain=\"post_tag\" nicename=\"x\">{odd}</category>\
                 <wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_author>{odd}</wp:comment_author><wp:comment_content>{odd}</wp:comment_content>\
                 <wp:comment_approved>1</wp:comment_approved></wp:comment>\
                 <wp:postmeta><wp:meta_key>_wp_old_slug</wp:meta_key><wp:meta_value>{odd}</wp:meta_value></wp:postmeta>"
            );
            item(n as u32 + 1, "post", "publish", &odd, &fields).replace(">bob<", &format!(">{odd}<"))
        })
        .collect();
    folder.write("old.xml", &export(&items));
    let report = folder.run(&["import", "wordpress", "old.xml"]).done();
    assert!(report.starts_with("6 posts imported"), "{report}");
    let blog = folder.serve();
    let mut visitor = blog.visitor();
    for path in ["/posts", "/feed.xml", "/tags", "/archive"] {
        let page = visitor.get(path);
        assert_eq!(page.status, 200, "{path}");
        assert!(
            !page.text.contains("<script>alert") && !page.text.contains("<img src=x"),
            "{path}"
        );
    }
    for n in 1..=6 {
        let page = visitor.get(&format!("/posts/post-{n}"));
        assert_eq!(page.status, 200);
        assert!(
            !page.text.contains("<script>alert") && !page.text.contains("<img src=x"),
            "{}",
            page.text
        );
    }
}

#[test]
fn what_cannot_be_read_changes_nothing_and_says_why() {
    let folder = Folder::with_owner();
    folder.run(&["settings", "get", "title"]).done();
    let good = export(&item(1, "post", "publish", "A", ""));
    let bomb =
        good.replacen("<rss", "<!DOCTYPE rss [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><rss", 1);
    folder.write("bomb.xml", &bomb);
    folder.write("nonsense.xml", "nonsense");
    folder.write("cut.json", "{\"db\": [{\"data\": {\"posts\": [{\"id\": \"1\", \"title\": \"A\", \"html\": \"x\"}, {\"id\":");
    folder.write("deep.json", &"[".repeat(200_000));
    folder.write("other.json", "{\"data\": {}}");
    std::fs::write(folder.path("empty.zip"), zip(&[])).unwrap();
    std::fs::write(folder.path("cut.zip"), &zip(&[("data/x.json", b"{}")])[..40]).unwrap();
    let before = everything(&folder);
    for (system, file, reason) in [
        ("wordpress", "bomb.xml", "document type definition"),
        ("wordpress", "nonsense.xml", "no export of WordPress"),
        ("ghost", "cut.json", "cannot be read"),
        ("ghost", "deep.json", "cannot be read"),
        ("ghost", "other.json", "no export of Ghost"),
        ("ghost", "empty.zip", "no export of Ghost"),
        ("ghost", "cut.zip", "cannot be read"),
        ("writefreely", "cut.json", "cannot be read"),
        ("writefreely", "other.json", "no export of WriteFreely"),
        ("writefreely", "empty.zip", "no export of WriteFreely"),
        ("wordpress", "missing.xml", "cannot read missing.xml"),
    ] {
        let line = folder.run(&["import", system, file]).failed();
        assert!(line.contains(reason), "{file}: {line}");
        assert_eq!(everything(&folder), before, "{file}");
    }
}

#[test]
fn parents_in_a_circle_and_parents_of_nobody_are_no_trouble() {
    let folder = Folder::with_owner();
    let parent = |id: u32| format!("<wp:post_parent>{id}</wp:post_parent>");
    let comment = |id: u32, parent: u32| {
        format!(
            "<wp:comment><wp:comment_id>{id}</wp:comment_id><wp:comment_parent>{parent}</wp:comment_parent><wp:comment_content>x</wp:comment_content><wp:comment_approved>1</wp:comment_approved></wp:comment>"
        )
    };
    let items = [
        item(1, "page", "publish", "A", &parent(2)),
        item(2, "page", "publish", "B", &parent(1)),
        item(
            3,
            "post",
            "publish",
            "C",
            &[parent(3), comment(1, 2), comment(2, 1), comment(3, 3), comment(4, 99)].concat(),
        ),
    ];
    folder.write("old.xml", &export(&items.concat()));
    let report = folder.run(&["import", "wordpress", "old.xml"]).done();
    assert!(
        report.starts_with("3 posts imported") && report.contains("4 comments: 4 imported"),
        "{report}"
    );
    assert_eq!(folder.ask("SELECT number FROM comments WHERE answers IS NOT NULL"), ["2"]);
}

#[test]
fn an_archive_that_leads_out_of_itself_is_refused() {
    let folder = Folder::with_owner();
    for name in ["../../evil.json", "/tmp/evil.json"] {
        std::fs::write(folder.path("evil.zip"), zip(&[(name, b"{}")])).unwrap();
        let line = folder.run(&["import", "ghost", "evil.zip"]).failed();
        assert!(line.contains("leads out of it"), "{line}");
    }
    assert!(!std::path::Path::new("/tmp/evil.json").exists());
}

#[test]
fn a_hundred_thousand_tags_are_fifty_and_a_note() {
    let folder = Folder::with_owner();
    let tags: String = (0..100_000)
        .map(|n| format!("<category domain=\"post_tag\" nicename=\"t\">t{n}</category>"))
        .collect();
    folder.write("old.xml", &export(&item(1, "post", "publish", "A", &tags)));
    let report = folder.run(&["import", "wordpress", "old.xml"]).done();
    assert!(report.contains("it has more than 50 tags"), "{report}");
    assert_eq!(folder.ask("SELECT count(*) FROM post_tags"), ["50"]);
    let tags: Vec<_> = (0..100_000).map(|n| format!("\"t{n}\"")).collect();
    folder.write(
        "posts/a.md",
        &format!("---\ntitle: B\ndate: 2020-01-01\ntags: [{}]\n---\nx\n", tags.join(", ")),
    );
    let report = folder.run(&["import", "markdown", "posts"]).done();
    assert!(report.contains("more than 50 tags") || report.contains("Left out"), "{report}");
}

#[test]
fn a_file_of_another_kind_is_told_from_the_one_that_was_expected() {
    let folder = Folder::with_owner();
    folder.write("notes.txt", "no export at all, only some notes");
    for (kind, hint) in [
        ("archive", "it is no zip, or its end is missing"),
        ("ghost", "this is no JSON, as exports of Ghost and WriteFreely are"),
        ("writefreely", "this is no JSON, as exports of Ghost and WriteFreely are"),
        ("wordpress", "this is no export of WordPress"),
    ] {
        let line = folder.run(&["import", kind, "notes.txt"]).failed();
        assert!(line.contains(hint), "{line}");
    }
}
