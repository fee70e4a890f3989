//! HTML as Markdown: every part of it that Markdown says just as well, and the rest as the HTML that it was.

mod blocks;
mod escape;
mod inline;
mod shape;
mod table;
mod tree;

use super::markdown::{TooComplex, plain_html};
use super::sanitize;
use blocks::{Block, blocks};
use inline::Emphasis;
use shape::shape;

/// The most parts of a text that are looked at one by one.
const MOST_PARTS: usize = 5_000;

/// A text that is rendered as clean HTML of the same shape as `html` is when it is cleaned.
///
/// # Errors
/// What would take too much work to render.
pub fn markdown_of(html: &str) -> Result<String, TooComplex> {
    super::markdown::check_tags(html)?;
    let clean = sanitize::clean(html);
    let Some(tree) = tree::parse(&clean) else { return Err(TooComplex::Deep(1)) };
    let blocks = blocks(&tree);
    // Mostly all of it says the same at once; where it does not, each part is looked at by itself.
    let marked = |block: &Block<'_, '_>| block.written(Emphasis::Marks);
    let text = joined(&blocks, |block| marked(block).unwrap_or_else(|| block.kept()));
    if same(&text, &clean) {
        return Ok(text);
    }
    let text = match blocks.len() <= MOST_PARTS {
        true => joined(&blocks, best),
        false => String::new(),
    };
    match same(&text, &clean) {
        true => Ok(text),
        // Two parts that mean something else together than apart.
        false => Ok(joined(&blocks, |block| block.kept())),
    }
}

