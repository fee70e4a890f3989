use super::{dot, everything};
use crate::running::Ran;
use crate::support::Folder;

/// A post in each dialect.
const HUGO: &str = "+++\ntitle = 'From Hugo'\ndate = 2019-09-25T12:00:00+02:00\ntags = ['Birds']\naliases = ['/2019/hugo/']\nweight = 7\n+++\n\nA {{< youtube 1 >}} and ![a heron](heron.png).\n";
const ZOLA: &str = "+++\ntitle = \"From Zola\"\ndate = 2019-10-01\npath = \"old/zola\"\n\n[taxonomies]\ntags = [\"Birds\"]\n\n[extra]\nmood = \"calm\"\n+++\nWords.\n";
const JEKYLL: &str = "---\ntitle: From Jekyll\nlayout: post\npermalink: /2014/01/jekyll.html\n---\n{% include note.html %}\n\nWords.\n";
const GOBLOG: &str = "---\npath: /2020/goblog\ntitle: From GoBlog\npublished: 2020-05-05T10:00:00Z\nsection: notes\n---\nWords.\n";
const BEAR: &str =
    "title: From Bear\npublished_date: 2021-01-01 12:00\nalias: old-bear\n\nWords.\n";
const PLAIN: &str = "# From nowhere\n\nWords.\n";
const DRAFT: &str = "---\ntitle: Half a thought\ndraft: true\n---\nWor\n";
const SIGNED: &str = "---\ntitle: By Bob\ndate: 2020-01-01\nauthor: Bob\n---\nWords.\n";
const GUEST: &str = "---\ntitle: By a guest\ndate: 2020-01-02\nauthor: Gwen Guest\n---\nWords.\n";

fn folder() -> Folder {
    let folder = Folder::with_owner();
    folder.add("Bob", "author");
    for (name, text) in [
        ("posts/hugo.md", HUGO),
        ("posts/deep/zola.md", ZOLA),
        ("posts/_posts/2014-01-05-jekyll.markdown", JEKYLL),
        ("posts/goblog.md", GOBLOG),
        ("posts/bear.md", BEAR),
        ("posts/plain.md", PLAIN),
        ("posts/draft.md", DRAFT),
        ("posts/signed.md", SIGNED),
        ("posts/guest.md", GUEST),
        ("posts/_index.md", "+++\ntitle = 'A section'\n+++\n"),
        ("posts/notes.txt", "no post"),
    ] {
        folder.write(name, text);
    }
    folder
}

fn import(folder: &Folder, more: &[&str]) -> Ran {
    folder.run(&[&["import", "markdown", "posts"], more].concat())
}

#[test]
fn every_dialect_comes_in() {
    let folder = folder();
    let report = import(&folder, &[]).done();
    assert!(
        report.starts_with("9 posts imported, 1 of them a draft; 0 were here already.\n"),
        "{report}"
    );
    let titles = folder.ask("SELECT title FROM posts ORDER BY title");
    let expected = [
        "By Bob",
        "By a guest",
        "From Bear",
        "From GoBlog",
        "From Hugo",
        "From Jekyll",
        "From Zola",
        "From nowhere",
        "Half a thought",
    ];
    assert_eq!(titles, expected);
    let dates = "SELECT date(published_at, 'unixepoch') FROM posts WHERE title LIKE 'From %' AND source NOT LIKE '%plain%'
                 ORDER BY published_at";
    let expected = ["2014-01-05", "2019-09-25", "2019-10-01", "2020-05-05", "2021-01-01"];
    assert_eq!(folder.ask(dates), expected);
}

#[test]
fn a_second_import_changes_nothing() {
    let folder = folder();
    import(&folder, &[]).done();
    let before = everything(&folder);
    let report = import(&folder, &[]).done();
    assert!(
        report.starts_with("0 posts imported, 0 of them drafts; 9 were here already.\n"),
        "{report}"
    );
    assert_eq!(everything(&folder), before);
}

