//! What an author writes runs nowhere.

use crate::support::Visitor;

/// Each tries to leave a mark on the window in its own way.
const ATTACKS: &str = "<script>window.ran = 1</script>\
    <img src=x onerror=\"window.ran = 2\">\
    <svg onload=\"window.ran = 3\"><script>window.ran = 4</script></svg>\
    <a href=\"javascript:window.ran = 5\">link</a>\
    \"><script>window.ran = 6</script>\
    </title></textarea></p><script>window.ran = 7</script>\
    <iframe srcdoc=\"<script>top.ran = 8</script>\"></iframe>\
    {{ 7 * 7 }}";

#[rocket::async_test]
async fn what_an_author_writes_runs_nowhere() {
    let Some(visitor) = Visitor::author().await else { return };
    assert!(visitor.has_scripts().await, "or this would prove nothing");
    let content =
        format!("{ATTACKS}\n\n[link](javascript:window.ran=9)\n\n```html\n{ATTACKS}\n```");
    let fields = [
        ("title", ATTACKS.get(..290).unwrap_or(ATTACKS)),
        ("content", &content),
        ("tags", "<script>window.ran = 10</script>, \"onfocus=\"window.ran=11"),
        ("summary", ATTACKS),
        ("slug", "hostile"),
    ];
    visitor.publishes(&fields).await;
    ran_nothing(&visitor, "/posts").await;
    ran_nothing(&visitor, "/posts/hostile").await;
    ran_nothing(&visitor, "/admin?show=published").await;
    visitor.open("/posts/hostile").await;
    visitor.follows("Edit").await;
    let editor = visitor.client.current_url().await.unwrap();
    ran_nothing(&visitor, editor.path()).await;
    assert_eq!(visitor.value("content").await, content);
}

async fn ran_nothing(visitor: &Visitor, path: &str) {
    visitor.open(path).await;
    visitor.sees("window.ran = 7").await;
    let links =
        "for (const link of document.querySelectorAll('main a:not([href^=\"/\"])')) link.click();";
    let ran = format!("{links} return window.ran === undefined");
    assert_eq!(visitor.runs(&ran, vec![]).await, true, "{path}");
    // The policy would have stopped it, but there should be nothing to stop.
    let stopped: Vec<_> = visitor
        .driver
        .console()
        .into_iter()
        .filter(|line| line.contains("Content Security Policy"))
        .collect();
    assert!(stopped.is_empty(), "{path}: {stopped:?}");
}
