//! Where elements stand.

/// Elements that hold nothing.
pub const EMPTY: [&str; 7] = ["br", "col", "hr", "img", "input", "source", "wbr"];
/// Elements that hold nothing but words, and can end early without a loss but of their look.
pub const INLINE: [&str; 23] = [
    "abbr", "b", "bdi", "bdo", "cite", "code", "dfn", "em", "i", "kbd", "mark", "q", "rt", "s",
    "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var",
];
/// Other elements that hold nothing but words.
pub const WORDS: [&str; 9] = ["h1", "h2", "h3", "h4", "h5", "h6", "p", "pre", "summary"];
/// Elements that do not stand among words.
#[rustfmt::skip]
pub const BLOCKS: [&str; 22] = [
    "article", "aside", "blockquote", "details", "div", "dl", "figure", "footer", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hr", "ol", "p", "pre", "section", "table", "ul",
];
/// Elements that stand in certain others only.
pub const PLACES: [(&str, &[&str]); 17] = [
    ("caption", &["table"]),
    ("col", &["colgroup"]),
    ("colgroup", &["table"]),
    ("dd", &["dl"]),
    ("dt", &["dl"]),
    ("figcaption", &["figure"]),
    ("li", &["ol", "ul"]),
    ("rp", &["ruby"]),
    ("rt", &["ruby"]),
    ("source", &["audio", "video"]),
    ("summary", &["details"]),
    ("tbody", &["table"]),
    ("td", &["tr"]),
    ("tfoot", &["table"]),
    ("th", &["tr"]),
    ("thead", &["table"]),
    ("tr", &["tbody", "tfoot", "thead"]),
];
/// Elements, and those that none of them stands in, however deep.
pub const NEVER_IN: [(&[&str], &[&str]); 5] = [
    (&["header", "footer"], &["header", "footer", "dt", "th"]),
    (&["article", "aside", "section", "h1", "h2", "h3", "h4", "h5", "h6"], &["dt", "th"]),
    (&["audio", "video"], &["audio", "video", "a"]),
    (&["details", "input"], &["a"]),
    (&["table"], &["caption"]),
];
/// Elements that say nothing without a certain attribute.
pub const NEEDS: [(&str, &str); 4] =
    [("bdo", "dir"), ("img", "src"), ("time", "datetime"), ("source", "src")];

/// Whether an element that was only implied ends where one with this name begins.
pub fn ends_before(implied: &str, name: &str) -> bool {
    match implied {
        "li" => name == "li",
        "dd" => matches!(name, "dt" | "dd"),
        _ => false,
    }
}
