//! What the block editor writes around a text, and what would show nothing here.

use std::collections::BTreeSet;

/// A text of the block editor without the comments it is parted with.
pub struct Bare {
    /// The HTML.
    pub html: String,
    /// Whether there were any.
    pub had_blocks: bool,
    /// Blocks that a program would have filled in.
    pub empty: BTreeSet<String>,
}

/// Takes all comments out of a text.
pub fn bare(content: &str) -> Bare {
    let mut bare = Bare {
        html: String::with_capacity(content.len()),
        had_blocks: false,
        empty: BTreeSet::new(),
    };
    let mut rest = content;
    while let Some((before, after)) = rest.split_once("<!--") {
        bare.html.push_str(before);
        let Some((comment, after)) = after.split_once("-->") else {
            // A comment that never ends hides the rest from every reader.
            return bare;
        };
        bare.note(comment.trim());
        rest = after;
    }
    bare.html.push_str(rest);
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
        assert_eq!(bare.html, "\n<p>a</p>\nb");
        assert!(bare.had_blocks);
        assert_eq!(bare.empty.into_iter().collect::<Vec<_>>(), ["latest-posts"]);
        assert!(!super::bare("a<!--more-->b").had_blocks);
    }
}
