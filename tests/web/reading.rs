use crate::support::TestBlog;
use rocket::http::Status;
use rocket::serde::json::{Value, from_str};

const LONG: &str = "## One\n\n## Two\n\n### Two and a half\n\n";

#[test]
fn a_long_post_has_contents_and_says_how_long_it_takes() {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    ada.write("Long", &(LONG.to_owned() + &"word ".repeat(1_000)));
    ada.write("Short", LONG);
    let page = blog.stranger().get("/posts/long");
    assert!(page.says("5 minutes to read"), "{}", page.body);
    assert!(
        page.says("<li class=\"contents__3\"><a href=\"#two-and-a-half\">Two and a half</a></li>")
    );
    let page = blog.stranger().get("/posts/short");
    assert!(page.says("One minute to read") && !page.says("class=\"contents\""));
}

#[test]
fn a_post_leads_to_the_posts_before_and_after_it() {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    for (title, day) in [("First", "01"), ("Second", "02"), ("Third", "03")] {
        ada.write_with(title, "x", &[("publish_at", &format!("2024-01-{day}T00:00"))]);
    }
    ada.write_with(
        "Hidden",
        "x",
        &[("publish_at", "2024-01-02T12:00"), ("visibility", "unlisted")],
    );
    ada.write_with("Later", "x", &[("publish_at", "2999-01-01T00:00")]);
    let ways = |path: &str| {
        let page = blog.stranger().get(path).body;
        let nav = page.split("class=\"neighbours\"").nth(1).unwrap_or_default();
        let nav = nav.split("</nav>").next().unwrap();
        nav.split("href=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(ways("/posts/second"), ["/posts/first", "/posts/third"]);
    assert_eq!(ways("/posts/third"), ["/posts/second"]);
    assert_eq!(ways("/posts/hidden"), [] as [&str; 0]);
}

#[test]
fn readers_are_told_of_a_change_but_not_of_mended_slips() {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    let old = ada.write_with("Old", "x", &[("publish_at", "2020-01-01T00:00")]);
    let new = ada.write("New", "x");
    assert!(!blog.stranger().get("/posts/old").says("Updated"));
    for (id, title) in [(&old, "Old"), (&new, "New")] {
        ada.post(&format!("/posts/{id}/edit"), &[("title", title), ("content", "y")]);
    }
    assert!(blog.stranger().get("/posts/old").says("class=\"dt-updated\""));
    assert!(!blog.stranger().get("/posts/new").says("Updated"));
}

#[test]
fn the_archive_leads_to_every_post_by_year_and_month() {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    ada.post("/admin/settings", &[("timezone", "Europe/Berlin")]);
    ada.write_with("New Year", "x", &[("publish_at", "2025-01-01T00:10")]);
    ada.write_with("Old Year", "x", &[("publish_at", "2024-12-31T23:50")]);
    ada.write_with("Summer", "x", &[("publish_at", "2024-07-01T00:00")]);
    ada.write_with("Secret", "x", &[("publish_at", "2023-07-01T00:00"), ("visibility", "private")]);
    let stranger = blog.stranger();
    let archive = stranger.get("/archive");
    for address in ["/archive/2025/1", "/archive/2024", "/archive/2024/12", "/archive/2024/7"] {
        assert!(archive.says(&format!("href=\"{address}\"")), "{address}");
    }
    assert!(!archive.says("2023"));
    let year = stranger.get("/archive/2024");
    assert!(year.says("Old Year") && year.says("Summer") && !year.says("New Year"));
    let month = stranger.get("/archive/2024/12");
    assert!(month.says("December 2024") && month.says("Old Year") && !month.says("Summer"));
    for nothing in [
        "/archive/2023",
        "/archive/2024/6",
        "/archive/2024/13",
        "/archive/0",
        "/archive/x",
        "/archive/-1/1",
        "/archive/2147483647",
    ] {
        assert_eq!(stranger.get(nothing).status, Status::NotFound, "{nothing}");
    }
}

#[test]
fn an_author_has_a_page_once_there_is_something_to_read() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    bo.write_with("Hidden", "x", &[("visibility", "private")]);
    assert_eq!(blog.stranger().get("/authors/Bo").status, Status::NotFound);
    bo.write("Shown", "x");
    let page = blog.stranger().get("/authors/Bo");
    assert!(page.says("Shown") && !page.says("Hidden"));
    assert_eq!(blog.stranger().get("/authors/bo").location(), "/authors/Bo");
    assert_eq!(blog.stranger().get("/authors/nobody").status, Status::NotFound);
}

#[test]
fn a_page_always_has_a_description() {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    ada.write("Only code", "```\n1\n```");
    let describes = |path: &str, text: &str| {
        let page = blog.stranger().get(path).body;
        assert!(
            page.contains(&format!("<meta name=\"description\" content=\"{text}\">")),
            "{page}"
        );
    };
    describes("/posts", "My Blog");
    describes("/posts/only-code", "Only code");
    ada.post("/admin/settings", &[("title", "My Blog"), ("tagline", "Of the sea")]);
    describes("/posts", "Of the sea");
}

#[test]
fn a_post_says_what_it_is_to_search_engines() {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    ada.write_with(
        "</script> & \"so\"",
        "Text.",
        &[("summary", "In <short>"), ("slug", "so"), ("tags", "Sea")],
    );
    let page = blog.stranger().get("/posts/so").body;
    assert!(
        page.contains("<link rel=\"canonical\" href=\"http://127.0.0.1:8000/posts/so\">"),
        "{page}"
    );
    assert!(page.contains("<meta name=\"description\" content=\"In &lt;short&gt;\">"));
    assert!(
        page.contains(
            "<meta property=\"og:title\" content=\"&lt;/script&gt; &amp; &quot;so&quot;\">"
        )
    );
    let data = page.split("<script type=\"application/ld+json\">").nth(1).unwrap();
    let data: Value = from_str(data.split("</script>").next().unwrap()).unwrap();
    assert_eq!(data[0]["@type"], "BlogPosting");
    assert_eq!(data[0]["headline"], "</script> & \"so\"");
    assert_eq!(data[0]["author"]["url"], "http://127.0.0.1:8000/authors/Ada");
    assert_eq!(data[1]["@type"], "BreadcrumbList");
    ada.write_with("Quiet", "x", &[("visibility", "unlisted")]);
    let page = blog.stranger().get("/posts/quiet").body;
    assert!(
        page.contains("<meta name=\"robots\" content=\"noindex\">") && !page.contains("canonical")
    );
}

#[test]
fn a_page_has_one_address_however_it_was_asked_for() {
    let blog = TestBlog::inhabited();
    blog.signed_in("Ada").write("Hello", "x");
    let canonical = "<link rel=\"canonical\" href=\"http://127.0.0.1:8000/posts/hello\">";
    for path in ["/posts/hello", "/posts/hello/", "/posts//hello", "/posts/hello?utm_source=x"] {
        assert!(blog.stranger().get(path).says(canonical), "{path}");
    }
}

#[test]
fn a_post_says_its_language_and_is_written_in_its_direction() {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    ada.write_with("مرحبا", "نص", &[("language", "ar"), ("slug", "a")]);
    ada.write_with("שלום", "x", &[("slug", "b")]);
    ada.write_with("Bonjour", "x", &[("language", "fr"), ("slug", "c")]);
    let article = |slug: &str| blog.stranger().get(&format!("/posts/{slug}"));
    assert!(article("a").says("<h1 class=\"post__title p-name\" lang=\"ar\" dir=\"rtl\">"));
    assert!(article("b").says("<h1 class=\"post__title p-name\" dir=\"rtl\">"));
    assert!(article("c").says("<div class=\"e-content\" lang=\"fr\">"));
    let fields = [("title", "x"), ("content", ""), ("language", "\"><b>")];
    let answer = ada.post("/posts", &fields);
    assert_eq!(answer.status, Status::UnprocessableEntity);
    assert!(answer.says("Please enter a language tag"));
}

#[test]
fn lists_show_whole_posts_where_the_owner_wants_it() {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    for title in ["One", "Two"] {
        ada.write(title, "## Same\n\nAll[^n] of *it*. [Up](#same)\n\n[^n]: Note");
    }
    assert!(!blog.stranger().get("/posts").says("<em>it</em>"));
    ada.post("/admin/settings", &[("list_style", "full")]);
    let page = blog.stranger().get("/posts");
    assert!(page.says("All<sup") && page.says("<em>it</em>"));
    assert!(
        page.says("href=\"/posts/one#same\"") && page.says("href=\"/posts/two#fn-n\""),
        "{}",
        page.body
    );
    assert!(!page.says("id=\"same\"") && !page.says("id=\"fn-n\""), "nothing is there twice");
}
