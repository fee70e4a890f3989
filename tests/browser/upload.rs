//! Pictures that come into the text as one writes.

use crate::support::Visitor;
use fantoccini::Locator;
use rocket::serde::json::json;

/// Puts a file on the text, by the event of this name; the name of the event's data differs, too.
const HAND_OVER: &str = "const [kind, name, type, done] = arguments;
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 40;
    canvas.getContext('2d').fillRect(0, 0, 20, 20);
    canvas.toBlob((blob) => {
        const data = new DataTransfer();
        data.items.add(new File([blob], name, { type }));
        const [event, key] = kind === 'drop' ? [DragEvent, 'dataTransfer'] : [ClipboardEvent, 'clipboardData'];
        content.dispatchEvent(new event(kind, { [key]: data, bubbles: true, cancelable: true }));
        done(content.value);
    });";

async fn hands_over(visitor: &Visitor, kind: &str, name: &str) -> String {
    let arguments = vec![json!(kind), json!(name), json!("image/png")];
    let answer = visitor.client.execute_async(HAND_OVER, arguments).await.unwrap();
    answer.as_str().unwrap().to_owned()
}

#[rocket::async_test]
async fn a_pasted_picture_is_uploaded_and_asks_for_its_words() {
    let Some(visitor) = Visitor::author().await else { return };
    visitor.open("/posts/new").await;
    visitor.driver.console();
    visitor.types("content", "Before").await;
    let meanwhile = hands_over(&visitor, "paste", "herons.png").await;
    assert_eq!(meanwhile, "Before\n\n![Uploading herons.png…]()\n");
    visitor
        .waits_until("/^Before\\n\\n!\\[[^\\]]*\\]\\(\\/media\\/[^)]+\\)\\n$/.test(content.value)")
        .await;
    visitor.writes("Two herons").await;
    visitor.waits_until("content.value.includes('![Two herons](/media/')").await;
    visitor.presses("Preview").await;
    let picture = visitor.find(Locator::Css(".editor__preview img[alt='Two herons']")).await;
    visitor.client.wait().for_element(Locator::Css(".editor__preview img")).await.unwrap();
    assert!(picture.is_displayed().await.unwrap());
    assert_eq!(visitor.driver.console(), Vec::<String>::new());
}

#[rocket::async_test]
async fn a_dropped_picture_leaves_alone_whoever_goes_on_writing() {
    let Some(mut visitor) = Visitor::author().await else { return };
    visitor.open("/posts/new").await;
    visitor.types("content", "Before").await;
    let hold = "const send = window.fetch;
        window.fetch = (url, options) => url !== '/admin/media' ? send(url, options)
            : new Promise((go) => { window.go = go; }).then(() => send(url, options));";
    visitor.runs(hold, vec![]).await;
    hands_over(&visitor, "drop", "herons.png").await;
    visitor.writes("and on").await;
    visitor.waits_until("window.go").await;
    visitor.runs("window.go()", vec![]).await;
    visitor.waits_until("content.value.includes('](/media/')").await;
    visitor.writes(" and on").await;
    assert!(visitor.value("content").await.ends_with(")\nand on and on"));
    visitor.blog.stop();
    hands_over(&visitor, "drop", "lost.png").await;
    visitor.runs("window.go()", vec![]).await;
    visitor.reads_in_state("lost.png is not uploaded").await;
    assert!(!visitor.value("content").await.contains("lost.png"));
}
