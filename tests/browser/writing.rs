//! The tools of the editor.

use crate::support::Visitor;
use fantoccini::Locator;
use fantoccini::key::Key;
use rocket::serde::json::json;

const CONTROL: &[Key] = &[Key::Control];
const WITH_SHIFT: &[Key] = &[Key::Control, Key::Shift];

#[rocket::async_test]
async fn a_tool_changes_the_text_and_undo_takes_it_back() {
    let Some(visitor) = Visitor::author().await else { return };
    visitor.open("/posts/new").await;
    let tools = [
        ("Bold", "**word**"),
        ("Italic", "*word*"),
        ("Heading", "## word"),
        ("Link", "[word](https://)"),
        ("Code", "`word`"),
        ("List", "- word"),
    ];
    visitor.types("content", "word").await;
    for (name, changed) in tools {
        visitor.selects("content").await;
        let tool = format!("button[aria-label={name}]");
        visitor.find(Locator::Css(&tool)).await.click().await.unwrap();
        assert_eq!(visitor.value("content").await, changed, "{name}");
        visitor.holds(CONTROL, 'z').await;
        assert_eq!(visitor.value("content").await, "word", "{name} is taken back");
    }
}

#[rocket::async_test]
async fn the_usual_keys_do_the_same_and_undo_themselves() {
    let Some(visitor) = Visitor::author().await else { return };
    visitor.open("/posts/new").await;
    visitor.types("content", "word").await;
    for (held, key, changed) in [
        (CONTROL, 'b', "**word**"),
        (CONTROL, 'i', "*word*"),
        (CONTROL, 'e', "`word`"),
        (WITH_SHIFT, 'l', "- word"),
    ] {
        visitor.selects("content").await;
        visitor.holds(held, key).await;
        assert_eq!(visitor.value("content").await, changed);
        visitor.holds(held, key).await;
        assert_eq!(visitor.value("content").await, "word", "{key} a second time");
    }
    for changed in ["## word", "### word", "word"] {
        visitor.holds(WITH_SHIFT, 'h').await;
        assert_eq!(visitor.value("content").await, changed);
    }
    visitor.holds(CONTROL, 's').await;
    visitor.reads_in_state("Saved at").await;
}

#[rocket::async_test]
async fn an_address_pasted_over_words_makes_them_a_link() {
    let Some(visitor) = Visitor::author().await else { return };
    visitor.open("/posts/new").await;
    visitor.types("content", "the words").await;
    visitor.selects("content").await;
    pastes(&visitor, "https://example.org/a?b=c").await;
    assert_eq!(visitor.value("content").await, "[the words](https://example.org/a?b=c)");
    visitor.holds(CONTROL, 'z').await;
    assert_eq!(visitor.value("content").await, "the words");
}

/// As from the clipboard, which a window without a screen may not have.
async fn pastes(visitor: &Visitor, text: &str) {
    let paste = "const clipboardData = new DataTransfer();
        clipboardData.setData('text/plain', arguments[0]);
        const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
        document.activeElement.dispatchEvent(paste)";
    visitor.runs(paste, vec![json!(text)]).await;
}

#[rocket::async_test]
async fn the_preview_shows_what_the_server_renders_and_complains_of_nothing() {
    let Some(visitor) = Visitor::author().await else { return };
    visitor.open("/posts/new").await;
    visitor.driver.console();
    visitor.presses("Preview").await;
    visitor.types("title", "Seen").await;
    visitor
        .types("content", "## Content\n\n|a|\n|-|\n|**b**|\n\n<script>window.ran = 1</script>")
        .await;
    visitor.find(Locator::Css(".editor__preview td strong")).await;
    visitor.find(Locator::XPath("//section//h1[. = 'Seen']")).await;
    visitor.find(Locator::Id("preview-content")).await;
    visitor.waits_until("window.ran === undefined").await;
    assert_eq!(visitor.driver.console(), Vec::<String>::new());
    visitor.client.refresh().await.unwrap();
    let pane = visitor.find(Locator::Css(".editor__preview")).await;
    assert!(pane.is_displayed().await.unwrap(), "it is remembered");
}

#[rocket::async_test]
async fn the_preview_shows_the_newest_answer_only() {
    let Some(visitor) = Visitor::author().await else { return };
    visitor.open("/posts/new").await;
    // The first answer comes when the second is long there, even though it was called off.
    let hold = "const send = window.fetch;
        window.asked = 0;
        window.fetch = (url, options) => {
            if (url !== '/posts/preview') return send(url, options);
            window.asked += 1;
            if (window.asked > 1) return send(url, options);
            const { signal, ...rest } = options;
            return send(url, rest).then((answer) => new Promise((done) => {
                window.release = () => done(answer);
            }));
        };";
    visitor.runs(hold, vec![]).await;
    visitor.types("content", "first").await;
    visitor.presses("Preview").await;
    visitor.waits_until("window.release").await;
    // At once: somebody who types slowly asks more than once.
    let add = "const text = document.getElementById('content');
        text.setRangeText(' second', text.value.length, text.value.length);
        text.dispatchEvent(new InputEvent('input', { bubbles: true }));";
    visitor.runs(add, vec![]).await;
    visitor.find(Locator::XPath("//section//p[. = 'first second']")).await;
    let settle = "window.release(); return new Promise((done) => setTimeout(done))";
    visitor.runs(settle, vec![]).await;
    visitor.find(Locator::XPath("//section//p[. = 'first second']")).await;
    assert_eq!(visitor.runs("return window.asked", vec![]).await, 2);
}

#[rocket::async_test]
async fn known_tags_are_completed_by_keyboard() {
    let Some(visitor) = Visitor::author().await else { return };
    visitor.publishes(&[("title", "x"), ("content", "y"), ("tags", "Wading birds, Water")]).await;
    visitor.open("/posts/new").await;
    visitor.types("tags", "other, wa").await;
    visitor.waits_until("document.querySelectorAll('[role=option]').length === 2").await;
    visitor.hits(Key::Down).await;
    visitor.find(Locator::Css("#tags[aria-expanded=true][aria-activedescendant]")).await;
    visitor.hits(Key::Enter).await;
    assert_eq!(visitor.value("tags").await, "other, Wading birds, ");
    visitor.writes("wa").await;
    visitor.waits_until("document.querySelectorAll('[role=option]').length === 1").await;
    visitor.hits(Key::Escape).await;
    visitor.find(Locator::Css("#tags[aria-expanded=false]")).await;
    assert_eq!(visitor.value("tags").await, "other, Wading birds, wa");
}

#[rocket::async_test]
async fn the_editor_fits_a_phone_with_its_preview() {
    let Some(visitor) = Visitor::author().await else { return };
    let screen = json!({ "width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": true });
    visitor.driver.chromium("Emulation.setDeviceMetricsOverride", screen);
    visitor.driver.chromium("Emulation.setTouchEmulationEnabled", json!({ "enabled": true }));
    visitor.open("/posts/new").await;
    visitor.types("content", &format!("{}\n\n    {}", "w".repeat(100), "code ".repeat(40))).await;
    visitor.presses("Preview").await;
    visitor.find(Locator::Css(".editor__preview pre")).await;
    assert_eq!(visitor.runs("return document.documentElement.scrollWidth", vec![]).await, 390);
    let small = "return [...document.querySelectorAll('.tool, .editor__buttons button')]
        .filter((tool) => tool.getBoundingClientRect().height < 44).length";
    assert_eq!(visitor.runs(small, vec![]).await, 0, "fingers need room");
}
