//! Finds the template tags of other systems, which stay in the text and do nothing here.

use std::collections::HashSet;

/// No tag is longer than this. Without an end, a text of nothing but `{` would be read forever.
const LONGEST_TAG: usize = 1_000;

/// The kinds of tags: how they open, how they close and what they are called.
const KINDS: [(&str, &str, &str); 4] = [
    ("{{<", ">}}", "Hugo shortcode"),
    ("{{%", "%}}", "Hugo shortcode"),
    ("{%", "%}", "template tag"),
    ("{{", "}}", "template value"),
];

/// The offset of each kind of foreign tag in `prose`, a text without code, and what it is.
pub fn tags(prose: &str) -> Vec<(usize, String)> {
    let mut seen = HashSet::new();
    let opened = prose.match_indices('{').filter(|(at, _)| !prose[..*at].ends_with('{'));
    let found = opened.filter_map(|(at, _)| Some((at, tag(&prose[at..])?)));
    found.filter(|(_, tag)| seen.insert(tag.clone())).collect()
}

/// A description of the tag that `text` opens with, unless it only closes another one.
fn tag(text: &str) -> Option<String> {
    let (open, close, kind) = KINDS.into_iter().find(|(open, ..)| text.starts_with(open))?;
    let text = &text[..text.floor_char_boundary(LONGEST_TAG)];
    let (inner, _) = text[open.len()..].split_once(close)?;
    let inner = inner.trim_start_matches('-').trim_start();
    let name: String =
        inner.chars().take_while(|c| c.is_alphanumeric() || "_-./".contains(*c)).collect();
    let closing =
        name.is_empty() || name.starts_with('/') || (open == "{%" && name.starts_with("end"));
    (!closing).then(|| format!("{kind} `{open} {name}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_tag_is_told_once() {
        let prose = "{% highlight rust %} {% endhighlight %} {%- highlight c -%} {{ site.baseurl }}/a \
                     {{< figure src=\"a\" >}} \
                     {{% note %}} b {{% /note %}} {{< /figure >}} {{ youtube(id=\"c\") }}";
        let told: Vec<_> = tags(prose).into_iter().map(|(_, tag)| tag).collect();
        let expected = [
            "template tag `{% highlight`",
            "template value `{{ site.baseurl`",
            "Hugo shortcode `{{< figure`",
            "Hugo shortcode `{{% note`",
            "template value `{{ youtube`",
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn braces_are_not_tags() {
        for prose in ["{a}", "{{", "{{}}", "{% %}", "{{ never closed", "{", "{%", "{{<"] {
            assert!(tags(prose).is_empty(), "{prose}");
        }
    }
}
