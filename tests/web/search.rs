use crate::support::TestBlog;
use rocket::http::Status;

fn titles(blog: &TestBlog, q: &str) -> Vec<String> {
    let page = blog.stranger().get(&format!("/search?q={}", encoded(q)));
    assert_eq!(page.status, Status::Ok, "{q}");
    let hits = page.body.split("<h2 class=\"hit__title\"").skip(1);
    let title = |hit: &str| {
        let html = hit.split("</h2>").next().unwrap();
        let texts = html.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text);
        texts.collect::<String>()
    };
    hits.map(title).collect()
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[test]
fn words_are_found_in_title_text_and_tags_and_the_title_counts_most() {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    ada.write("Rain", "Wet leaves.");
    ada.write_with("Autumn", "After the rain, *more* rain.", &[("tags", "Weather")]);
    ada.write_with("Fog", "Nothing to see.", &[("tags", "Été")]);
    assert_eq!(titles(&blog, "rain"), ["Rain", "Autumn"]);
    assert_eq!(titles(&blog, "LEAVES"), ["Rain"]);
    assert_eq!(titles(&blog, "ete"), ["Fog"]);
    assert_eq!(titles(&blog, "\"more rain\""), ["Autumn"]);
    assert_eq!(titles(&blog, "\"rain after\""), [] as [&str; 0]);
    assert_eq!(titles(&blog, "noth* see"), ["Fog"]);
    assert_eq!(titles(&blog, "rain -leaves"), ["Autumn"]);
    let page = blog.stranger().get("/search?q=rain");
    assert!(page.says("After the <mark>rain</mark>, more <mark>rain</mark>."), "{}", page.body);
    assert!(page.says("<meta name=\"robots\" content=\"noindex\">"));
}

#[test]
fn scripts_without_spaces_are_found_by_any_part() {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    ada.write("海边的散步", "每年秋天，雨都会回来。");
    ada.write("สวัสดี", "ชาวโลก");
    ada.write("مَرْحَبًا", "بالعالم");
    for (q, title) in [
        ("散步", "海边的散步"),
        ("海", "海边的散步"),
        ("秋天雨", ""),
        ("秋天", "海边的散步"),
        ("สวัส", "สวัสดี"),
        ("مرحبا", "مَرْحَبًا"),
    ] {
        let expected: Vec<_> = Some(title).filter(|title| !title.is_empty()).into_iter().collect();
        assert_eq!(titles(&blog, q), expected, "{q}");
    }
}

#[test]
fn what_is_typed_is_never_an_error() {
    let blog = TestBlog::inhabited();
    blog.signed_in("Ada").write("One", "Two AND three.");
    let long = "word ".repeat(2_000);
    for q in [
        "\"",
        "\"\"",
        "(",
        "a AND",
        "NEAR(",
        "title:",
        "-",
        "*",
        "^x",
        "a OR -",
        "\0",
        "🎉",
        "'",
        "--x",
        "{a b}:",
        "a* \"b\"* -\"c",
        "NOT",
        &long,
    ] {
        titles(&blog, q);
    }
    assert_eq!(titles(&blog, "AND"), ["One"]);
    assert!(blog.stranger().get("/search?q=%FF").status.code < 500);
    assert_eq!(blog.stranger().get("/search?q=one&page=9").status, Status::Ok);
}

#[test]
fn nobody_finds_what_is_not_for_everybody() {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    ada.write_with("Draft", "sesame", &[("status", "draft")]);
    ada.write_with("Unlisted", "sesame", &[("visibility", "unlisted")]);
    ada.write_with("Private", "sesame", &[("visibility", "private")]);
    ada.write_with("Later", "sesame", &[("publish_at", "2999-01-01T00:00")]);
    let id = ada.write("Trashed", "sesame");
    assert_eq!(titles(&blog, "sesame"), ["Trashed"]);
    ada.post(&format!("/posts/{id}/delete"), &[]);
    assert_eq!(titles(&blog, "sesame"), [] as [&str; 0]);
    ada.post(&format!("/posts/{id}/restore"), &[]);
    assert_eq!(titles(&blog, "sesame"), ["Trashed"]);
    ada.post(&format!("/posts/{id}/edit"), &[("title", "Trashed"), ("content", "open")]);
    assert_eq!(titles(&blog, "sesame"), [] as [&str; 0]);
    assert_eq!(titles(&blog, "open"), ["Trashed"]);
}

