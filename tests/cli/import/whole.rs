//! Nothing of an export of WordPress is lost without a word.

use super::wordpress::{content, export, item};
use super::{dot, everything};
use crate::support::Folder;

/// A blog that these items were brought into, and what was said of it.
fn brought(items: &str) -> (Folder, String) {
    let folder = Folder::with_owner();
    folder.write("old.xml", &export(items));
    let report = folder.run(&["import", "wordpress", "old.xml"]).done();
    (folder, report)
}

/// Puts pictures into the folder of uploads, none like another.
fn upload(folder: &Folder, names: &[&str]) {
    for (red, name) in (1..).zip(names) {
        let path = format!("uploads/{name}");
        folder.write(&path, "");
        std::fs::write(folder.path(&path), dot(red)).unwrap();
    }
}

#[test]
fn of_a_file_that_was_cut_off_nothing_comes_in_unless_that_is_wanted() {
    let folder = Folder::with_owner();
    let whole = export(&(1..=3).map(|n| item(n, "post", "publish", "A", "")).collect::<String>());
    let end = whole.rfind("<title>").unwrap();
    folder.write("old.xml", &whole[..end]);
    for args in [&["--dry-run"][..], &[]] {
        let line = folder.run(&[&["import", "wordpress", "old.xml"], args].concat()).failed();
        assert!(line.contains("it was cut off. Nothing was imported; export it again"), "{line}");
        assert!(folder.ask("SELECT title FROM posts").is_empty());
    }
    let report = folder.run(&["import", "wordpress", "old.xml", "--partial"]).done();
    assert!(report.starts_with("2 posts imported"), "{report}");
    assert!(report.contains("it was cut off; what stands before that is imported"), "{report}");
}

fn text(folder: &Folder) -> String {
    folder.ask("SELECT content FROM posts WHERE title = 'A'").remove(0)
}

fn assert_told(report: &str, line: &str) {
    assert!(report.lines().any(|told| told.trim() == line), "{line}\nin\n{report}");
}

fn meta(key: &str, value: &str) -> String {
    format!(
        "<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value>{value}</wp:meta_value></wp:postmeta>"
    )
}

#[test]
fn pictures_that_the_export_lacks_are_told_and_a_gallery_of_nothing_else_stays() {
    let more = content("[gallery ids=\"77,78\"]") + &meta("_thumbnail_id", "79");
    let (folder, report) = brought(&item(1, "post", "publish", "A", &more));
    assert_eq!(text(&folder).trim(), "\\[gallery ids=\"77,78\"\\]");
    for line in [
        "post 1, “A”: the shortcode “gallery” does nothing here and stays in the text",
        "post 1, “A”: picture 77 of a gallery (it is not in the export)",
        "post 1, “A”: picture 78 of a gallery (it is not in the export)",
        "post 1, “A”: picture 79, which stands for it (it is not in the export)",
    ] {
        assert_told(&report, line);
    }
}

#[test]
fn a_gallery_of_its_own_pictures_without_any_stays_and_is_told() {
    let (folder, report) = brought(&item(1, "post", "publish", "A", &content("[gallery]")));
    assert_eq!(text(&folder).trim(), "\\[gallery\\]");
    let line = "post 1, “A”: the shortcode “gallery” does nothing here and stays in the text";
    assert_told(&report, line);
}

#[test]
fn galleries_without_end_are_made_as_far_as_a_post_has_room_and_the_rest_stays() {
    let picture = |id| {
        let more = "<wp:post_parent>1</wp:post_parent><wp:attachment_url>https://old.example/a.gif</wp:attachment_url>";
        item(id, "attachment", "inherit", "P", more)
    };
    let pictures: String = (2..500).map(picture).collect();
    let post = item(1, "post", "publish", "A", &content(&"[gallery]\n".repeat(3_000)));
    let (folder, report) = brought(&(post + &pictures));
    let text = text(&folder);
    let (shown, kept) = (text.matches("![](").count(), text.matches("\\[gallery\\]").count());
    assert_eq!(shown, (3_000 - kept) * 498);
    assert!(shown > 0 && text.len() < 2 * 1024 * 1024, "{shown} {}", text.len());
    let line = format!(
        "post 1, “A”: {kept} of its galleries stay in the text as they were: it has no room"
    );
    assert_told(&report, &line);
}

