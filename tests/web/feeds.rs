use crate::support::{Answer, TestBlog};
use rocket::http::Status;
use rocket::serde::json::Value;
use roxmltree::{Document, Node};

const HOSTILE: &str = "A <b>bold</b> & \"odd\" ]]> title 🎉 &amp; 'so' on";

fn blog_with_posts() -> (TestBlog, String) {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    let fields = [("tags", "Sea, R&D"), ("publish_at", "2024-02-29T12:30"), ("series", "Walks")];
    let id = bo.write_with(
        HOSTILE,
        "See [this](/posts/other) and [^n] \u{1}\u{FFFE}.\n\n<img src=\"pic.png\" alt=\"\">\n\n[^n]: Note ]]>.",
        &fields,
    );
    bo.write_with("Draft", "sesame", &[("status", "draft")]);
    bo.write_with("Later", "sesame", &[("publish_at", "2999-01-01T00:00")]);
    bo.write_with("Unlisted", "sesame", &[("visibility", "unlisted"), ("tags", "Sea")]);
    bo.write_with("Private", "sesame", &[("visibility", "private"), ("tags", "Sea")]);
    (blog, id)
}

fn text_of<'a>(node: Node<'a, 'a>, name: &str) -> &'a str {
    let child = node.children().find(|child| {
        child.tag_name().name() == name
            && child.tag_name().namespace() != Some("http://www.w3.org/1999/xhtml")
    });
    child.and_then(|child| child.text()).unwrap_or_default()
}

fn feed(blog: &TestBlog, path: &str, kind: &str) -> Answer {
    let answer = blog.stranger().get(path);
    assert_eq!(answer.status, Status::Ok, "{path}");
    assert_eq!(
        answer.header("Content-Type"),
        format!(
            "application/{kind}+{}; charset=utf-8",
            if kind == "feed" { "json" } else { "xml" }
        )
    );
    assert!(!answer.says("sesame"), "{path}");
    answer
}

#[test]
fn atom_tells_of_a_post_as_it_is() {
    let (blog, id) = blog_with_posts();
    let answer = feed(&blog, "/feed.xml", "atom");
    let document = Document::parse(&answer.body).unwrap();
    let entries: Vec<_> = document
        .descendants()
        .filter(|node| node.has_tag_name("entry") || node.tag_name().name() == "entry")
        .collect();
    assert_eq!(entries.len(), 1);
    let entry = entries[0];
    assert_eq!(text_of(entry, "title"), HOSTILE);
    assert_eq!(text_of(entry, "id"), format!("urn:uuid:{id}"));
    assert_eq!(text_of(entry, "published"), "2024-02-29T12:30:00+00:00");
    let html = text_of(entry, "content");
    assert!(html.contains("href=\"http://127.0.0.1:8000/posts/other\""), "{html}");
    assert!(
        html.contains("src=\"http://127.0.0.1:8000/posts/pic.png\"")
            || html.contains("/posts/pic.png"),
        "{html}"
    );
    assert!(html.contains("/posts/a-b-bold-b-odd-title-amp-so-on#fn-n\""), "{html}");
    let terms: Vec<_> = entry.children().filter_map(|child| child.attribute("term")).collect();
    assert_eq!(terms, ["Sea", "R&D"]);
}

#[test]
fn rss_tells_the_same() {
    let (blog, id) = blog_with_posts();
    let answer = feed(&blog, "/rss.xml", "rss");
    let document = Document::parse(&answer.body).unwrap();
    let item = document.descendants().find(|node| node.tag_name().name() == "item").unwrap();
    assert_eq!(text_of(item, "title"), HOSTILE);
    assert_eq!(text_of(item, "guid"), format!("urn:uuid:{id}"));
    assert_eq!(text_of(item, "pubDate"), "Thu, 29 Feb 2024 12:30:00 +0000");
    assert!(text_of(item, "description").contains("<p>See <a href=\"http://"));
}

#[test]
fn json_feed_tells_the_same() {
    let (blog, id) = blog_with_posts();
    let feed: Value = feed(&blog, "/feed.json", "feed").json();
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    let items = feed["items"].as_array().unwrap();
    assert_eq!(items.len(), 1);
    assert_eq!(items[0]["id"], format!("urn:uuid:{id}"));
    assert_eq!(items[0]["title"], HOSTILE);
    assert_eq!(items[0]["authors"][0]["name"], "Bo");
}

