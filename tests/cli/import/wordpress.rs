use super::{dot, everything};
use crate::running::Ran;
use crate::support::Folder;

/// An export of a small blog at `https://old.example/blog`.
pub fn export(items: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Old</title><link>https://old.example/blog</link><wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>https://old.example</wp:base_site_url><wp:base_blog_url>https://old.example/blog</wp:base_blog_url>
<wp:author><wp:author_login><![CDATA[bob]]></wp:author_login><wp:author_display_name><![CDATA[Robert]]></wp:author_display_name></wp:author>
<wp:author><wp:author_login>gwen</wp:author_login><wp:author_display_name>Gwen Guest</wp:author_display_name></wp:author>
<wp:category><wp:cat_name>Birds</wp:cat_name></wp:category><wp:tag><wp:tag_name>Sea</wp:tag_name></wp:tag>
{items}</channel></rss>"#
    )
}

/// An item of a kind, with more fields.
pub fn item(id: u32, kind: &str, status: &str, title: &str, more: &str) -> String {
    format!(
        "<item><title>{title}</title><link>https://old.example/blog/2019/09/25/post-{id}/</link><dc:creator>bob</dc:creator>\
         <guid isPermaLink=\"false\">https://old.example/blog/?p={id}</guid><wp:post_id>{id}</wp:post_id>\
         <wp:post_date>2019-09-25 12:00:00</wp:post_date><wp:post_date_gmt>2019-09-25 10:00:00</wp:post_date_gmt>\
         <wp:post_name>post-{id}</wp:post_name><wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type>{more}</item>\n"
    )
}

/// The text of an item.
pub fn content(html: &str) -> String {
    format!("<content:encoded><![CDATA[{html}]]></content:encoded>")
}

fn comment(id: u32, parent: u32, approved: &str, kind: &str) -> String {
    format!(
        "<wp:comment><wp:comment_id>{id}</wp:comment_id><wp:comment_author>Carl</wp:comment_author>\
         <wp:comment_author_IP>192.0.2.7</wp:comment_author_IP><wp:comment_date_gmt>2019-09-26 10:00:00</wp:comment_date_gmt>\
         <wp:comment_content><![CDATA[Nice <b>birds</b>]]></wp:comment_content><wp:comment_approved>{approved}</wp:comment_approved>\
         <wp:comment_type>{kind}</wp:comment_type><wp:comment_parent>{parent}</wp:comment_parent></wp:comment>"
    )
}

const TERMS: &str = "<category domain=\"category\" nicename=\"birds\"><![CDATA[Birds]]></category>\
                 <category domain=\"post_tag\" nicename=\"sea\">Sea &amp; sky</category>\
                 <category domain=\"category\" nicename=\"uncategorized\">Uncategorized</category>";

const CLASSIC: &str = "One <em>line</em>\nand another\n\nSee <a href=\"https://old.example/blog/2019/09/25/post-2/#x\">this</a> and \
                   <img src=\"https://old.example/blog/wp-content/uploads/2019/09/heron-300x200.gif?x=1\" alt=\"A heron\" width=\"640\" height=\"400\" />\n\n\
                   [caption id=\"a\" width=\"3\"]<img src=\"http://old.example/blog/wp-content/uploads/2019/09/heron.gif\" alt=\"H\" /> Below it[/caption]\n\n\
                   [contact-form-7 id=\"5\"]\n[gallery ids=\"20\"]\n<iframe src=\"https://films.example/1\"></iframe>";

const OLD: &str = "<wp:postmeta><wp:meta_key>_wp_old_slug</wp:meta_key><wp:meta_value>former</wp:meta_value></wp:postmeta>\
               <wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>21</wp:meta_value></wp:postmeta>";

const BLOCKS: &str = "<!-- wp:paragraph -->\n<p>A <strong>block</strong>.</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:latest-posts /-->";

const ALT: &str = "<wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key><wp:meta_value>A grey heron</wp:meta_value></wp:postmeta>";

/// Of everything one.
fn blog() -> String {
    posts() + &others()
}

fn posts() -> String {
    let comments = [
        comment(1, 0, "1", ""),
        comment(2, 1, "0", "comment"),
        comment(3, 9, "1", "pingback"),
        comment(4, 0, "spam", ""),
    ]
    .concat();
    [
        item(
            1,
            "post",
            "publish",
            "Birds &amp; more",
            &[
                content(CLASSIC),
                TERMS.to_owned(),
                comments,
                OLD.to_owned(),
                "<excerpt:encoded>On <i>birds</i></excerpt:encoded><wp:is_sticky>1</wp:is_sticky>"
                    .to_owned(),
            ]
            .concat(),
        ),
        item(2, "post", "publish", "Blocks", &content(BLOCKS)),
        item(3, "page", "publish", "About", &content("<h2>Us</h2>")),
        item(4, "post", "draft", "Half a thought", "<content:encoded/>"),
        item(5, "post", "pending", "Waiting", &content("x")),
        item(6, "post", "private", "Ours", &content("x")),
        item(7, "post", "future", "Later", &content("x"))
            .replace("2019-09-25 10:00:00", "2999-01-01 10:00:00"),
        item(
            8,
            "post",
            "publish",
            "Secret",
            &[content("x"), "<wp:post_password>pw</wp:post_password>".to_owned()].concat(),
        ),
    ]
    .concat()
}