#[test]
fn html_of_a_post_is_words_in_an_excerpt() {
    let blog = TestBlog::inhabited();
    blog.signed_in("Ada").write("A <b>bold</b> title", "Before `<script>alert(1)</script>` after.");
    let page = blog.stranger().get("/search?q=alert");
    assert!(page.says("&lt;script&gt;<mark>alert</mark>(1)&lt;/script&gt;"), "{}", page.body);
    assert!(page.says("A &lt;b&gt;bold&lt;/b&gt; title"));
}

#[test]
fn a_renamed_tag_is_found_by_its_new_name() {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    ada.write_with("One", "x", &[("tags", "Sea")]);
    ada.post("/admin/tags/sea/rename", &[("name", "Ocean")]);
    assert_eq!(titles(&blog, "ocean"), ["One"]);
    assert_eq!(titles(&blog, "sea"), [] as [&str; 0]);
}

#[test]
fn what_came_in_before_there_was_a_search_is_found_too() {
    let blog = TestBlog::inhabited();
    blog.signed_in("Ada").write("Old", "sesame");
    let forget = "DELETE FROM search; INSERT INTO search_pending SELECT id FROM posts";
    blog.db().write(|tx| tx.execute_batch(forget).map_err(monograph::db::Error::from)).unwrap();
    assert_eq!(titles(&blog, "sesame"), [] as [&str; 0]);
    assert_eq!(monograph::blog::search::catch_up_with_all(blog.db()).unwrap(), 1);
    assert_eq!(titles(&blog, "sesame"), ["Old"]);
}

#[test]
fn a_browser_is_told_how_to_search_here() {
    let blog = TestBlog::inhabited();
    let answer = blog.stranger().get("/opensearch.xml");
    assert!(answer.header("Content-Type").starts_with("application/opensearchdescription+xml"));
    assert!(answer.says("/search?q={searchTerms}\"/>"), "{}", answer.body);
}

#[test]
fn an_address_with_a_slip_leads_to_what_was_meant() {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    ada.write("A walk by the sea", "x");
    ada.write_with("A walk by the secret", "x", &[("visibility", "unlisted")]);
    let page = blog.stranger().get("/posts/a-wakl-by-the-sea");
    assert_eq!(page.status, Status::NotFound);
    assert!(page.says("Did you mean") && page.says("<a href=\"/posts/a-walk-by-the-sea\">"));
    assert!(!page.says("secret") && page.says("role=\"search\""));
}

#[test]
fn a_post_names_those_that_are_like_it() {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    let herons = "We counted herons by the estuary, herons upon herons.";
    let id = ada.write("Herons", herons);
    ada.write_with("More herons", herons, &[("tags", "Birds")]);
    ada.write_with("Gulls", "Nothing of that kind.", &[("tags", "Birds")]);
    ada.write("Taxes", "Forms, and forms.");
    let related = |path: &str| {
        let page = blog.stranger().get(path).body;
        page.split_once("class=\"related\"")
            .map(|(_, rest)| rest.split("</aside>").next().unwrap().to_owned())
    };
    let of_second = related("/posts/more-herons").unwrap();
    assert!(
        of_second.contains("/posts/herons") && of_second.contains("/posts/gulls"),
        "{of_second}"
    );
    assert!(!of_second.contains("/posts/taxes"));
    assert!(
        related("/posts/herons").unwrap().contains("/posts/more-herons"),
        "older posts know newer ones"
    );
    assert_eq!(related("/posts/taxes"), None);
    ada.post(&format!("/posts/{id}/delete"), &[]);
    assert!(!related("/posts/more-herons").unwrap().contains("\"/posts/herons\""));
}
