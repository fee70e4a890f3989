//! The beginning of a text, for lists and previews.

use comrak::Node;
use comrak::nodes::NodeValue;

const MAX_CHARS: usize = 200;
const ENOUGH_BYTES: usize = 4 * (MAX_CHARS + 1);

/// The first words of a document's prose as plain text.
pub fn of(root: Node<'_>) -> String {
    let mut text = String::new();
    let mut waiting = vec![root];
    while let Some(node) = waiting.pop()
        && text.len() < ENOUGH_BYTES
    {
        match &node.data().value {
            NodeValue::Text(words) => push_folded(&mut text, words),
            NodeValue::Code(code) => push_folded(&mut text, &code.literal),
            NodeValue::Paragraph | NodeValue::SoftBreak | NodeValue::LineBreak => {
                push_folded(&mut text, " ");
            }
            value if is_no_prose(value) => continue,
            _ => {}
        }
        waiting.extend(node.reverse_children());
    }
    shorten(text.trim_end())
}

fn is_no_prose(value: &NodeValue) -> bool {
    matches!(
        value,
        NodeValue::Heading(_)
            | NodeValue::Table(_)
            | NodeValue::Image(_)
            | NodeValue::FootnoteDefinition(_)
    )
}

fn push_folded(text: &mut String, words: &str) {
    for c in words.chars() {
        if !c.is_whitespace() {
            text.push(c);
        } else if !text.is_empty() && !text.ends_with(' ') {
            text.push(' ');
        }
    }
}

fn shorten(text: &str) -> String {
    if text.chars().nth(MAX_CHARS).is_none() {
        return text.to_owned();
    }
    let full: String = text.chars().take(MAX_CHARS - 1).collect();
    let is_between_words = text[full.len()..].starts_with(' ');
    let word_end = if is_between_words { Some(full.len()) } else { full.rfind(' ') };
    // Languages without spaces may have their last one far from the end.
    let end = word_end.filter(|end| *end > full.len() / 2).unwrap_or(full.len());
    format!("{}…", full[..end].trim_end())
}

#[cfg(test)]
mod tests {
    use super::super::{Pictures, render};

    fn excerpt(markdown: &str) -> String {
        render(markdown, &Pictures::default()).unwrap().excerpt
    }

    #[test]
    fn an_excerpt_is_the_prose_without_its_marks() {
        assert_eq!(
            excerpt(
                "# Title\n\n![A](/a.png)\n\nOne *two*\n`three`[^1] [four](/).\n\nFive.\n\n[^1]: Note"
            ),
            "One two three four. Five."
        );
    }

    #[test]
    fn code_tables_and_raw_html_are_no_prose() {
        assert_eq!(excerpt("```\na\n```\n\n|a|\n|-|\n\n<div>b</div>\n\nc"), "c");
    }

    #[test]
    fn a_long_excerpt_ends_at_a_word() {
        let text = excerpt(&"word ".repeat(1_000));
        assert!(text.ends_with("word…"));
        assert_eq!(text.chars().count(), 200);
    }

    #[test]
    fn a_text_without_spaces_is_cut_where_it_is_full() {
        assert_eq!(excerpt(&format!("Hi {}", "字".repeat(1_000))).chars().count(), 200);
    }

    #[test]
    fn a_text_that_just_fits_stays_whole() {
        assert_eq!(excerpt(&"é".repeat(200)), "é".repeat(200));
    }
}