fn others() -> String {
    let file = |name: &str, more: &str| {
        format!(
            "<wp:attachment_url>https://old.example/blog/wp-content/uploads/2019/09/{name}</wp:attachment_url>{more}"
        )
    };
    [
        item(9, "post", "trash", "Old", &content("x")),
        item(10, "nav_menu_item", "publish", "Menu", ""),
        item(11, "post", "publish", "", &content("Words of no title.")).replace(">bob<", ">gwen<"),
        item(20, "attachment", "inherit", "heron", &file("heron.gif", ALT)),
        item(21, "attachment", "inherit", "sea", &file("sea.gif", "")),
        item(22, "attachment", "inherit", "gone", &file("gone.gif", "")),
    ]
    .concat()
}

fn folder() -> Folder {
    let folder = Folder::with_owner();
    folder.add("Bob", "author");
    folder.write("old.xml", &export(&blog()));
    for (name, red) in [("heron.gif", 1), ("sea.gif", 2)] {
        let path = format!("uploads/2019/09/{name}");
        folder.write(&path, "");
        std::fs::write(folder.path(&path), dot(red)).unwrap();
    }
    folder
}

fn import(folder: &Folder, more: &[&str]) -> Ran {
    folder.run(&[&["import", "wordpress", "old.xml", "--uploads", "uploads"], more].concat())
}

#[test]
fn everything_that_has_a_place_here_comes_in_and_the_rest_is_told() {
    let folder = folder();
    let report = import(&folder, &[]).done();
    assert!(
        report.starts_with("9 posts imported, 2 of them drafts; 0 were here already.\n"),
        "{report}"
    );
    for line in [
        "  8 posts: 8 imported",
        "  1 page: 1 imported",
        "  1 draft: 1 imported",
        "  1 scheduled: 1 imported",
        "  1 private: 1 imported",
        "  1 pending: 1 imported",
        "  1 with a password: 1 imported",
        "  1 pinned: 1 imported",
        "  1 in the trash: 1 left out",
        "  3 pictures and files: 2 imported, 1 left out",
        "  3 comments: 3 imported",
        "  1 spam or deleted comment: 1 left out",
        "  2 authors",
        "  1 category",
        "  1 tag",
        "  1 of the kind “nav_menu_item”: 1 left out",
        "  post 9, “Old”: it was in the trash",
        "  post 11: it has no title; it got “Words of no title”",
        "  post 1, “Birds & more”: the shortcode “contact-form-7” does nothing here and stays in the text",
        "  post 1, “Birds & more”: 1 frames of other sites are links now",
        "  post 2, “Blocks”: the block “latest-posts” shows nothing here",
        "  attachment 22, “gone”: https://old.example/blog/wp-content/uploads/2019/09/gone.gif (it is not in the folder of uploads)",
    ] {
        assert!(report.lines().any(|told| told == line), "{line}\nin\n{report}");
    }
}

#[test]
fn a_classic_text_and_one_of_blocks_become_markdown() {
    let folder = folder();
    import(&folder, &[]).done();
    let text = folder.ask("SELECT content FROM posts WHERE title = 'Birds & more'").remove(0);
    let digest = |name: &str| {
        folder.ask(&format!("SELECT digest FROM media WHERE name = '{name}'")).remove(0)
    };
    let (heron, sea) = (digest("heron.gif"), digest("sea.gif"));
    let expected = format!(
        "![](/media/{sea}/sea.gif)\n\nOne *line*\\\nand another\n\n\
         See [this](/blog/2019/09/25/post-2#x) and ![A heron](/media/{heron}/heron.gif)\n\n\
         <figure><img src=\"/media/{heron}/heron.gif\" alt=\"H\">\n<figcaption>Below it</figcaption>\n</figure>\n\n\
         \\[contact-form-7 id=\"5\"\\]\n\n![A grey heron](/media/{heron}/heron.gif)\n\n[https://films.example/1](https://films.example/1)\n"
    );
    assert_eq!(text, expected);
    assert_eq!(folder.ask("SELECT content FROM posts WHERE title = 'Blocks'"), ["A **block**.\n"]);
    assert_eq!(folder.ask("SELECT alt FROM media WHERE name = 'heron.gif'"), ["A grey heron"]);
    let signed = "SELECT title, users.name, byline FROM posts LEFT JOIN users ON users.id = author_id WHERE title IN ('Blocks', 'Words of no title')";
    assert_eq!(folder.ask(signed), ["Blocks|Bob|Null", "Words of no title|Ada|Gwen Guest"]);
    let tags = "SELECT tags.name FROM tags JOIN post_tags ON tag_id = tags.id ORDER BY tags.name";
    assert_eq!(folder.ask(tags), ["Birds", "Sea & sky"]);
    let states = folder.ask("SELECT title, visibility, published_at IS NULL, pinned, summary FROM posts ORDER BY source");
    assert!(states.contains(&"Birds & more|public|0|1|On birds".to_owned()), "{states:?}");
    assert!(states.contains(&"Ours|private|0|0|".to_owned()), "{states:?}");
    assert!(states.contains(&"Secret|private|0|0|".to_owned()), "{states:?}");
    assert!(states.contains(&"Waiting|public|1|0|".to_owned()), "{states:?}");
}