#[test]
fn what_looks_like_a_comment_is_kept() {
    let words = "It starts with <!-- and so on.\n\n[sourcecode]<!-- a comment -->\nb[/sourcecode]\n\nThe end.";
    let (folder, _) = brought(&item(1, "post", "publish", "A", &content(words)));
    assert_eq!(
        text(&folder).trim(),
        "It starts with \\<!-- and so on.\n\n```\n<!-- a comment -->\nb\n```\n\nThe end."
    );
}

#[test]
fn a_picture_that_has_a_size_in_its_own_name_comes_and_no_other() {
    let file = |name: &str| format!("https://old.example/blog/wp-content/uploads/2019/09/{name}");
    let attachment = format!("<wp:attachment_url>{}</wp:attachment_url>", file("screen-10x8.gif"));
    let shown =
        ["screen-10x8.gif", "heron-30x20.gif"].map(|name| format!("<img src=\"{}\">", file(name)));
    let items = item(1, "post", "publish", "A", &content(&shown.concat()))
        + &item(2, "attachment", "inherit", "S", &attachment);
    let folder = Folder::with_owner();
    folder.write("old.xml", &export(&items));
    upload(&folder, &["2019/09/screen-10x8.gif", "2019/09/screen.gif", "2019/09/heron.gif"]);
    let report = folder.run(&["import", "wordpress", "old.xml", "--uploads", "uploads"]).done();
    assert!(report.contains("  1 picture or file: 1 imported\n"), "{report}");
    let names = folder.ask("SELECT name FROM media ORDER BY name");
    assert_eq!(names, ["heron.gif", "screen-10x8.gif"]);
    let text = text(&folder);
    assert!(text.contains("/screen-10x8.gif") && text.contains("/heron.gif"), "{text}");
}

#[test]
fn only_links_to_the_blog_itself_lead_here() {
    let links = [
        ("http://www.old.example/blog/2019/?a=b#c", "/blog/2019?a=b#c"),
        ("https://old.example/blog", "/blog"),
        ("https://old.example/blogs/x", "https://old.example/blogs/x"),
        ("https://old.example/shop/", "https://old.example/shop/"),
        ("https://old.example/", "https://old.example/"),
        ("https://wordpress.example/support/x", "https://wordpress.example/support/x"),
        ("https://files.example/other/page", "https://files.example/other/page"),
    ];
    let words: Vec<_> = links.map(|(link, _)| format!("<a href=\"{link}\">x</a>")).to_vec();
    let file = "<wp:attachment_url>https://files.example/a.gif</wp:attachment_url>";
    let items = item(1, "post", "publish", "A", &content(&words.join(" ")))
        + &item(2, "attachment", "inherit", "F", file);
    let folder = Folder::with_owner();
    let site = |address: &str| format!("<wp:base_site_url>{address}</wp:base_site_url>");
    let network = site("https://wordpress.example/");
    folder.write("old.xml", &export(&items).replace(&site("https://old.example"), &network));
    folder.run(&["import", "wordpress", "old.xml"]).done();
    let expected: Vec<_> = links.map(|(_, link)| format!("[x]({link})")).to_vec();
    assert_eq!(text(&folder).trim(), expected.join(" "));
}

#[test]
fn elements_that_show_nothing_here_are_told() {
    let gist = "<script src=\"https://gist.example/1.js\"></script>";
    let drawing = "<svg><path/></svg><form>b</form>";
    let (folder, report) = brought(
        &(item(1, "post", "publish", "A", &content(gist))
            + &item(2, "post", "publish", "B", &content(drawing))),
    );
    assert_eq!(text(&folder).trim(), "");
    for line in [
        "post 1, “A”: the element “script” shows nothing here and was left out",
        "post 2, “B”: the elements “form”, “svg” show nothing here and were left out",
    ] {
        assert_told(&report, line);
    }
    folder.write("posts/c.md", &format!("---\ntitle: C\n---\n`<svg>`\n\n{gist}\n"));
    let report = folder.run(&["import", "markdown", "posts"]).done();
    let line = "c.md: the element “script” shows nothing here and stays in the text";
    assert_told(&report, line);
}

