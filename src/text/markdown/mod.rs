//! Markdown as HTML that is safe to show.

mod excerpt;
mod images;
mod limits;
mod outline;
mod pictures;
mod tags;

use std::collections::BTreeSet;
use std::fmt::{self, Write};

use comrak::html::{
    ChildRendering, Context, format_document, format_document_with_formatter, format_node_default,
};
use comrak::nodes::NodeValue;
use comrak::options::{Extension, Parse, Plugins, Render};
use comrak::{Arena, Node, Options};

use super::highlight::Highlighter;
use super::sanitize;
pub use super::sanitize::{absolute, apart};
pub use limits::TooComplex;
pub use outline::{Heading, Outline, Over, Stumble, Target};
pub use pictures::{Picture, Pictures, Shown, mentioned};
pub(super) use tags::check as check_tags;

/// What a reader sees of a text.
#[derive(Debug)]
pub struct Rendered {
    /// The whole text as clean HTML.
    pub html: String,
    /// The beginning of its prose as plain text, for lists and previews.
    pub excerpt: String,
}

/// Renders CommonMark with GitHub's extensions and what is known of its pictures, or says why it would take too much
/// work.
pub fn render(markdown: &str, pictures: &Pictures) -> Result<Rendered, TooComplex> {
    let arena = Arena::new();
    let options = options();
    let root = limits::parse(&arena, markdown, &options)?;
    limits::check_nodes(root)?;
    let html = format(root, &options)?;
    tags::check(&html)?;
    let html = sanitize::scrolling(&sanitize::clean(&html));
    let html = images::complete(&html, pictures);
    Ok(Rendered { html, excerpt: excerpt::of(root) })
}

/// The same as clean HTML, without anything that is made of it beside: no highlighting, no links at headings, and
/// pictures as they stand in the text.
pub(super) fn plain_html(markdown: &str) -> Result<String, TooComplex> {
    let html = raw_html(markdown)?;
    tags::check(&html)?;
    Ok(sanitize::clean(&html))
}

/// The names of elements in a text that readers see nothing of.
pub fn removed(markdown: &str) -> BTreeSet<&'static str> {
    raw_html(markdown).map(|html| sanitize::removed(&html)).unwrap_or_default()
}

/// As the author wrote it, which is not safe to show.
fn raw_html(markdown: &str) -> Result<String, TooComplex> {
    let arena = Arena::new();
    let mut options = options();
    options.extension.header_id_prefix = None;
    let root = limits::parse(&arena, markdown, &options)?;
    limits::check_nodes(root)?;
    let mut html = limits::Output::default();
    format_document(root, &options, &mut html).map_err(|_| TooComplex::Large)?;
    Ok(html.into())
}

fn options() -> Options<'static> {
    Options {
        extension: Extension {
            autolink: true,
            footnotes: true,
            header_id_prefix: Some(String::new()),
            strikethrough: true,
            table: true,
            tasklist: true,
            ..Extension::default()
        },
        parse: Parse::default(),
        render: Render { r#unsafe: true, tasklist_classes: true, ..Render::default() },
    }
}

fn format(root: Node<'_>, options: &Options<'_>) -> Result<String, TooComplex> {
    let mut html = limits::Output::default();
    let plugins = Plugins::default();
    let highlighter = Highlighter::default();
    format_document_with_formatter(root, options, &mut html, &plugins, format_node, highlighter)
        .map_err(|_| TooComplex::Large)?;
    Ok(html.into())
}