#[test]
fn every_old_address_leads_to_the_post() {
    let folder = folder();
    import(&folder, &[]).done();
    let blog = folder.serve();
    let mut visitor = blog.visitor();
    for (old, new) in [
        ("/blog/2019/09/25/post-1/", "/posts/post-1"),
        ("/blog/2019/09/25/post-1", "/posts/post-1"),
        ("/blog/2019/09/25/former/", "/posts/post-1"),
        ("/blog/?p=1", "/posts/post-1"),
        ("/blog?p=1&preview=true", "/posts/post-1"),
        ("/blog/?page_id=3", "/post-3"),
        ("/blog/?p=3", "/post-3"),
        ("/blog/2019/09/25/post-3/", "/post-3"),
    ] {
        let answer = visitor.get(old);
        assert!(
            matches!(answer.status, 301 | 308) && answer.location.as_deref() == Some(new),
            "{old}: {answer:?}"
        );
    }
    for nothing in ["/blog/?p=999", "/blog/?p=4", "/blog/?p=x", "/blog/?q=1"] {
        assert_eq!(visitor.get(nothing).status, 404, "{nothing}");
    }
    assert!(visitor.get("/?p=1").location.as_deref() == Some("/posts"));
}

#[test]
fn an_address_by_number_at_the_root_leads_on_too() {
    let folder = Folder::with_owner();
    folder.write(
        "old.xml",
        &export(&item(5, "post", "publish", "A", "")).replace("old.example/blog", "old.example"),
    );
    folder.run(&["import", "wordpress", "old.xml"]).done();
    let blog = folder.serve();
    assert_eq!(blog.visitor().get("/?p=5").location.as_deref(), Some("/posts/post-5"));
    assert_eq!(blog.visitor().get("/?p=6").location.as_deref(), Some("/posts"));
}

#[test]
fn comments_are_kept_and_shown_nowhere() {
    let folder = folder();
    import(&folder, &[]).done();
    let kept = "SELECT comments.number, answered.number, comments.kind, comments.is_held, comments.name, comments.content
                FROM comments LEFT JOIN comments AS answered ON answered.id = comments.answers ORDER BY comments.number";
    assert_eq!(
        folder.ask(kept),
        [
            "1|Null|comment|0|Carl|Nice <b>birds</b>",
            "2|1|comment|1|Carl|Nice <b>birds</b>",
            "3|Null|pingback|0|Carl|Nice <b>birds</b>",
        ]
    );
    let blog = folder.serve();
    assert!(!blog.visitor().get("/posts/post-1").text.contains("Nice"));
    let all = everything(&folder).join("\n");
    assert!(!all.contains("192.0.2.7"), "the address of a stranger was kept");
}

#[test]
fn a_dry_run_says_what_the_real_one_then_says_and_a_second_run_changes_nothing() {
    let folder = folder();
    let (before, names) = (everything(&folder), folder.names());
    let rehearsed = import(&folder, &["--dry-run"]).done();
    assert_eq!((everything(&folder), folder.names()), (before, names));
    assert_eq!(import(&folder, &[]).done(), rehearsed);
    let before = everything(&folder);
    let again = import(&folder, &[]).done();
    assert!(
        again.starts_with("0 posts imported, 0 of them drafts; 9 were here already.\n"),
        "{again}"
    );
    assert!(again.contains("  3 comments: 3 here already\n"), "{again}");
    assert_eq!(everything(&folder), before);
}

#[test]
fn without_a_folder_of_uploads_or_leave_to_fetch_pictures_stay_and_are_told() {
    let folder = folder();
    let report = folder.run(&["import", "wordpress", "old.xml"]).done();
    assert!(report.contains("  3 pictures and files: 3 left out\n"), "{report}");
    let told = "  attachment 20, “heron”: https://old.example/blog/wp-content/uploads/2019/09/heron.gif (neither a folder of uploads was given nor leave to fetch it)";
    assert!(report.lines().any(|line| line == told), "{report}");
    assert!(folder.ask("SELECT count(*) FROM media") == ["0"]);
}