#[test]
fn a_text_that_changed_since_is_told_and_left_as_it_is_here() {
    let folder = folder();
    import(&folder, &[]).done();
    let before = everything(&folder);
    folder.write("posts/bear.md", &BEAR.replace("Words", "Other words"));
    let report = import(&folder, &[]).done();
    assert!(
        report
            .contains("Changed since they were imported; left as they are here (1):\n  bear.md\n"),
        "{report}"
    );
    assert_eq!(everything(&folder), before);
}

#[test]
fn a_dry_run_writes_nothing_and_prints_the_same_report() {
    let folder = folder();
    let (before, names) = (everything(&folder), folder.names());
    let rehearsed = import(&folder, &["--dry-run"]).done();
    assert_eq!((everything(&folder), folder.names()), (before, names));
    let done = import(&folder, &[]).done();
    assert_eq!(rehearsed, done);
}

#[test]
fn a_dry_run_needs_no_database_and_makes_none() {
    let folder = Folder::empty();
    folder.write("posts/hugo.md", HUGO);
    let report = import(&folder, &["--dry-run"]).done();
    assert!(report.starts_with("1 post imported"), "{report}");
    assert_eq!(folder.names(), ["posts"]);
}

#[test]
fn posts_belong_to_their_author_or_to_the_one_named() {
    let signed =
        "SELECT title, users.name, byline FROM posts LEFT JOIN users ON users.id = author_id
                  WHERE title IN ('By Bob', 'By a guest', 'From Bear') ORDER BY title";
    let one = folder();
    import(&one, &[]).done();
    assert_eq!(
        one.ask(signed),
        ["By Bob|Bob|Null", "By a guest|Ada|Gwen Guest", "From Bear|Ada|Null"]
    );
    let other = folder();
    other.add("Eve", "author");
    import(&other, &["--author", "eve"]).done();
    assert_eq!(
        other.ask(signed),
        ["By Bob|Bob|Null", "By a guest|Eve|Gwen Guest", "From Bear|Eve|Null"]
    );
}

#[test]
fn an_unknown_author_stops_it_before_anything_is_written() {
    let folder = folder();
    let before = everything(&folder);
    for more in [&["--author", "Nobody"][..], &["--author", "Nobody", "--dry-run"]] {
        let line = import(&folder, more).failed();
        assert!(line.contains("nobody here is called Nobody"), "{line}");
    }
    assert_eq!(everything(&folder), before);
}

#[test]
fn a_failed_import_makes_no_database() {
    let folder = Folder::empty();
    let line = import(&folder, &[]).failed();
    assert!(line.contains("posts"), "{line}");
    assert!(folder.names().is_empty());
    folder.write("posts/hugo.md", HUGO);
    import(&folder, &["--author", "Nobody"]).failed();
    assert_eq!(folder.names(), ["posts"]);
}

#[test]
fn drafts_stay_drafts() {
    let folder = folder();
    import(&folder, &[]).done();
    assert_eq!(
        folder.ask("SELECT title FROM posts WHERE published_at IS NULL"),
        ["Half a thought"]
    );
    let blog = folder.serve();
    assert_eq!(blog.visitor().get("/posts/draft").status, 404);
    assert_eq!(blog.ada().get("/posts/draft").status, 200);
}

#[test]
fn old_addresses_lead_to_the_posts() {
    let folder = folder();
    import(&folder, &[]).done();
    let blog = folder.serve();
    let mut visitor = blog.visitor();
    for (old, new) in [
        ("/2019/hugo/", "/posts/hugo"),
        ("/2019/hugo", "/posts/hugo"),
        ("/old/zola", "/posts/zola"),
        ("/2014/01/jekyll.html", "/posts/jekyll"),
        ("/2020/goblog", "/posts/goblog"),
        ("/old-bear", "/posts/bear"),
    ] {
        let answer = visitor.get(old);
        let led = (answer.status, answer.location.as_deref());
        assert!(matches!(answer.status, 301 | 308) && led.1 == Some(new), "{old}: {answer:?}");
        assert_eq!(visitor.get(new).status, 200);
    }
}

