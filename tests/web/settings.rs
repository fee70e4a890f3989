use crate::support::TestBlog;
use rocket::http::Status;

#[test]
fn the_owner_changes_the_site_and_sees_it_at_once() {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    let fields = [
        ("title", "Ada's <notes>"),
        ("tagline", "On engines"),
        ("language", "de"),
        ("theme", "dark"),
        ("posts_per_page", "1"),
        ("footer", "Made by *Ada*<script>x</script>"),
        ("custom_css", "body { color: red }"),
    ];
    let answer = ada.post("/admin/settings", &fields);
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/admin/settings"));
    ada.write("One", "x");
    ada.write("Two", "x");
    let page = blog.stranger().get("/posts");
    for html in [
        "Ada&#x27;s &lt;notes&gt;",
        "On engines",
        "<html lang=\"de\" dir=\"ltr\" data-theme=\"dark\">",
        "<em>Ada</em>",
        "href=\"/custom.css\"",
        "Ältere Beiträge",
    ] {
        assert!(page.says(html), "{html}");
    }
    assert!(!page.says("<script src") && !page.says(">One<"));
    let css = blog.stranger().get("/custom.css");
    assert_eq!(css.body, "body { color: red }");
    assert!(css.header("Content-Type").starts_with("text/css"));
    assert!(ada.get("/admin/settings").says("Made by *Ada*"), "the form keeps the Markdown");
}

#[test]
fn a_value_that_will_not_do_is_refused_and_nothing_is_changed() {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    let answer = ada.post("/admin/settings", &[("title", "New"), ("timezone", "Mars/Olympus")]);
    assert_eq!(answer.status, Status::UnprocessableEntity);
    assert!(answer.says("id=\"timezone-problem\"") && answer.says("Mars/Olympus"));
    assert!(blog.stranger().get("/posts").says("My Blog"));
}

#[test]
fn the_owner_looks_at_settings_before_they_count() {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    ada.write("Hello", "Text.");
    let fields = [
        ("title", "Tried"),
        ("accent", "#ffee00"),
        ("header", "*Up here*"),
        ("custom_css", "p { color: red }"),
    ];
    let page = ada.post("/admin/settings/preview", &fields);
    assert_eq!(page.status, Status::Ok);
    assert!(
        page.says(">Tried</h1>") && page.says("<em>Up here</em>") && page.says("Hello"),
        "{}",
        page.body
    );
    assert!(page.says("href=\"/admin/settings/preview.css\""));
    let css = ada.get("/admin/settings/preview.css").body;
    assert!(css.contains("--accent: light-dark(#") && css.ends_with("p { color: red }"), "{css}");
    assert!(!blog.stranger().get("/posts").says("Tried"));
    let wrong = ada.post("/admin/settings/preview", &[("accent", "yellow"), ("title", "Kept")]);
    assert_eq!(wrong.status, Status::UnprocessableEntity);
    assert!(wrong.says("Please enter a colour") && wrong.says("Kept"));
}

#[test]
fn whatever_the_owners_style_sheet_does_the_settings_can_be_used() {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    ada.post(
        "/admin/settings",
        &[("custom_css", "* { display: none }"), ("profiles", "https://a.example/@ada\r\n\r\n")],
    );
    assert!(
        ada.get("/posts").says("/custom.css") && !ada.get("/admin/settings").says("/custom.css")
    );
    assert!(
        ada.get("/posts").says("<a rel=\"me\" href=\"https://a.example/@ada\">a.example/@ada</a>")
    );
    let wrong = ada.post("/admin/settings", &[("profiles", "javascript:alert(1)")]);
    assert_eq!(wrong.status, Status::UnprocessableEntity);
}
