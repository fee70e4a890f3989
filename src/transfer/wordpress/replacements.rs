//! The HTML that stands for shortcodes.

/// A picture with words below it.
pub fn caption(content: &str, words: Option<&str>) -> String {
    let content = content.trim();
    let end =
        ["</a>", "/>", ">"].iter().find_map(|end| content.rfind(end).map(|at| at + end.len()));
    // A caption may have links of its own; the picture ends with the first link that holds it, or with its tag.
    let picture_end = content.find("<img").and_then(|at| {
        let tag_end = at + content[at..].find('>')? + 1;
        match content[..at].contains("<a ") {
            true => content[tag_end..].find("</a>").map(|link| tag_end + link + "</a>".len()),
            false => Some(tag_end),
        }
    });
    let (picture, text) = content.split_at(picture_end.or(end).unwrap_or(0));
    let text = words.map(str::trim).filter(|words| !words.is_empty()).unwrap_or(text.trim());
    match text.is_empty() {
        true => format!("\n\n<p>{picture}</p>\n\n"),
        false => format!(
            "\n\n<figure>{picture}<figcaption>{}</figcaption></figure>\n\n",
            text.replace("\n\n", "<br>")
        ),
    }
}

/// A link that is called as it leads.
pub fn link(address: &str) -> String {
    let address = address
        .replace("&amp;", "&")
        .replace('&', "&amp;")
        .replace('"', "%22")
        .replace('<', "&lt;");
    format!("\n\n<p><a href=\"{address}\">{address}</a></p>\n\n")
}

/// A film or a sound.
pub fn player(name: &str, file: &str) -> String {
    let file = file.replace("&amp;", "&").replace('&', "&amp;").replace('"', "%22");
    format!("\n\n<p><{name} src=\"{file}\" controls></{name}></p>\n\n")
}

/// Code, whether or not its characters are written as entities.
pub fn code(content: &str, language: Option<&str>) -> String {
    let text = content.trim_matches(['\n', '\r']);
    let escaped = match text.contains("&lt;") || text.contains("&gt;") || text.contains("&amp;") {
        true => text.replace('<', "&lt;").replace('>', "&gt;"),
        false => text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"),
    };
    let is_word = |c: char| c.is_ascii_alphanumeric() || "+-#._".contains(c);
    let language = language.filter(|name| !name.is_empty() && name.chars().all(is_word));
    let class = language.map(|name| format!(" class=\"language-{}\"", name.to_lowercase()));
    format!("\n\n<pre><code{}>{escaped}</code></pre>\n\n", class.unwrap_or_default())
}
