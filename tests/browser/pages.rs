//! What holds for every page.

use crate::support::Visitor;
use fantoccini::Locator;
use rocket::serde::json::json;

const PHONE: i64 = 390;

#[rocket::async_test]
async fn no_page_complains_in_the_console() {
    let Some(visitor) = Visitor::author().await else { return };
    visitor.driver.console();
    let check = async |path: &str| {
        let own = visitor.blog.url(path);
        let complaints: Vec<_> = visitor
            .driver
            .console()
            .into_iter()
            // The browser's note that the page itself is a 404.
            .filter(|line| !(path == NOWHERE && line.starts_with(&own)))
            .collect();
        assert!(complaints.is_empty(), "{path}: {complaints:?}");
    };
    each_page(&visitor, check).await;
}

#[rocket::async_test]
async fn no_page_is_wider_than_a_phone() {
    let Some(visitor) = Visitor::author().await else { return };
    let screen = json!({ "width": PHONE, "height": 844, "deviceScaleFactor": 2, "mobile": true });
    visitor.driver.chromium("Emulation.setDeviceMetricsOverride", screen);
    each_page(&visitor, async |path| assert_eq!(width(&visitor).await, PHONE, "{path}")).await;
    visitor.runs("document.body.append('x'.repeat(1000))", vec![]).await;
    assert!(width(&visitor).await > PHONE, "or this would prove nothing");
}

async fn width(visitor: &Visitor) -> i64 {
    let width = "return document.documentElement.scrollWidth";
    visitor.runs(width, vec![]).await.as_i64().unwrap()
}

const NOWHERE: &str = "/nowhere";

/// Goes through the pages of a blog with a post that is wide in every way: first as author, then as stranger.
async fn each_page(visitor: &Visitor, check: impl AsyncFn(&str)) {
    visitor.blog.command(&["settings", "set", "registration", "open"], "");
    write_wide_post(visitor).await;
    visitor.follows("Edit").await;
    let editor = visitor.client.current_url().await.unwrap();
    let author = [
        "/admin",
        "/admin/media",
        "/admin/settings",
        "/admin/accounts",
        "/admin/invites",
        "/account",
    ];
    let writing = ["/posts", "/posts/wide", "/posts/new", editor.path(), NOWHERE];
    for path in writing.into_iter().chain(author) {
        visitor.open(path).await;
        check(path).await;
    }
    visitor.presses("Log out").await;
    visitor.arrives_at("/posts").await;
    for path in ["/posts", "/posts/wide", "/auth/login", "/users/register", NOWHERE] {
        visitor.open(path).await;
        check(path).await;
    }
}

async fn write_wide_post(visitor: &Visitor) {
    let word = "w".repeat(100);
    let row = format!("|{}\n", " a cell with words |".repeat(12));
    let table = format!("{row}|{}\n{row}{row}", " --- |".repeat(12));
    let code = format!("```rust\nfn main() {{ println!(\"{}\") }}\n```", "long ".repeat(60));
    let content =
        format!("## {word}\n\n{word} `{word}`\n\n{table}\n\n{code}\n\n> {word}\n\n- {word}");
    let fields =
        [("title", word.as_str()), ("content", &content), ("tags", &word[..40]), ("slug", "wide")];
    visitor.publishes(&fields).await;
    visitor.open("/posts/wide").await;
    visitor.find(Locator::Css(".prose table")).await;
}
