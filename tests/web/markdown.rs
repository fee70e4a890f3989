use crate::support::TestBlog;
use rocket::http::Status;

#[test]
fn line_ends_are_kept_as_one_kind() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    bo.write("Lines", "a\r\nb\rc");
    assert_eq!(bo.get("/posts/lines.md").body, "# Lines\n\na\nb\nc");
}

#[test]
fn markdown_becomes_the_html_that_people_expect() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    let text = "## A heading\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\nNote[^1] ~~gone~~ https://example.org\n\n\
                - [x] done\n\n```rust\nfn main() {}\n```\n\n[^1]: The note.";
    bo.write("Markdown", text);
    let page = bo.get("/posts/markdown");
    let expected = [
        "<h2 id=\"a-heading\"",
        "<table>",
        "<del>gone</del>",
        "href=\"https://example.org\"",
        "type=\"checkbox\"",
        "tok-keyword",
        "footnotes",
        "fn-1",
    ];
    expected.iter().for_each(|html| assert!(page.says(html), "{html}"));
}

#[test]
fn a_text_that_nests_without_end_is_refused_with_the_reason() {
    let blog = TestBlog::inhabited();
    let content = "> ".repeat(50_000) + "deep";
    let answer = blog.signed_in("Bo").post("/posts", &[("title", "Deep"), ("content", &content)]);
    assert_eq!(answer.status, Status::UnprocessableEntity);
    assert!(answer.says("id=\"content-problem\"") && answer.says("deep"));
}

#[test]
fn nothing_an_author_writes_runs() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    let evil = "<script>alert(1)</script><img src=x onerror=alert(1)>[x](javascript:alert(1))<svg onload=alert(1)>";
    bo.write_with(evil, evil, &[("summary", evil), ("tags", "<b>x</b>"), ("slug", "evil")]);
    for path in ["/posts/evil", "/posts", "/admin"] {
        let page = bo.get(path);
        assert_eq!(page.status, Status::Ok);
        for html in ["<script>", "<img src=x", "<svg", "href=\"javascript", "<b>x"] {
            assert!(!page.says(html), "{html} on {path}");
        }
    }
}

#[test]
fn the_source_of_a_public_post_is_there_for_everybody_and_of_no_other() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    bo.write("Open", "*Text*");
    bo.write_with("Hidden", "x", &[("visibility", "private")]);
    let source = blog.stranger().get("/posts/open.md");
    assert_eq!(source.header("Content-Type"), "text/markdown; charset=utf-8");
    assert_eq!(source.body, "# Open\n\n*Text*");
    assert_eq!(blog.stranger().get("/posts/hidden.md").status, Status::NotFound);
}
