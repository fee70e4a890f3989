//! Without a mouse.

use crate::support::{NAME, PASSWORD, Visitor};
use fantoccini::Locator;
use fantoccini::key::Key;

#[rocket::async_test]
async fn the_first_stop_skips_to_the_content() {
    let Some(visitor) = Visitor::owner().await else { return };
    visitor.open("/posts").await;
    visitor.hits(Key::Tab).await;
    let first = visitor.client.active_element().await.unwrap();
    assert_eq!(first.text().await.unwrap(), "Skip to the content");
    let (_, top, _, _) = first.rectangle().await.unwrap();
    assert!(top >= 0.0, "it comes into view");
    visitor.hits(Key::Enter).await;
    visitor.arrives_at("/posts#_main").await;
    visitor.hits(Key::Tab).await;
    let inside = "return document.activeElement.closest('.masthead') === null";
    assert_eq!(visitor.runs(inside, vec![]).await, true);
}

#[rocket::async_test]
async fn signing_in_needs_only_the_keyboard() {
    let Some(visitor) = Visitor::owner().await else { return };
    visitor.open("/posts").await;
    visitor.hits(Key::Tab).await;
    while focused(&visitor).await != "Login" {
        visitor.hits(Key::Tab).await;
    }
    assert_ne!(outline(&visitor).await, "none", "the focus shows");
    visitor.hits(Key::Enter).await;
    visitor.arrives_at("/auth/login").await;
    visitor.find(Locator::Css("#username:focus")).await;
    visitor.writes(NAME).await;
    visitor.hits(Key::Tab).await;
    visitor.find(Locator::Css("#password:focus")).await;
    visitor.writes(PASSWORD).await;
    visitor.hits(Key::Tab).await;
    assert_eq!(focused(&visitor).await, "Login");
    visitor.hits(Key::Enter).await;
    visitor.arrives_at("/posts").await;
    visitor.sees("Log out").await;
}

#[rocket::async_test]
async fn writing_and_publishing_need_only_the_keyboard() {
    let Some(visitor) = Visitor::author().await else { return };
    visitor.open("/posts/new").await;
    visitor.find(Locator::Css("#title:focus")).await;
    visitor.writes("By hand").await;
    visitor.hits(Key::Enter).await;
    visitor.find(Locator::Css("#content:focus")).await;
    visitor.writes("- one\ntwo\n\nA word").await;
    visitor.hits(Key::Tab).await;
    assert_eq!(focused(&visitor).await, "Save draft", "the text is no trap");
    visitor.holds(&[Key::Shift], Key::Tab).await;
    visitor.holds(&[Key::Shift], Key::Tab).await;
    visitor.holds(&[Key::Shift], Key::Tab).await;
    assert_eq!(label(&visitor).await, "Bold", "the tools are one stop");
    visitor.hits(Key::Right).await;
    assert_eq!(label(&visitor).await, "Italic");
    visitor.holds(&[Key::Control], Key::Enter).await;
    visitor.arrives_at("/posts").await;
    visitor.follows("By hand").await;
    visitor.find(Locator::XPath("//li[. = \"two\"]")).await;
}

async fn label(visitor: &Visitor) -> String {
    let focused = visitor.client.active_element().await.unwrap();
    focused.attr("aria-label").await.unwrap().unwrap_or_default()
}

async fn focused(visitor: &Visitor) -> String {
    visitor.client.active_element().await.unwrap().text().await.unwrap()
}

async fn outline(visitor: &Visitor) -> String {
    let focused = visitor.client.active_element().await.unwrap();
    focused.css_value("outline-style").await.unwrap()
}
