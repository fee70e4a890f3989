//! What the block editor writes around a text, and what would show nothing here.

use super::shortcodes;
use std::collections::BTreeSet;

const OPEN: &str = "<!--";

/// A text of the block editor without the comments it is parted with.
pub struct Bare {
    /// The HTML.
    pub html: String,
    /// Whether there were any.
    pub had_blocks: bool,
    /// Blocks that a program would have filled in.
    pub empty: BTreeSet<String>,
}

/// Takes the comments out of a text, but for those in shortcodes of code.
pub fn bare(content: &str) -> Bare {
    let mut bare = Bare {
        html: String::with_capacity(content.len()),
        had_blocks: false,
        empty: BTreeSet::new(),
    };
    let mut code = shortcodes::code_in(content).into_iter().peekable();
    let mut at = 0;
    while let Some(start) = content[at..].find(OPEN).map(|length| at + length) {
        // What lies behind is code that somebody has commented out.
        while code.next_if(|code| code.start < at).is_some() {}
        if let Some(code) = code.next_if(|code| code.start < start) {
            bare.html.push_str(&content[at..code.end]);
            at = code.end;
            continue;
        }
        bare.html.push_str(&content[at..start]);
        at = start + OPEN.len();
        // One that never ends, or only where another does, was never meant as one.
        let inside = content[at..].split(OPEN).next().unwrap_or_default();
        match inside.split_once("-->") {
            Some((comment, _)) => {
                bare.note(comment.trim());
                at += comment.len() + "-->".len();
            }
            None => bare.html.push_str("&lt;!--"),
        }
    }
    bare.html.push_str(&content[at..]);
    bare
}

impl Bare {
    fn note(&mut self, comment: &str) {
        let Some(block) = comment.strip_prefix("wp:") else {
            self.had_blocks |= comment.starts_with("/wp:");
            return;
        };
        self.had_blocks = true;
        let name = block.split([' ', '{', '\n']).next().unwrap_or_default().trim_end_matches('/');
        if comment.ends_with('/')
            && !matches!(name, "spacer" | "separator" | "more" | "nextpage")
            && self.empty.len() < 100
        {
            self.empty.insert(name.chars().take(100).collect());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_taken_out() {
        let bare = bare(
            "<!-- wp:paragraph {\"a\":\"b\"} -->\n<p>a</p>\n<!-- /wp:paragraph --><!-- wp:latest-posts {\"x\":1} /--><!-- wp:spacer /--><!--more-->b<!-- open",
        );
        assert_eq!(bare.html, "\n<p>a</p>\nb&lt;!-- open");
        assert!(bare.had_blocks);
        assert_eq!(bare.empty.into_iter().collect::<Vec<_>>(), ["latest-posts"]);
        assert!(!super::bare("a<!--more-->b").had_blocks);
    }

    #[test]
    fn what_only_looks_like_a_comment_is_text() {
        for (content, html) in [
            ("it starts with <!-- and so on.\n\nb", "it starts with &lt;!-- and so on.\n\nb"),
            ("a <!-- b <!--more--> c", "a &lt;!-- b  c"),
            ("a<!-- b -->c -->", "ac -->"),
            ("<!--", "&lt;!--"),
            ("[code]<!-- a -->[/code]<!-- b -->", "[code]<!-- a -->[/code]"),
            (
                "[sourcecode lang=\"html\"]<!-- [/sourcecode]c",
                "[sourcecode lang=\"html\"]<!-- [/sourcecode]c",
            ),
            ("<!-- [code]a[/code] -->b[code]<!--c-->[/code]", "b[code]<!--c-->[/code]"),
            (
                "[code]<!-- a --> [sourcecode]<!-- b -->[/sourcecode]",
                "[code] [sourcecode]<!-- b -->[/sourcecode]",
            ),
            ("[[code]<!-- a -->[/code]]", "[[code][/code]]"),
        ] {
            assert_eq!(bare(content).html, html, "{content}");
        }
    }
}
