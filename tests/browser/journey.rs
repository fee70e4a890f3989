//! The way from an empty blog to a post that others read.

use crate::driver::Scripts;
use crate::support::{NAME, PASSWORD, Visitor};
use fantoccini::Locator;

#[rocket::async_test]
async fn somebody_registers_writes_and_reads() {
    goes_all_the_way(Scripts::On).await;
}

#[rocket::async_test]
async fn somebody_without_scripts_gets_as_far() {
    goes_all_the_way(Scripts::Off).await;
}

async fn goes_all_the_way(scripts: Scripts) {
    let Some(visitor) = Visitor::new(scripts).await else { return };
    let visitor = &visitor;
    assert_eq!(visitor.has_scripts().await, scripts == Scripts::On, "or this would prove nothing");
    visitor.open("/").await;
    visitor.arrives_at("/posts").await;
    visitor.follows("Register").await;
    visitor.types("username", NAME).await;
    visitor.types("password", PASSWORD).await;
    visitor.presses("Register").await;
    visitor.arrives_at("/auth/login").await;
    visitor.sign_in().await;
    visitor.arrives_at("/posts").await;
    writes(visitor, scripts).await;
    visitor.follows("A first post").await;
    visitor.arrives_at("/posts/a-first-post").await;
    let loud = visitor.find(Locator::Css(".prose strong")).await;
    assert_eq!(loud.text().await.unwrap(), "loud");
    visitor.presses("Log out").await;
    visitor.arrives_at("/posts").await;
    visitor.sees("Login").await;
    visitor.follows("A first post").await;
    visitor.sees("and loud.").await;
    assert!(visitor.client.find(Locator::LinkText("Edit")).await.is_err());
}

async fn writes(visitor: &Visitor, scripts: Scripts) {
    visitor.follows("New Post").await;
    visitor.arrives_at("/posts/new").await;
    visitor.types("title", "A first post").await;
    visitor.types("content", "It is short\nand **loud**.").await;
    assert_eq!(shows_tools(visitor).await, scripts == Scripts::On);
    visitor.presses("Publish").await;
    visitor.arrives_at("/posts").await;
}

/// Whether the editor's own scripts run.
async fn shows_tools(visitor: &Visitor) -> bool {
    let tools = visitor.find(Locator::Css("[role=toolbar]")).await;
    tools.is_displayed().await.unwrap()
}

#[rocket::async_test]
async fn a_stranger_who_wants_to_write_signs_in_and_comes_back() {
    let Some(visitor) = Visitor::owner().await else { return };
    visitor.open("/posts").await;
    visitor.follows("New Post").await;
    visitor.arrives_at("/auth/login?next=/posts/new").await;
    visitor.types("username", NAME).await;
    visitor.types("password", "not this one").await;
    visitor.presses("Login").await;
    visitor.sees("That name and password do not go together.").await;
    assert_eq!(visitor.value("username").await, NAME);
    visitor.types("password", PASSWORD).await;
    visitor.presses("Login").await;
    visitor.arrives_at("/posts/new").await;
    visitor.find(Locator::Id("content")).await;
}
