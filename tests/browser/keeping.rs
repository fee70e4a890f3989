//! What is typed reaches the blog, however long the way.

use crate::driver::Scripts;
use crate::support::Visitor;
use fantoccini::Locator;

const ONLY_HERE: &str = "kept in this browser and sent";

#[rocket::async_test]
async fn what_is_typed_is_saved_without_being_asked() {
    let Some(visitor) = Visitor::author().await else { return };
    visitor.open("/posts/new").await;
    visitor.types("content", "A beginning").await;
    visitor.reads_in_state("Not saved yet").await;
    visitor.reads_in_state("Saved at").await;
    let edit = visitor.client.current_url().await.unwrap();
    assert!(edit.path().ends_with("/edit"), "the new post has an address");
    visitor.open(edit.path()).await;
    assert_eq!(visitor.value("content").await, "A beginning");
    assert_eq!(kept(&visitor).await, "", "the server has it");
}

#[rocket::async_test]
async fn what_is_typed_while_the_blog_is_gone_is_sent_when_it_is_back() {
    let Some(mut visitor) = Visitor::author().await else { return };
    visitor.open("/posts/new").await;
    visitor.types("content", "Before").await;
    visitor.reads_in_state("Saved at").await;
    visitor.blog.stop();
    visitor.types("content", " and after").await;
    visitor.reads_in_state("Offline").await;
    visitor.reads_in_state(ONLY_HERE).await;
    assert!(kept(&visitor).await.contains("Before+and+after"));
    visitor.blog.start_again();
    visitor.reads_in_state("Saved at").await;
    assert_eq!(kept(&visitor).await, "");
    visitor.client.refresh().await.unwrap();
    assert_eq!(visitor.value("content").await, "Before and after");
}

#[rocket::async_test]
async fn a_form_is_not_sent_into_the_void() {
    let Some(mut visitor) = Visitor::author().await else { return };
    visitor.open("/posts/new").await;
    visitor.types("title", "Later").await;
    visitor.blog.stop();
    visitor.presses("Publish").await;
    visitor.reads_in_state("Offline").await;
    assert_eq!(visitor.value("title").await, "Later", "the page is still there");
    visitor.blog.start_again();
    visitor.reads_in_state("Saved at").await;
    visitor.presses("Publish").await;
    visitor.arrives_at("/posts").await;
    visitor.sees("Later").await;
}

#[rocket::async_test]
async fn signing_out_in_another_tab_costs_no_text() {
    let Some(visitor) = Visitor::author().await else { return };
    visitor.open("/posts/new").await;
    let editor = visitor.client.window().await.unwrap();
    let other = visitor.client.new_window(true).await.unwrap().handle;
    visitor.client.switch_to_window(other.clone()).await.unwrap();
    visitor.open("/admin").await;
    visitor.presses("Log out").await;
    visitor.arrives_at("/posts").await;
    visitor.client.switch_to_window(editor.clone()).await.unwrap();
    visitor.types("content", "Still here").await;
    visitor.reads_in_state("Signed out").await;
    visitor.reads_in_state(ONLY_HERE).await;
    visitor.find(Locator::LinkText("Sign in in another tab")).await;
    visitor.client.switch_to_window(other).await.unwrap();
    visitor.open("/auth/login").await;
    visitor.sign_in().await;
    visitor.arrives_at("/posts").await;
    visitor.client.switch_to_window(editor).await.unwrap();
    visitor.reads_in_state("Saved at").await;
    visitor.client.refresh().await.unwrap();
    assert_eq!(visitor.value("content").await, "Still here");
}

#[rocket::async_test]
async fn a_browser_that_was_closed_while_somebody_typed_has_the_text() {
    let Some(mut visitor) = Visitor::author().await else { return };
    visitor.open("/posts/new").await;
    visitor.blog.stop();
    visitor.types("title", "Unfinished").await;
    visitor.types("content", "In the middle of a").await;
    visitor.waits_until("JSON.stringify(localStorage).includes('In+the+middle+of+a')").await;
    visitor.driver.close();
    visitor.blog.start_again();
    visitor.client = visitor.driver.open(Scripts::On).await;
    visitor.open("/posts/new").await;
    visitor.waits_until("content.value === 'In the middle of a'").await;
    assert_eq!(visitor.value("title").await, "Unfinished");
    visitor.sees("This text was kept in this browser").await;
    visitor.reads_in_state("Saved at").await;
    visitor.client.refresh().await.unwrap();
    assert_eq!(visitor.value("title").await, "Unfinished");
    assert_eq!(kept(&visitor).await, "");
}

#[rocket::async_test]
async fn two_tabs_that_write_the_same_post_lose_neither_text() {
    let Some(visitor) = Visitor::author().await else { return };
    visitor.publishes(&[("title", "Shared"), ("content", "Once")]).await;
    visitor.open("/posts/shared").await;
    visitor.follows("Edit").await;
    let edit = visitor.client.current_url().await.unwrap();
    // Somebody else's save, between opening the page and writing.
    let save =
        "const body = new URLSearchParams(new FormData(document.querySelector('form.editor')));
        body.set('content', 'Theirs');
        return fetch(arguments[0], { method: 'POST', body }).then((answer) => answer.status)";
    let place = edit.path().replace("/edit", "/working-copy");
    assert_eq!(visitor.runs(save, vec![place.into()]).await, 200);
    visitor.types("content", " mine").await;
    visitor.reads_in_state("Somebody else saved").await;
    visitor.presses("Show both texts").await;
    visitor.sees("Or take one as it is").await;
    assert_eq!(visitor.value("my-text").await, "Once mine");
    assert_eq!(visitor.value("their-text").await, "Theirs");
    visitor.pastes("content", "Theirs and mine").await;
    visitor.presses("Save this text").await;
    visitor.arrives_at(edit.path()).await;
    assert_eq!(visitor.value("content").await, "Theirs and mine");
    assert_eq!(kept(&visitor).await, "", "the server has both");
    let past = "const links = [...document.querySelectorAll('.row__title a')];
        const pages = links.map(async (link) => (await fetch(link.href)).text());
        return (await Promise.all(pages)).join()";
    visitor.open(&edit.path().replace("/edit", "/history")).await;
    let past = visitor.runs(past, vec![]).await;
    for text in ["Theirs and mine", "Once mine"] {
        assert!(past.as_str().unwrap().contains(&format!(">\n{text}</textarea>")), "{past}");
    }
}

/// What this browser keeps of texts.
async fn kept(visitor: &Visitor) -> String {
    let texts = "return Object.entries(localStorage).filter(([key]) => key.startsWith('monograph:text:')).join()";
    visitor.runs(texts, vec![]).await.as_str().unwrap().to_owned()
}
