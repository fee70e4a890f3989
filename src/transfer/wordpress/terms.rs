//! Tags and categories, which are one thing here.

use super::item::Item;
use crate::blog::Tag;
use crate::text::words_of;
use percent_encoding::percent_decode_str;

/// The most of which is told that they have another address here.
pub const MOST_MOVED: usize = 5_000;

/// The names in addresses and the names of what sorts an item. The category of what has none is none.
fn terms(item: &Item) -> impl Iterator<Item = (&str, String)> {
    let ours = item.terms.iter().filter(|(domain, nicename, _)| {
        matches!(domain.as_str(), "post_tag" | "tag" | "category") && nicename != "uncategorized"
    });
    let named = ours.map(|(_, nicename, name)| (nicename.as_str(), words_of(name)));
    named.filter(|(_, name)| name != "Uncategorized")
}

/// The tags of an item.
pub fn tags(item: &Item) -> Vec<String> {
    terms(item).map(|(_, name)| name).collect()
}

/// What there is to say of those whose addresses here are made of other names: the old ones do not lead to them.
pub fn moved(item: &Item) -> impl Iterator<Item = String> {
    terms(item).filter_map(|(nicename, name)| {
        let old = percent_decode_str(nicename).decode_utf8_lossy();
        let tag = Tag::parse_all([name.as_str()]).ok()?.pop()?;
        (!old.is_empty() && *old != *tag.slug.as_str()).then(|| {
            let new = tag.slug.as_str();
            format!("the tag “{name}” had the address “{old}” and has /tags/{new} here; the old one does not lead there")
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_another_address_here_is_told() {
        let term = |nicename: &str, name: &str| {
            ("category".to_owned(), nicename.to_owned(), name.to_owned())
        };
        let terms = vec![
            term("food", "Essen &amp; Trinken"),
            term("birds", "Birds"),
            term("%d0%bc%d0%b8%d1%80", "Мир"),
            term("", "Sea"),
            term("uncategorized", "Allgemein"),
        ];
        let item = Item { terms, ..Item::default() };
        assert_eq!(tags(&item), ["Essen & Trinken", "Birds", "Мир", "Sea"]);
        let told = "the tag “Essen & Trinken” had the address “food” and has /tags/essen-trinken here; the old one does not lead there";
        assert_eq!(moved(&item).collect::<Vec<_>>(), [told]);
    }
}