#[test]
fn a_new_address_leaves_the_id_and_a_new_text_the_date() {
    let (blog, id) = blog_with_posts();
    let bo = blog.signed_in("Bo");
    let fields = [("title", "Plain"), ("content", "Other."), ("slug", "plain")];
    assert_eq!(bo.post(&format!("/posts/{id}/edit"), &fields).status, Status::SeeOther);
    let answer = feed(&blog, "/feed.xml", "atom");
    assert!(answer.says(&format!("<id>urn:uuid:{id}</id>")) && answer.says("/posts/plain\""));
    assert!(answer.says("<published>2024-02-29T12:30:00+00:00</published>"));
    assert!(!answer.says("<updated>2024-02-29"), "what has changed says so");
}

#[test]
fn tags_series_and_authors_have_feeds_of_their_own() {
    let (blog, _) = blog_with_posts();
    blog.signed_in("Ada").write("Inland", "No water.");
    for place in ["/tags/sea", "/series/walks", "/authors/Bo"] {
        for (file, kind) in [("feed.xml", "atom"), ("rss.xml", "rss"), ("feed.json", "feed")] {
            let answer = feed(&blog, &format!("{place}/{file}"), kind);
            assert!(answer.says("2024") && !answer.says("Inland"), "{place}/{file}");
        }
        let page = blog.stranger().get(place);
        assert!(page.says(&format!("href=\"{place}/feed.xml\"")), "{place}");
    }
    for nothing in [
        "/tags/unheard/feed.xml",
        "/authors/Cy/feed.xml",
        "/series/none/rss.xml",
        "/tags/sea/other.xml",
    ] {
        assert_eq!(blog.stranger().get(nothing).status, Status::NotFound, "{nothing}");
    }
}

#[test]
fn who_has_a_feed_already_gets_a_304() {
    let (blog, _) = blog_with_posts();
    let tag = blog.stranger().get("/feed.xml").header("ETag").to_owned();
    let again = blog.stranger().sending("If-None-Match", tag.clone()).get("/feed.xml");
    assert_eq!(again.status, Status::NotModified);
    blog.signed_in("Ada").write("More", "x");
    let again = blog.stranger().sending("If-None-Match", tag).get("/feed.xml");
    assert_eq!(again.status, Status::Ok);
}

#[test]
fn an_empty_blog_has_feeds_too() {
    let blog = TestBlog::inhabited();
    for path in ["/feed.xml", "/rss.xml"] {
        Document::parse(&blog.stranger().get(path).body).unwrap();
    }
    assert_eq!(blog.stranger().get("/feed.json").status, Status::Ok);
}

#[test]
fn the_sitemap_names_what_everybody_finds_and_nothing_else() {
    let (blog, _) = blog_with_posts();
    blog.signed_in("Ada").write_with("Über uns", "x", &[("kind", "page")]);
    let answer = blog.stranger().get("/sitemap.xml");
    let document = Document::parse(&answer.body).unwrap();
    let addresses: Vec<_> = document
        .descendants()
        .filter(|node| node.tag_name().name() == "loc")
        .map(|node| node.text().unwrap().trim_start_matches("http://127.0.0.1:8000").to_owned())
        .collect();
    let expected = [
        "/posts",
        "/archive",
        "/tags",
        "/tags/sea",
        "/tags/r-d",
        "/series/walks",
        "/authors/Bo",
        "/posts/a-b-bold-b-odd-title-amp-so-on",
        "/uber-uns",
    ];
    let mut sorted = addresses.clone();
    sorted.sort();
    let mut wanted = expected.map(str::to_owned).to_vec();
    wanted.sort();
    assert_eq!(sorted, wanted);
    assert!(answer.says("<lastmod>2024-02-29T12:30:00Z</lastmod>"));
    for path in addresses {
        assert_eq!(blog.stranger().get(&path).status, Status::Ok, "{path}");
    }
    assert_eq!(blog.stranger().get("/sitemaps/0.xml").status, Status::Ok);
    for nothing in [
        "/sitemaps/7.xml",
        "/sitemaps/-1.xml",
        "/sitemaps/x.xml",
        "/sitemaps/9223372036854775807.xml",
    ] {
        assert_eq!(blog.stranger().get(nothing).status, Status::NotFound, "{nothing}");
    }
}

#[test]
fn a_large_blog_has_an_index_of_sitemaps() {
    let blog = TestBlog::inhabited();
    blog.signed_in("Ada").write("First", "x");
    let far = "PRAGMA defer_foreign_keys = ON; UPDATE posts SET id = 45000; UPDATE versions SET post_id = 45000";
    blog.db().write(|tx| tx.execute_batch(far).map_err(monograph::db::Error::from)).unwrap();
    let index = blog.stranger().get("/sitemap.xml");
    assert!(index.says("<sitemapindex") && index.says("/sitemaps/lists.xml</loc>"));
    assert!(blog.stranger().get("/sitemaps/4.xml").says("/posts/first</loc>"));
    assert!(blog.stranger().get("/sitemaps/lists.xml").says("/authors/Ada</loc>"));
}
