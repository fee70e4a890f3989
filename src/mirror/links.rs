//! Where pages lead.

use std::ops::Range;

/// The addresses that a page holds, each with its place in the HTML and decoded, in their order.
pub fn in_html(html: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    for (name, range) in attributes(html) {
        let value = &html[range.clone()];
        match name {
            "href" | "src" | "poster" | "action" => found.push((range, plain(value))),
            "content" if value.starts_with("http") => found.push((range, plain(value))),
            "srcset" => found.extend(in_list(value, range.start)),
            _ => {}
        }
    }
    found
}

/// The names of places in a page.
pub fn names(html: &str) -> impl Iterator<Item = String> {
    let ids = attributes(html).into_iter().filter(|(name, _)| *name == "id");
    ids.map(|(_, range)| plain(&html[range]))
}

/// The name of every attribute, and where its value is.
///
/// The pages are our own, so that every value stands in double quotes and every `<` outside a tag is written `&lt;`.
fn attributes(html: &str) -> Vec<(&str, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = html[at..].find('<').map(|start| at + start) {
        let tag = &html[start..start + tag_length(&html[start..])];
        // A comment is no tag.
        if !tag.starts_with("<!") {
            found.extend(in_tag(tag, start));
        }
        at = start + tag.len() + raw_length(tag, &html[start + tag.len()..]);
    }
    found
}

/// How long a tag is, with what holds it.
fn tag_length(html: &str) -> usize {
    if html.starts_with("<!--") {
        return html.find("-->").map_or(html.len(), |end| end + 3);
    }
    let mut is_quoted = false;
    let end = html.bytes().position(|byte| {
        is_quoted ^= byte == b'"';
        byte == b'>' && !is_quoted
    });
    end.map_or(html.len(), |end| end + 1)
}

/// How much text follows the tag that is no HTML.
fn raw_length(tag: &str, rest: &str) -> usize {
    let end = match () {
        () if tag.starts_with("<script") => "</script",
        () if tag.starts_with("<style") => "</style",
        () => return 0,
    };
    rest.find(end).unwrap_or(rest.len())
}

fn in_tag(tag: &str, start: usize) -> Vec<(&str, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = tag[at..].find("=\"").map(|open| at + open) {
        let name = tag[..open].rsplit([' ', '\n', '\t']).next().unwrap_or_default();
        let value = open + 2;
        let Some(length) = tag[value..].find('"') else { break };
        found.push((name, start + value..start + value + length));
        at = value + length + 1;
    }
    found
}

/// `a.webp 480w, b.webp 960w`
fn in_list(list: &str, start: usize) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let mut at = 0;
    for part in list.split(", ") {
        let address = part.split(' ').next().unwrap_or_default();
        found.push((start + at..start + at + address.len(), plain(address)));
        at += part.len() + 2;
    }
    found
}

/// What is written between the quotes of an attribute.
fn plain(value: &str) -> String {
    if !value.contains('&') {
        return value.to_owned();
    }
    let named = [("&quot;", "\""), ("&#x27;", "'"), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">")];
    let plain = named.iter().fold(value.to_owned(), |text, (name, c)| text.replace(name, c));
    plain.replace("&nbsp;", "\u{A0}").replace("&amp;", "&")
}

/// The addresses in a style sheet: `url(…)`.
pub fn in_css(css: &str) -> Vec<String> {
    let addresses = css.split("url(").skip(1).filter_map(|rest| rest.split_once(')'));
    addresses.map(|(address, _)| address.trim().trim_matches(['"', '\'']).to_owned()).collect()
}

/// The addresses that a sitemap lists, and those of the style sheets of a feed.
pub fn in_xml(xml: &str) -> Vec<String> {
    let listed = xml.split("<loc>").skip(1).filter_map(|rest| rest.split_once("</loc>"));
    let sheets = xml
        .split("<?xml-stylesheet")
        .skip(1)
        .filter_map(|rest| rest.split_once("?>")?.0.split_once("href=\"")?.1.split_once('"'));
    listed.chain(sheets).map(|(address, _)| plain(address.trim())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(html: &str) -> Vec<String> {
        in_html(html).into_iter().map(|(_, address)| address).collect()
    }

    #[test]
    fn every_kind_of_link_is_found() {
        let html = "<a class=\"x\" href=\"/a?b=1&amp;c=&quot;\">x</a><img src=\"/b.png\" srcset=\"/c.png 1w, /d.png 2w\">
            <form\n action=\"/e\"><meta content=\"https://f\"><meta content=\"no address\"><video poster=\"/g\">";
        let expected = ["/a?b=1&c=\"", "/b.png", "/c.png", "/d.png", "/e", "https://f", "/g"];
        assert_eq!(addresses(html), expected);
        for (range, address) in in_html("<a href=\"/é\"></a><img srcset=\"/ü 1w, /ö 2w\">") {
            assert!("<a href=\"/é\"></a><img srcset=\"/ü 1w, /ö 2w\">"[range] == address);
        }
    }

    #[test]
    fn what_only_looks_like_a_link_is_none() {
        for html in [
            "<p>href=\"/a\"</p>",
            "<!-- <a href=\"/a\"> -->",
            "<script>x = '<a href=\"/a\">'</script>",
            "<a title=\"href=/a > href=\" data-href=\"/a\">",
            "<",
        ] {
            assert!(addresses(html).is_empty(), "{html}");
        }
    }

    #[test]
    fn style_sheets_sitemaps_and_feeds_lead_somewhere_too() {
        assert_eq!(in_css("a { b: url('/x.png'); c: url( /y.png ) }"), ["/x.png", "/y.png"]);
        let xml = "<?xml version=\"1.0\"?><?xml-stylesheet type=\"text/css\" href=\"/x.css\"?><loc>\nhttps://a/b&amp;c</loc>";
        assert_eq!(in_xml(xml), ["https://a/b&c", "/x.css"]);
    }
}
