//! Makes the paragraphs that WordPress makes of a text when it shows it: blank lines part them, and the end of a line
//! is one.

use crate::transfer::frames::find;

/// Elements that stand by themselves.
const BLOCKS: [&str; 42] = [
    "address",
    "article",
    "aside",
    "audio",
    "blockquote",
    "caption",
    "center",
    "col",
    "colgroup",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "iframe",
    "li",
    "ol",
    "p",
    "pre",
    "script",
    "section",
    "style",
    "summary",
    "table",
    "tbody",
    "td",
    "th",
    "tr",
    "ul",
];

/// The text with paragraphs and breaks as elements.
pub fn made(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut rest = text.as_str();
    while let Some(start) = find_code(rest) {
        part(&rest[..start], &mut out);
        let code = &rest[start..];
        let end = find(code, "</pre>").map_or(code.len(), |at| at + "</pre>".len());
        out.push_str(&code[..end]);
        rest = &code[end..];
    }
    part(rest, &mut out);
    out
}

fn find_code(text: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = find(&text[from..], "<pre").map(|at| from + at) {
        from = at + "<pre".len();
        if text[from..].starts_with(['>', ' ', '\n']) {
            return Some(at);
        }
    }
    None
}

/// A text without code.
fn part(text: &str, out: &mut String) {
    let text = apart(text);
    for paragraph in text.split("\n\n").map(str::trim).filter(|text| !text.is_empty()) {
        let starts = starts_with_block(paragraph);
        let ends = ends_with_block(paragraph);
        out.push_str(if starts { "" } else { "<p>" });
        out.push_str(&broken(paragraph));
        // What begins or ends with something else that stands by itself is closed by that.
        out.push_str(if starts || ends { "\n" } else { "</p>\n" });
    }
}

/// The text with blank lines around everything that stands by itself, and none with blanks in it.
fn apart(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        let tag = &rest[start..];
        let end = tag.find('>').map_or(tag.len(), |at| at + 1);
        match block(tag) {
            Some(true) => out.extend([&tag[..end], "\n\n"]),
            Some(false) if tag.starts_with("<hr") => out.extend(["\n\n", &tag[..end], "\n\n"]),
            Some(false) => out.extend(["\n\n", &tag[..end]]),
            None => out.push_str(&tag[..end]),
        }
        rest = &tag[end..];
    }
    out.push_str(rest);
    let lines: Vec<_> =
        out.split('\n').map(|line| if line.trim().is_empty() { "" } else { line }).collect();
    lines.join("\n")
}

/// Whether a tag closes something that stands by itself; `None` if it has to do with nothing of the kind.
fn block(tag: &str) -> Option<bool> {
    let inner = tag.strip_prefix('<')?;
    let (closes, inner) = match inner.strip_prefix('/') {
        Some(inner) => (true, inner),
        None => (false, inner),
    };
    let length = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
    let is_block = BLOCKS.iter().any(|name| inner[..length].eq_ignore_ascii_case(name));
    is_block.then_some(closes)
}

fn starts_with_block(text: &str) -> bool {
    block(text).is_some()
}

fn ends_with_block(text: &str) -> bool {
    text.ends_with('>') && text.rfind('<').is_some_and(|at| block(&text[at..]).is_some())
}

/// The text with a break at the end of every line, but beside what breaks it anyway.
fn broken(text: &str) -> String {
    let lines: Vec<_> = text.split('\n').collect();
    let mut out = String::with_capacity(text.len());
    let mut is_inside_tag = false;
    for (n, line) in lines.iter().enumerate() {
        out.push_str(line);
        let Some(next) = lines.get(n + 1) else { break };
        is_inside_tag = match (line.rfind('<'), line.rfind('>')) {
            (None, None) => is_inside_tag,
            (open, close) => open > close,
        };
        let ends = ["<br>", "<br/>", "<br />"].iter().any(|end| line.trim_end().ends_with(end));
        let breaks = is_inside_tag
            || ends
            || ends_with_block(line.trim_end())
            || starts_with_block(next.trim_start());
        out.push_str(if breaks { "\n" } else { "<br />\n" });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_part_paragraphs_and_line_ends_break() {
        for (text, html) in [
            ("a\n\nb", "<p>a</p>\n<p>b</p>\n"),
            ("a\r\nb\r\n \r\nc", "<p>a<br />\nb</p>\n<p>c</p>\n"),
            ("a<br />\nb", "<p>a<br />\nb</p>\n"),
            ("<h2>a</h2>\nb", "<h2>a</h2>\n<p>b</p>\n"),
            ("a <em>b</em>\n<strong>c</strong>", "<p>a <em>b</em><br />\n<strong>c</strong></p>\n"),
            ("<ul>\n<li>a</li>\n<li>b</li>\n</ul>", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
            ("<p>a</p>", "<p>a</p>\n"),
            ("a<hr />b", "<p>a</p>\n<hr />\n<p>b</p>\n"),
            ("<a\nhref='x'>b</a>", "<p><a\nhref='x'>b</a></p>\n"),
            (
                "<figure><img src=x><figcaption>a</figcaption></figure>",
                "<figure><img src=x>\n<figcaption>a</figcaption>\n</figure>\n",
            ),
            ("", ""),
        ] {
            assert_eq!(made(text), html, "{text:?}");
        }
    }

    #[test]
    fn code_is_left_alone() {
        assert_eq!(
            made("a\n<pre>b\n\nc\n<p>d</pre>\ne"),
            "<p>a</p>\n<pre>b\n\nc\n<p>d</pre><p>e</p>\n"
        );
        assert_eq!(made("<PRE class=x>a\n\nb</PRE>"), "<PRE class=x>a\n\nb</PRE>");
        assert_eq!(made("<pre>never closed\n\nx"), "<pre>never closed\n\nx");
    }
}
