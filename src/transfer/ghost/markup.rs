//! Words and pieces of HTML for what Ghost keeps as JSON.

use crate::text::markdown::{self, Pictures};
use serde_json::Value;

/// Words as they stand in HTML.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A picture, with what stands below it.
pub fn picture(src: &str, alt: &str, caption: &str) -> String {
    let image = format!("<img src=\"{}\" alt=\"{}\">", escaped(src), escaped(alt));
    match caption.trim() {
        "" => format!("<p>{image}</p>"),
        caption => format!("<figure>{image}<figcaption>{caption}</figcaption></figure>"),
    }
}

/// A card by its name, from what it holds; `None` for one that is not known.
pub fn card(name: &str, payload: &Value) -> Option<String> {
    let text = |key: &str| text(payload, key);
    Some(match name {
        "image" => picture(text("src"), text("alt"), text("caption")),
        "gallery" => gallery(payload),
        "html" => text("html").to_owned(),
        "code" | "codeblock" => code(text("language"), text("code")),
        "markdown" | "card-markdown" => rendered(text("markdown")),
        "hr" | "horizontalrule" => "<hr>".to_owned(),
        "embed" => link(text("url"), &[]),
        "bookmark" => link(text("url"), &[payload.get("metadata").map_or("", title)]),
        "button" => link(text("buttonUrl"), &[text("buttonText")]),
        "callout" => {
            let (emoji, words) = (escaped(text("calloutEmoji")), text("calloutText"));
            format!("<blockquote><p>{emoji} {words}</p></blockquote>")
        }
        "toggle" => {
            format!("<details><summary>{}</summary>{}</details>", text("heading"), text("content"))
        }
        "video" => player("video", text("src")) + &paragraph(text("caption")),
        "audio" => player("audio", text("src")) + &paragraph(text("title")),
        "file" => link(text("src"), &[text("fileTitle"), text("fileName")]),
        "header" => format!("<h2>{}</h2>{}", text("header"), paragraph(text("subheader"))),
        "paywall" => String::new(),
        _ => return None,
    })
}

fn text<'a>(payload: &'a Value, key: &str) -> &'a str {
    payload.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn title(metadata: &Value) -> &str {
    text(metadata, "title")
}

fn gallery(payload: &Value) -> String {
    let images = payload.get("images").and_then(Value::as_array).into_iter().flatten();
    let shown = images.map(|image| picture(text(image, "src"), text(image, "alt"), ""));
    shown.collect::<String>() + &paragraph(text(payload, "caption"))
}

fn code(language: &str, code: &str) -> String {
    let class = match language.is_empty() {
        true => String::new(),
        false => format!(" class=\"language-{}\"", escaped(language)),
    };
    format!("<pre><code{class}>{}</code></pre>", escaped(code))
}

fn rendered(text: &str) -> String {
    markdown::render(text, &Pictures::default()).map(|done| done.html).unwrap_or_default()
}

/// Says the first of `words` that says anything, or else the address itself.
fn link(address: &str, words: &[&str]) -> String {
    let words = words.iter().find(|words| !words.is_empty()).unwrap_or(&address);
    match address.is_empty() {
        true => String::new(),
        false => format!("<p><a href=\"{}\">{}</a></p>", escaped(address), escaped(words)),
    }
}

fn player(element: &str, src: &str) -> String {
    format!("<p><{element} src=\"{}\" controls></{element}></p>", escaped(src))
}

fn paragraph(html: &str) -> String {
    if html.is_empty() { String::new() } else { format!("<p>{html}</p>") }
}
