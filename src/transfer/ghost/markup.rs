//! Words and pieces of HTML for what Ghost keeps as JSON.

/// More bytes of HTML than this make no post that could be saved.
pub const LONGEST: usize = 4 * 1024 * 1024;

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
pub fn card(name: &str, payload: &serde_json::Value) -> Option<String> {
    let text = |key: &str| payload.get(key).and_then(serde_json::Value::as_str).unwrap_or_default();
    Some(match name {
        "image" => picture(text("src"), text("alt"), text("caption")),
        "gallery" => {
            let images =
                payload.get("images").and_then(serde_json::Value::as_array).into_iter().flatten();
            let field = |image: &serde_json::Value, key: &str| {
                image.get(key).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
            };
            let shown = images.map(|image| picture(&field(image, "src"), &field(image, "alt"), ""));
            shown.collect::<String>() + &paragraph(text("caption"))
        }
        "html" => text("html").to_owned(),
        "code" | "codeblock" => {
            let language = text("language");
            let class = match language.is_empty() {
                true => String::new(),
                false => format!(" class=\"language-{}\"", escaped(language)),
            };
            format!("<pre><code{class}>{}</code></pre>", escaped(text("code")))
        }
        "markdown" | "card-markdown" => {
            let text = text("markdown");
            crate::text::markdown::render(text, &Default::default())
                .map(|done| done.html)
                .unwrap_or_default()
        }
        _ => return smaller_card(name, payload),
    })
}

/// The cards with a link or a few words in them.
fn smaller_card(name: &str, payload: &serde_json::Value) -> Option<String> {
    let text = |key: &str| payload.get(key).and_then(serde_json::Value::as_str).unwrap_or_default();
    Some(match name {
        "hr" | "horizontalrule" => "<hr>".to_owned(),
        "embed" => link(text("url"), ""),
        "bookmark" => {
            let title = payload.pointer("/metadata/title").and_then(serde_json::Value::as_str);
            link(text("url"), title.unwrap_or_default())
        }
        "button" => link(text("buttonUrl"), text("buttonText")),
        "callout" => format!(
            "<blockquote><p>{} {}</p></blockquote>",
            escaped(text("calloutEmoji")),
            text("calloutText")
        ),
        "toggle" => {
            format!("<details><summary>{}</summary>{}</details>", text("heading"), text("content"))
        }
        "video" => format!(
            "<p><video src=\"{}\" controls></video></p>{}",
            escaped(text("src")),
            paragraph(text("caption"))
        ),
        "audio" => format!(
            "<p><audio src=\"{}\" controls></audio></p>{}",
            escaped(text("src")),
            paragraph(text("title"))
        ),
        "file" => link(
            text("src"),
            [text("fileTitle"), text("fileName")]
                .into_iter()
                .find(|name| !name.is_empty())
                .unwrap_or_default(),
        ),
        "header" => format!("<h2>{}</h2>{}", text("header"), paragraph(text("subheader"))),
        "paywall" => String::new(),
        _ => return None,
    })
}

/// A paragraph with a link; without words it is named by its address.
fn link(address: &str, words: &str) -> String {
    if address.is_empty() {
        return String::new();
    }
    let words = if words.is_empty() { address } else { words };
    format!("<p><a href=\"{}\">{}</a></p>", escaped(address), escaped(words))
}

fn paragraph(html: &str) -> String {
    if html.is_empty() { String::new() } else { format!("<p>{html}</p>") }
}