#[test]
fn an_address_taken_twice_gets_a_number() {
    let folder = Folder::with_owner();
    for (year, title) in [("2001", "One"), ("2002", "Two"), ("2003", "Three")] {
        let text = format!("---\ntitle: {title}\nslug: same\ndate: {year}-01-01\n---\nWords.\n");
        folder.write(&format!("posts/{year}.md"), &text);
    }
    import(&folder, &[]).done();
    let slugs = folder.ask("SELECT title, slug FROM posts ORDER BY published_at");
    assert_eq!(slugs, ["One|same", "Two|same-2", "Three|same-3"]);
}

#[test]
fn the_report_tells_what_did_not_come_along() {
    let folder = folder();
    let report = import(&folder, &[]).done();
    for line in [
        "  hugo.md, line 9: heron.png (it is not in the imported folder)",
        "  hugo.md: Line 9: the Hugo shortcode `{{< youtube` does nothing here and stays in the text.",
        "  _posts/2014-01-05-jekyll.markdown: Line 6: the template tag `{% include` does nothing here and stays in the text.",
        "  _index.md: it describes a section and is no post",
        "  plain.md: it has no date; it got the one at which the file was last changed",
    ] {
        assert!(report.lines().any(|told| told == line), "{line}\nin\n{report}");
    }
}

#[test]
fn what_cannot_be_read_is_left_out_and_told() {
    let folder = folder();
    folder.write("posts/broken.md", "---\ntitle: [never closed\n---\nWords.\n");
    std::fs::write(folder.path("posts/latin.md"), b"# Caf\xe9\n").unwrap();
    let report = import(&folder, &[]).done();
    assert!(report.starts_with("9 posts imported"), "{report}");
    assert!(report.contains("  latin.md: it is not in UTF-8\n"), "{report}");
    assert!(report.contains("  broken.md: "), "{report}");
}

#[test]
fn keys_that_mean_nothing_here_are_kept() {
    let folder = folder();
    import(&folder, &[]).done();
    let kept = folder
        .ask("SELECT title, front_matter FROM posts WHERE front_matter <> '{}' ORDER BY title");
    let expected = [
        "From GoBlog|{\"section\":\"notes\"}",
        "From Hugo|{\"weight\":7}",
        "From Jekyll|{\"layout\":\"post\"}",
        "From Zola|{\"extra\":{\"mood\":\"calm\"}}",
    ];
    assert_eq!(kept, expected);
}

#[test]
fn the_pictures_of_a_bundle_come_along_and_are_shown() {
    let folder = Folder::with_owner();
    let text = "---\ntitle: Herons\ndate: 2020-01-01\n---\n![one](heron.gif \"A\") and <img src=\"./sub/b%20c.gif\">\n\n\
                ![two][h]\n\n[h]: /img/sea.gif\n\n`![no](heron.gif)` ![gone](gone.gif) ![out](../../secret.gif)\n";
    folder.write("content/posts/herons/index.md", text);
    for (name, red) in
        [("posts/herons/heron.gif", 1), ("posts/herons/sub/b c.gif", 2), ("static/img/sea.gif", 3)]
    {
        folder.write(&format!("content/{name}"), "");
        std::fs::write(folder.path(&format!("content/{name}")), dot(red)).unwrap();
    }
    std::fs::write(folder.path("secret.gif"), dot(4)).unwrap();
    let rehearsed = folder.run(&["import", "markdown", "content", "--dry-run"]).done();
    let report = folder.run(&["import", "markdown", "content"]).done();
    assert_eq!(rehearsed, report);
    assert!(report.contains("5 pictures and files: 3 imported, 2 left out"), "{report}");
    for line in [
        "line 11: gone.gif (it is not in the imported folder)",
        "line 11: ../../secret.gif (it is not",
    ] {
        assert!(report.contains(line), "{line}\n{report}");
    }
    let blog = folder.serve();
    let page = blog.visitor().get("/posts/herons");
    assert_eq!(page.text.matches("<img src=\"/media/").count(), 3, "{}", page.text);
    assert!(page.text.contains("<code>![no](heron.gif)</code>"), "{}", page.text);
    // What it shows is kept, from the first byte to the last.
    let kept = folder
        .ask("SELECT count(*) FROM post_media JOIN media ON media.digest = post_media.digest");
    assert_eq!(kept, ["3"]);
}
