//! The one place that decides which HTML an author may use.

mod headings;
mod places;
mod removed;
mod tables;
mod tag;
mod tidy;
mod values;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, Url, UrlRelative};

use super::highlight::CLASS_NAMES;
use super::plain_xml;
pub use removed::removed;
pub use tables::scrolling;
use tidy::tidy;
use values::valid;

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(cleaner);

#[rustfmt::skip]
const TAGS: [&str; 71] = [
    "a", "abbr", "article", "aside", "audio", "b", "bdi", "bdo", "blockquote", "br", "caption",
    "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em",
    "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i",
    "img", "input", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "rp", "rt",
    "ruby", "s", "samp", "section", "small", "source", "span", "strong", "sub", "summary", "sup",
    "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var", "video", "wbr",
];

/// Unlike other unknown elements, these go with all they contain.
const REMOVED_WHOLE: [&str; 12] = [
    "iframe", "math", "noembed", "noframes", "noscript", "object", "script", "select", "style",
    "svg", "template", "textarea",
];

const ATTRIBUTES: [(&str, &[&str]); 27] = [
    ("a", &["href", "hreflang", "id", "aria-label"]),
    ("audio", &["src", "controls"]),
    ("bdo", &["dir"]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("del", &["datetime"]),
    ("details", &["open"]),
    ("h1", &["id"]),
    ("h2", &["id"]),
    ("h3", &["id"]),
    ("h4", &["id"]),
    ("h5", &["id"]),
    ("h6", &["id"]),
    ("img", &["alt", "height", "src", "width"]),
    ("input", &["checked", "disabled", "type"]),
    ("ins", &["datetime"]),
    ("li", &["id", "value"]),
    ("ol", &["reversed", "start"]),
    ("p", &["dir"]),
    ("pre", &["data-language"]),
    ("section", &["id"]),
    ("source", &["src", "type"]),
    ("sup", &["id"]),
    ("td", &["colspan", "rowspan"]),
    ("th", &["colspan", "rowspan", "scope"]),
    ("time", &["datetime"]),
    ("video", &["controls", "height", "poster", "src", "width"]),
];

const CLASSES: [&str; 8] = [
    "anchor",
    "code",
    "contains-task-list",
    "footnote-backref",
    "footnote-ref",
    "footnotes",
    "task-list-item",
    "task-list-item-checkbox",
];

const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// The HTML without anything that runs, frames, asks for input or restyles the page.
pub fn clean(html: &str) -> String {
    let clean = CLEANER.clean(html).to_string();
    labelled(&tidy(&plain_xml(&clean)))
}

/// A box of a list of things to do has a name, which every language understands, for those who cannot see it.
fn labelled(html: &str) -> String {
    const BOX: &str = "<input ";
    let mut parts = html.split(BOX);
    let mut labelled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let tag = part.split('>').next().unwrap_or_default();
        let label = if tag.contains("checked") { '☑' } else { '☐' };
        labelled.extend([BOX, "aria-label=\"", label.encode_utf8(&mut [0; 4]), "\" ", part]);
    }
    labelled
}

/// Clean HTML of the page at `path`, for a page that shows other texts too: without names for places in it, and links to
/// them lead to its own page.
pub fn apart(html: &str, path: &str) -> String {
    let path = path.to_owned();
    let mut builder = keeper();
    builder.attribute_filter(move |_, name, value| match name {
        "id" => None,
        "href" if value.starts_with('#') => Some(format!("{path}{value}").into()),
        _ => Some(value.into()),
    });
    builder.clean(html).to_string()
}

/// Clean HTML of the page at `url`, for readers elsewhere: every address in it is whole.
pub fn absolute(html: &str, url: &str) -> String {
    let mut builder = keeper();
    let Ok(page) = Url::parse(url) else { return html.to_owned() };
    let base = page.clone();
    builder.url_relative(UrlRelative::RewriteWithBase(page));
    builder.attribute_filter(move |_, name, value| match name {
        // A list of addresses, each with a width behind it.
        "srcset" => {
            let whole = value.split(", ").map(|part| whole(&base, part)).collect::<Vec<_>>();
            Some(whole.join(", ").into())
        }
        _ => Some(value.into()),
    });
    builder.clean(html).to_string()
}

fn whole(base: &Url, part: &str) -> String {
    let (address, width) = part.split_once(' ').unwrap_or((part, ""));
    match base.join(address) {
        Ok(url) => format!("{url} {width}"),
        Err(_) => part.to_owned(),
    }
}

/// Keeps what [`clean`] has kept, and what pictures and boxes were given after that.
fn keeper() -> Builder<'static> {
    let mut builder = vocabulary();
    builder.add_tag_attributes("img", ["srcset", "sizes", "loading", "decoding"]);
    builder.add_tag_attributes("input", ["aria-label"]);
    builder
}

