//! What is typed is not lost.

use crate::support::Visitor;
use fantoccini::Locator;
use fantoccini::error::CmdError;

#[rocket::async_test]
async fn a_mistake_comes_back_beside_its_field_with_everything_typed() {
    let Some(visitor) = Visitor::author().await else { return };
    let title = "ß".repeat(301);
    visitor.open("/posts/new").await;
    visitor.pastes("title", &title).await;
    visitor.types("content", "\nIt took\nan hour & a half.").await;
    visitor.types("tags", "a, \"b\"").await;
    visitor.presses("Publish").await;
    let field = visitor.find(Locator::Css("#title[aria-invalid]")).await;
    let described = field.attr("aria-describedby").await.unwrap().unwrap();
    let reason = visitor.find(Locator::Id(described.split(' ').next().unwrap())).await;
    assert!(reason.text().await.unwrap().contains("300"));
    let beside = "document.querySelector('#title').closest('.field').querySelector('.field__problem') !== null";
    assert_eq!(visitor.runs(&format!("return {beside}"), vec![]).await, true);
    assert_eq!(visitor.value("title").await, title);
    assert_eq!(visitor.value("content").await, "\nIt took\nan hour & a half.");
    assert_eq!(visitor.value("tags").await, "a, \"b\"");
}

#[rocket::async_test]
async fn leaving_text_that_is_kept_nowhere_is_asked_about() {
    let Some(visitor) = Visitor::author().await else { return };
    visitor.open("/posts/new").await;
    let forbid = "Storage.prototype.setItem = () => { throw new Error('forbidden') }";
    visitor.runs(forbid, vec![]).await;
    visitor.types("content", "Not saved").await;
    visitor.follows("Dashboard").await;
    assert!(is_asked(&visitor).await);
    visitor.client.dismiss_alert().await.unwrap();
    assert_eq!(visitor.value("content").await, "Not saved");
    visitor.follows("Dashboard").await;
    visitor.client.accept_alert().await.unwrap();
    visitor.arrives_at("/admin").await;
}

#[rocket::async_test]
async fn leaving_text_that_the_browser_keeps_is_not_asked_about() {
    let Some(visitor) = Visitor::author().await else { return };
    visitor.open("/posts/new").await;
    visitor.types("content", "Not saved").await;
    visitor.follows("Dashboard").await;
    assert!(!is_asked(&visitor).await);
    visitor.arrives_at("/admin").await;
    visitor.open("/posts/new").await;
    visitor.waits_until("content.value === 'Not saved'").await;
    visitor.reads_in_state("Saved at").await;
}

#[rocket::async_test]
async fn saving_and_leaving_untouched_text_are_not_asked_about() {
    let Some(visitor) = Visitor::author().await else { return };
    visitor.open("/posts/new").await;
    visitor.types("title", "Kept").await;
    visitor.presses("Save draft").await;
    visitor.find(Locator::XPath("//h1[. = \"Edit post\"]")).await;
    assert!(!is_asked(&visitor).await);
    visitor.follows("Dashboard").await;
    assert!(!is_asked(&visitor).await);
    visitor.arrives_at("/admin").await;
}

async fn is_asked(visitor: &Visitor) -> bool {
    match visitor.client.get_alert_text().await {
        Ok(_) => true,
        Err(error) if CmdError::is_no_such_alert(&error) => false,
        Err(error) => panic!("{error}"),
    }
}
