//! Pictures on other hosts, which browsers are told not to load, as links to them.

/// Turns each picture on another host into a link, in HTML as the sanitizer writes it.
pub fn link_foreign(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut in_link = false;
    let mut rest = html;
    // The sanitizer escapes `<` and `>` everywhere else, so these are the ends of tags.
    while let Some((text, tail)) = rest.split_once('<')
        && let Some((tag, tail)) = tail.split_once('>')
    {
        out.push_str(text);
        match foreign_picture(tag) {
            Some((address, alt)) => out.push_str(&link(address, alt, in_link)),
            None => out.extend(["<", tag, ">"]),
        }
        in_link = is_link(tag) || in_link && tag != "/a";
        rest = tail;
    }
    out + rest
}

fn is_link(tag: &str) -> bool {
    tag == "a" || tag.starts_with("a ")
}

/// The address and the alternative text of a picture on another host.
fn foreign_picture(tag: &str) -> Option<(&str, Option<&str>)> {
    let attributes = tag.strip_prefix("img ")?;
    let address = attribute(attributes, "src")?.trim_start();
    let starts_with = |start: &str| {
        address.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start))
    };
    let is_foreign = ["http:", "https:", "//"].into_iter().any(starts_with);
    is_foreign.then(|| (address, attribute(attributes, "alt")))
}

/// The escaped value of an attribute; all values stand in double quotes.
fn attribute<'t>(attributes: &'t str, name: &str) -> Option<&'t str> {
    let mut parts = attributes.split('"');
    while let (Some(key), Some(value)) = (parts.next(), parts.next()) {
        if key.trim().strip_suffix('=') == Some(name) {
            return Some(value);
        }
    }
    None
}

fn link(address: &str, alt: Option<&str>, in_link: bool) -> String {
    let text = alt.filter(|alt| !alt.trim().is_empty()).unwrap_or(address);
    if in_link { text.to_owned() } else { format!("<a href=\"{address}\">{text}</a>") }
}

#[cfg(test)]
mod tests {
    use super::super::render;

    fn html(markdown: &str) -> String {
        render(markdown).unwrap().html
    }

    #[test]
    fn a_picture_on_another_host_becomes_a_link() {
        assert_eq!(
            html("![A < \"B\"](https://b.example/c?d&e)"),
            "<p><a href=\"https://b.example/c?d&amp;e\">A &lt; &quot;B&quot;</a></p>\n"
        );
    }

    #[test]
    fn a_picture_without_words_is_named_by_its_address() {
        assert_eq!(
            html("![](//b.example/c)"),
            "<p><a href=\"//b.example/c\">//b.example/c</a></p>\n"
        );
    }

    #[test]
    fn a_picture_in_raw_html_is_treated_the_same() {
        assert_eq!(
            html("<img alt=A src='HTTP://b.example/c'>"),
            "<a href=\"HTTP://b.example/c\">A</a>\n"
        );
    }

    #[test]
    fn a_picture_inside_a_link_leaves_its_words() {
        assert_eq!(
            html("[![A](https://b.example/c)](/d) ![E](https://b.example/f)"),
            "<p><a href=\"/d\">A</a> <a href=\"https://b.example/f\">E</a></p>\n"
        );
    }

    #[test]
    fn a_picture_of_this_site_stays() {
        assert_eq!(
            html("![A](/media/a.png \"B\")"),
            "<p><img src=\"/media/a.png\" alt=\"A\" title=\"B\"></p>\n"
        );
    }
}