fn cleaner() -> Builder<'static> {
    let mut builder = vocabulary();
    builder.attribute_filter(|tag, name, value| match (tag, name) {
        (_, "class") => known_classes(value),
        ("input", "type") => Some("checkbox".into()),
        (tag, name) => valid(tag, name, value),
    });
    builder
}

/// The elements and attributes that there are.
fn vocabulary() -> Builder<'static> {
    let alignment = || HashMap::from([("align", HashSet::from(["left", "center", "right"]))]);
    let scrollable = || HashMap::from([("tabindex", HashSet::from(["0"]))]);
    let mut builder = Builder::empty();
    builder
        .tags(TAGS.into())
        .clean_content_tags(REMOVED_WHOLE.into())
        .generic_attributes(["class", "lang", "title"].into())
        .tag_attributes(
            ATTRIBUTES.iter().map(|(tag, names)| (*tag, names.iter().copied().collect())).collect(),
        )
        .tag_attribute_values(
            [
                ("td", alignment()),
                ("th", alignment()),
                // What scrolls inside itself must be reachable with the keyboard.
                ("div", scrollable()),
                ("pre", scrollable()),
            ]
            .into(),
        )
        .set_tag_attribute_value("input", "disabled", "")
        .url_schemes(SCHEMES.into())
        .link_rel(None);
    builder
}

fn known_classes(value: &str) -> Option<Cow<'_, str>> {
    let known: Vec<_> = value.split_ascii_whitespace().filter(|class| is_known(class)).collect();
    (!known.is_empty()).then(|| known.join(" ").into())
}

fn is_known(class: &str) -> bool {
    CLASSES.contains(&class) || CLASS_NAMES.contains(&class) || class.starts_with("language-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_removed() {
        assert_eq!(clean("a<script>alert(1)</script><b onclick=x>b</b>"), "a<b>b</b>");
    }

    #[test]
    fn a_dangerous_address_is_removed() {
        for address in [
            "javascript:x",
            "JaVaScript:x",
            "&#106;avascript:x",
            "&#1;javascript:x",
            "java&#10;script:x",
            "vbscript:x",
            "data:text/html,x",
            "file:///etc",
        ] {
            assert_eq!(clean(&format!("<a href=\"{address}\">a</a>")), "<a>a</a>", "{address}");
            assert_eq!(clean(&format!("<img src=\"{address}\">")), "", "{address}");
        }
    }

    #[test]
    fn an_ordinary_address_stays() {
        for address in ["https://a.example/", "mailto:a@b.example", "tel:+1", "/a", "a?b", "#c"] {
            let link = format!("<a href=\"{address}\">a</a>");
            assert_eq!(clean(&link), link);
        }
    }

    #[test]
    fn frames_forms_styles_and_drawings_are_removed() {
        for html in [
            "<iframe src=/x></iframe>",
            "<form action=/x></form>",
            "<style>a{}</style>",
            "<svg><animate onbegin=x /></svg>",
            "<math><mi>x</mi></math>",
            "<base href=//x><meta http-equiv=refresh content=0><link rel=stylesheet href=/x>",
            "<object data=/x>a</object><embed src=/x>",
            "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=x&gt;\">",
        ] {
            assert_eq!(clean(html), "", "{html}");
        }
    }

    #[test]
    fn an_author_cannot_restyle_the_page() {
        assert_eq!(
            clean("<p class=\"site-header tok-string\" style=\"color:red\" id=main>a</p>"),
            "<p class=\"tok-string\">a</p>"
        );
        assert_eq!(clean("<div class=\"modal\">a</div>"), "<div>a</div>");
    }

    #[test]
    fn an_input_can_only_be_a_disabled_box() {
        assert_eq!(
            clean("<input type=password name=a autofocus>"),
            "<input aria-label=\"☐\" type=\"checkbox\" disabled=\"\">"
        );
    }

    #[test]
    fn prose_tables_and_media_stay() {
        for html in [
            "<h2 id=\"a\">A</h2>",
            "<table><tbody><tr><td align=\"right\" colspan=\"2\">1</td></tr></tbody></table>",
            "<figure><img src=\"/a.png\" alt=\"A\"><figcaption>A</figcaption></figure>",
            "<details open=\"\"><summary>A</summary><kbd>B</kbd></details>",
            "<ruby>漢<rt>kan</rt></ruby>",
            "<video src=\"/a.mp4\" controls=\"\"></video>",
            "<pre class=\"code\" tabindex=\"0\"><code class=\"language-c++\">a</code></pre>",
        ] {
            assert_eq!(clean(html), html);
        }
    }
}