/// Highlights code blocks and leaves the rest to comrak.
fn format_node(
    context: &mut Context<Highlighter>,
    node: Node<'_>,
    entering: bool,
) -> Result<ChildRendering, fmt::Error> {
    match &node.data().value {
        NodeValue::CodeBlock(block) if entering => {
            let html = context.user.code_block(&block.info, &block.literal);
            context.cr()?;
            context.write_str(&html)?;
            Ok(ChildRendering::HTML)
        }
        NodeValue::CodeBlock(_) => Ok(ChildRendering::HTML),
        _ => format_node_default(context, node, entering),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(markdown: &str) -> String {
        render(markdown, &Pictures::default()).unwrap().html
    }

    /// Renders where a recursion over the text would overflow.
    fn render_on_small_stack(markdown: String) -> Result<Rendered, TooComplex> {
        let thread = std::thread::Builder::new().stack_size(512 * 1024);
        thread.spawn(move || render(&markdown, &Pictures::default())).unwrap().join().unwrap()
    }

    #[test]
    fn a_heading_has_an_address_and_a_link_to_it() {
        assert_eq!(
            html("## Été *1*"),
            "<h2 id=\"été-1\">Été <em>1</em>\
             <a href=\"#été-1\" aria-label=\"Link to heading 'Été 1'\" class=\"anchor\"></a></h2>\n"
        );
    }

    #[test]
    fn a_table_keeps_its_alignment_and_can_scroll() {
        let table = html("|a|\n|-:|\n|b|");
        assert!(table.starts_with("<div class=\"scroll\" tabindex=\"0\"><table>"), "{table}");
        assert!(table.contains("<td align=\"right\">b</td>"), "{table}");
        assert!(table.ends_with("</table></div>\n"), "{table}");
    }

    #[test]
    fn a_footnote_and_its_mark_link_to_each_other() {
        let note = html("a[^n]\n\n[^n]: b");
        assert!(note.contains("<a href=\"#fn-n\" id=\"fnref-n\">1</a>"), "{note}");
        assert!(note.contains("<li id=\"fn-n\">"), "{note}");
        assert!(note.contains("<a href=\"#fnref-n\" class=\"footnote-backref\""), "{note}");
    }

    #[test]
    fn a_task_is_a_disabled_box() {
        let tasks = html("- [x] a");
        assert!(tasks.starts_with("<ul class=\"contains-task-list\">"), "{tasks}");
        assert!(
            tasks.contains(
                "<input aria-label=\"☑\" type=\"checkbox\" class=\"task-list-item-checkbox\" checked=\"\" disabled=\"\"> a"
            ),
            "{tasks}"
        );
    }

    #[test]
    fn addresses_become_links_and_quotes_stay_straight() {
        assert_eq!(
            html("~~a~~ \"b\" -- https://c.example"),
            "<p><del>a</del> \"b\" -- <a href=\"https://c.example\">https://c.example</a></p>\n"
        );
    }

    #[test]
    fn code_knows_its_language() {
        let code = html("```rust,ignore\nlet a;\n```");
        assert!(
            code.starts_with("<pre class=\"code\" data-language=\"rust\" tabindex=\"0\"><code class=\"language-rust\">"),
            "{code}"
        );
        assert_eq!(
            html("    <b>"),
            "<pre class=\"code\" tabindex=\"0\"><code>&lt;b&gt;\n</code></pre>\n"
        );
    }

    #[test]
    fn raw_html_is_cleaned() {
        assert_eq!(html("<b onclick=x>a</b><script>b</script>"), "<p><b>a</b></p>\n");
    }

    #[test]
    fn deep_nesting_is_refused_with_its_line() {
        for line in [">".repeat(10_000), "**a ".repeat(200) + &"b** ".repeat(200)] {
            let refused = render(&format!("a\n\n{line}"), &Pictures::default());
            assert_eq!(refused.unwrap_err(), TooComplex::Deep(3));
        }
        html(&(">".repeat(50) + " a"));
    }

    #[test]
    fn a_table_of_many_cells_is_refused() {
        let table = format!("|{}\n|{}\n{}", "a|".repeat(999), "-|".repeat(999), "a\n".repeat(999));
        assert_eq!(render(&table, &Pictures::default()).unwrap_err(), TooComplex::Large);
    }

    #[test]
    fn hostile_texts_neither_overflow_the_stack_nor_panic() {
        for unit in [
            ">",
            "> ",
            "* ",
            "*a **a ",
            "*a_ ",
            "[a](",
            "[",
            "![[]()",
            "<",
            "<a href=\"",
            "<!--",
            "<?",
            "<![CDATA[",
            "`a",
            "[^1]",
            "[^a]: x\n\n",
            "[a]: b\n",
            "a**a",
            "www.",
            "a@",
            "\\",
            "&",
            "&amp;",
            "<div>",
            "<b>\n\n",
            "</p>",
            "<table><tr><td>",
            "<svg>",
            "|a",
            "\0",
            "a<!-- b -->c",
        ] {
            let _ = render_on_small_stack(unit.repeat(50_000 / unit.len()));
        }
    }
}
