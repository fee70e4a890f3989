//! A table can be wider than the page, however it was written.

use super::tag::{self, Tag, Token};

/// Around each table: so it scrolls by itself, by the keyboard, too. One inside another scrolls with it.
const BEGIN: &str = "<div class=\"scroll\" tabindex=\"0\">";
const END: &str = "</div>";

/// The same text, in which every table has room to scroll. Its elements must be balanced.
pub fn scrolling(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let (mut rest, mut depth) = (html, 0_usize);
    while let Some((token, after)) = tag::next(rest) {
        let begins = matches!(token, Token::Start(Tag { name: "table", .. }));
        let ends = matches!(token, Token::End("table"));
        if begins && depth == 0 {
            out.push_str(BEGIN);
        }
        out.push_str(&rest[..rest.len() - after.len()]);
        if ends && depth == 1 {
            out.push_str(END);
        }
        depth = (depth + usize::from(begins)).saturating_sub(usize::from(ends));
        rest = after;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_scrolls_by_itself_and_one_inside_it_scrolls_with_it() {
        let inner = "<table><tbody><tr><td title=\"&lt;table>\">1</td></tr></tbody></table>";
        let outer = format!("<table><tbody><tr><td>{inner}</td></tr></tbody></table>");
        assert_eq!(
            scrolling(&format!("<p>a</p>{outer}\n{inner}b")),
            format!("<p>a</p>{BEGIN}{outer}{END}\n{BEGIN}{inner}{END}b")
        );
    }
}