#[test]
fn comments_without_numbers_of_their_own_are_all_kept() {
    let comment = |number: &str| {
        format!(
            "<wp:comment>{number}<wp:comment_content>x</wp:comment_content><wp:comment_approved>1</wp:comment_approved></wp:comment>"
        )
    };
    let number = "<wp:comment_id>7</wp:comment_id>";
    let answer = "<wp:comment_id>8</wp:comment_id><wp:comment_parent>7</wp:comment_parent>";
    let comments = ["", number, "", number, answer].map(comment).concat();
    let (folder, report) = brought(&item(1, "post", "publish", "A", &comments));
    assert!(report.contains("  5 comments: 5 imported\n"), "{report}");
    let numbers = "SELECT number FROM comments ORDER BY number";
    assert_eq!(folder.ask(numbers), ["-3", "-2", "-1", "7", "8"]);
    let again = folder.run(&["import", "wordpress", "old.xml"]).done();
    assert!(again.contains("  5 comments: 5 here already\n"), "{again}");
    assert_eq!(folder.ask(numbers).len(), 5);
}

#[test]
fn items_without_numbers_are_told_apart() {
    let bare = |title: &str, more: &str| {
        format!(
            "<item><title>{title}</title>{more}<wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>"
        )
    };
    let home = "<link>https://old.example/blog/</link>";
    let items = [
        bare("A", "<link>https://old.example/blog/a/</link>"),
        bare("B", "<link>https://old.example/blog/b/</link>"),
        bare("C", home),
        bare("D", home),
        bare("E", ""),
    ];
    let (folder, report) = brought(&items.concat());
    assert!(report.starts_with("5 posts imported"), "{report}");
    let again = folder.run(&["import", "wordpress", "old.xml"]).done();
    assert!(
        again.starts_with("0 posts imported, 0 of them drafts; 5 were here already.\n"),
        "{again}"
    );
}

#[test]
fn pictures_that_come_later_are_shown_unless_the_text_was_changed_here() {
    let file = |name: &str| format!("https://old.example/blog/wp-content/uploads/{name}");
    let words = format!("Words <img src=\"{}\">", file("heron.gif"));
    let posts = [
        item(1, "post", "publish", "A", &(content(&words) + &meta("_thumbnail_id", "9"))),
        item(2, "post", "draft", "B", &content(&words)),
        item(3, "post", "publish", "C", &content(&words)),
    ];
    let sea = format!("<wp:attachment_url>{}</wp:attachment_url>", file("sea.gif"));
    let (folder, _) = brought(&(posts.concat() + &item(9, "attachment", "inherit", "S", &sea)));
    let change =
        "UPDATE versions SET number = 2 WHERE post_id = (SELECT id FROM posts WHERE title = 'C')";
    let conn = rusqlite::Connection::open(folder.path("monograph.db")).unwrap();
    conn.execute_batch(&format!("{change}; UPDATE posts SET version = 2 WHERE title = 'C'"))
        .unwrap();
    upload(&folder, &["heron.gif", "sea.gif"]);
    let run = |more: &[&str]| {
        let import = ["import", "wordpress", "old.xml", "--uploads", "uploads"];
        folder.run(&[&import, more].concat()).done()
    };
    let rehearsed = run(&["--dry-run"]);
    let report = run(&[]);
    assert_eq!(report, rehearsed);
    assert!(report.starts_with("0 posts imported"), "{report}");
    for line in [
        "post 1, “A”: its text shows pictures now that have come since",
        "post 2, “B”: its text shows pictures now that have come since",
        "post 3, “C”: it shows files of the old blog; it was changed here, so its text stays as it is",
    ] {
        assert_told(&report, line);
    }
    let blog = folder.serve();
    let page = blog.visitor().get("/posts/post-1").text;
    assert!(page.contains("/heron.gif\"") && page.contains("/sea.gif\""), "{page}");
    assert_eq!(folder.ask("SELECT count(*) FROM versions WHERE content LIKE '%/media/%'"), ["2"]);
    assert_eq!(folder.ask("SELECT count(*) FROM post_media"), ["3"]);
    drop(blog);
    let before = everything(&folder);
    assert!(!run(&[]).contains("have come since"));
    assert_eq!(everything(&folder), before);
}

#[test]
fn tags_that_had_other_addresses_are_told_once() {
    let term = "<category domain=\"category\" nicename=\"food\">Essen &amp; Trinken</category>";
    let (folder, report) = brought(&item(1, "post", "publish", "A", term));
    let line = "tags and categories that have another name in their addresses here, so that the old ones do not lead to \
                them: “food” (Essen & Trinken)";
    assert_told(&report, line);
    assert!(!folder.run(&["import", "wordpress", "old.xml"]).done().contains("“food”"));
}