fn joined(blocks: &[Block<'_, '_>], write: impl Fn(&Block<'_, '_>) -> String) -> String {
    let mut text = String::new();
    for (n, block) in blocks.iter().enumerate() {
        if n > 0 {
            text.push_str("\n\n");
        }
        if n > 0 && block.is_list() && blocks[n - 1].is_list() {
            text.push_str("<!-- -->\n\n");
        }
        text.push_str(&write(block));
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// The block as Markdown, if that is read the same, or else as it was.
fn best(block: &Block<'_, '_>) -> String {
    let html = block.html();
    let written =
        [Emphasis::Marks, Emphasis::Elements].into_iter().filter_map(|way| block.written(way));
    // Some parts are cleaned in another way where they stand by themselves, such as a heading of a lower level.
    let alone = || sanitize::clean(&html);
    let fits = |text: &String| same(text, &html) || same(text, &alone());
    written.into_iter().find(fits).unwrap_or_else(|| block.kept())
}

/// Whether `markdown` is read the same as clean HTML.
fn same(markdown: &str, html: &str) -> bool {
    plain_html(markdown).is_ok_and(|rendered| {
        let shape_of_rendered = shape(&rendered);
        shape_of_rendered.is_some() && shape_of_rendered == shape(html)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_written(html: &str, markdown: &str) {
        assert_eq!(markdown_of(html).unwrap().trim_end(), markdown, "{html}");
    }

    #[test]
    fn prose_becomes_markdown() {
        for (html, markdown) in [
            ("<p>One <b>two</b> <i>three</i>.</p><p>Four</p>", "One **two** *three*.\n\nFour"),
            ("<h2>A <em>b</em></h2>\n<p>c</p>", "## A *b*\n\nc"),
            ("<p>a<br />b</p>", "a\\\nb"),
            ("<p><a href=\"/x\" title='T \"q\"'>a</a></p>", "[a](/x \"T \\\"q\\\"\")"),
            (
                "<p><img src=\"/media/a b.png\" alt=\"A [b]\" width=\"800\" height=\"600\"></p>",
                "![A \\[b\\]](/media/a%20b.png)",
            ),
            ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
            ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
            ("<ol start=\"3\"><li><p>a</p><p>b</p></li><li>c</li></ol>", "3. a\n\n   b\n\n4. c"),
            (
                "<pre><code class=\"language-rust\">let a = 1;\n\nb()</code></pre>",
                "```rust\nlet a = 1;\n\nb()\n```",
            ),
            ("<p>run <code>a`b</code></p>", "run ``a`b``"),
            ("<p>H<sub>2</sub>O</p>", "H<sub>2</sub>O"),
            ("<hr>", "---"),
            ("<h2>a</h2><h4>b</h4><h3>c</h3>", "## a\n\n### b\n\n### c"),
            ("<p><a title=\"T\" href=\"/x\">a</a></p>", "[a](/x \"T\")"),
            ("<div class=\"x\"><p>a</p><div>b</div></div>", "a\n\nb"),
            ("<p>1. a * b</p><p># c</p><p>- d</p>", "1\\. a * b\n\n\\# c\n\n\\- d"),
            ("<p>a&nbsp;b &lt;i&gt; &amp;amp;</p>", "a&nbsp;b \\<i> \\&amp;"),
            ("<p>https://a.example/b_c</p>", "https://a.example/b_c"),
            ("<p>&nbsp;</p><p>a</p><p><br></p>", "a"),
            (
                "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>c|d</td><td>e</td></tr></tbody></table>",
                "| a | b |\n| --- | --- |\n| c\\|d | e |",
            ),
            ("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n<!-- -->\n\n- b"),
        ] {
            assert_written(html, markdown);
        }
    }

    #[test]
    fn what_markdown_cannot_say_stays_html() {
        for html in [
            "<figure><img src=\"/a.png\" alt=\"A\"><figcaption>B</figcaption></figure>",
            "<table><tbody><tr><td>a</td></tr></tbody></table>",
            "<dl><dt>a</dt><dd>b</dd></dl>",
            "<h2 id=\"x\">a</h2>",
            "<p><img src=\"/a.png\" alt=\"\" width=\"100\"></p>",
            "<details><summary>a</summary><p>b</p></details>",
            "<p dir=\"rtl\">a</p>",
        ] {
            assert_written(html, html);
        }
    }

    #[test]
    fn emphasis_inside_a_word_is_written_with_tags_where_stars_would_not_do() {
        assert_written("<p>a<em>!</em>b</p>", "a<em>!</em>b");
    }

    #[test]
    fn one_part_that_stays_html_does_not_keep_the_rest_from_becoming_markdown() {
        assert_written(
            "<p>a</p><dl><dt>b</dt>\n\n<dd>c</dd></dl><p><b>d</b></p>",
            "a\n\n<dl><dt>b</dt>\n<dd>c</dd></dl>\n\n**d**",
        );
    }

    #[test]
    fn code_with_blank_lines_stays_whole_in_html() {
        let html = "<dl><dd><pre>a\n\n\nb</pre></dd></dl>";
        let markdown = markdown_of(html).unwrap();
        assert_eq!(
            shape(&plain_html(&markdown).unwrap()),
            shape(&sanitize::clean(html)),
            "{markdown}"
        );
    }

    #[test]
    fn whatever_comes_is_read_the_same_afterwards() {
        for html in [
            "<b><p>a</b>b<p>c",
            "a<table>b<tr>c",
            "<ul>a<li>b</ul>",
            "<p>*a* _b_ `c` [d](e) ![f](g) <br>- h<br>1. i<br># j</p>",
            "<li>a",
            "<pre>a<b>c</b></pre>",
            "<p>a|b</p><p>-|-</p>",
            "<a href=x>a</a>!<a href=y>b</a>",
            "[a]: b<br>[a]",
            "<p>a\\</p><p>b</p>",
            "<ol><li></li><li>b</li></ol>",
            "<blockquote></blockquote>",
            "<h1></h1>",
            "<p>www.a.example a@b.example</p>",
            "<p>```</p><p>a</p><p>```</p>",
            "<p>    a</p>",
            "<em>a<em>b</em></em>",
            "<p>a</p>\n\n\n    <p>b</p>",
            "&lt;script&gt;<script>x</script>",
            "<strong> </strong>",
            "<ul><li><pre>a\n\nb</pre></li></ul>",
            "<ul><li>- a</li><li>[ ] b</li></ul>",
            "<p>~~a~~ $x$ :smile: ==b== ^c^</p>",
            "<p>[^1] [^1]: a</p>",
            "<blockquote>a<blockquote>b</blockquote>c</blockquote>",
            "<p>a <code> </code> <code>``</code> <code></code></p>",
        ] {
            let markdown = markdown_of(html).unwrap();
            let rendered = plain_html(&markdown).unwrap();
            assert_eq!(shape(&rendered), shape(&sanitize::clean(html)), "{html}\n{markdown}");
        }
    }

    #[test]
    fn what_nests_without_end_is_refused() {
        for unit in ["<div>", "<b>", "<blockquote>", "<ul><li>", "<table><tr><td>"] {
            assert!(markdown_of(&unit.repeat(20_000)).is_err(), "{unit}");
        }
    }
}
