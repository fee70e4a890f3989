//! What shows or does nothing here, a sentence for all that have the same fate.

use crate::text::{markdown, removed};

/// What is said of names that have the same fate, if there are any.
pub fn told<N: AsRef<str>>(
    sort: &str,
    fate: &str,
    names: impl IntoIterator<Item = N>,
) -> Option<String> {
    let listed: Vec<_> = names.into_iter().map(|name| format!("“{}”", name.as_ref())).collect();
    match listed.as_slice() {
        [] => None,
        [name] => Some(format!("the {sort} {name} {fate}")),
        names => {
            let plurals = [("shows", "show"), ("does", "do"), ("stays", "stay"), ("was", "were")];
            let fate =
                plurals.iter().fold(fate.to_owned(), |fate, (one, many)| fate.replace(one, many));
            Some(format!("the {sort}s {} {fate}", names.join(", ")))
        }
    }
}

/// The elements of HTML that are not in the text that is made of it.
pub fn in_html(html: &str) -> Option<String> {
    told("element", "shows nothing here and was left out", removed(html))
}

/// The elements in a Markdown text that readers see nothing of.
pub fn in_markdown(text: &str) -> Option<String> {
    // Most texts have none, not even in their code.
    let names = if removed(text).is_empty() { Default::default() } else { markdown::removed(text) };
    told("element", "shows nothing here and stays in the text", names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_told_together() {
        assert_eq!(in_html("<p>a"), None);
        let one = "the element “svg” shows nothing here and was left out";
        assert_eq!(in_html("<svg>").as_deref(), Some(one));
        let two = "the elements “object”, “svg” show nothing here and were left out";
        assert_eq!(in_html("<svg><object>").as_deref(), Some(two));
    }

    #[test]
    fn code_only_speaks_of_elements() {
        let code = "a `<svg>`\n\n    <script>\n\n```\n<form>\n```\n";
        assert_eq!(in_markdown(code), None);
        let told = "the element “iframe” shows nothing here and stays in the text";
        let text = format!("{code}\n<iframe src=\"https://a.example\"></iframe>");
        assert_eq!(in_markdown(&text).as_deref(), Some(told));
    }
}
