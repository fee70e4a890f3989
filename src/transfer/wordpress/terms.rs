//! Tags and categories, which are one thing here.

use super::item::Item;
use crate::blog::Tag;
use crate::text::words_of;
use percent_encoding::percent_decode_str;
use std::collections::BTreeSet;

/// The most that are told by name.
const MOST_MOVED: usize = 100;

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

/// Tags whose addresses here are made of other names: the old ones do not lead to them.
#[derive(Default)]
pub struct Moved {
    names: BTreeSet<String>,
    has_more: bool,
}

impl Moved {
    /// Takes note of those of an item.
    pub fn note(&mut self, item: &Item) {
        for (nicename, name) in terms(item) {
            let old = percent_decode_str(nicename).decode_utf8_lossy();
            let tag = Tag::parse_all([name.as_str()]).ok().and_then(|mut tags| tags.pop());
            if !old.is_empty() && tag.is_some_and(|tag| *old != *tag.slug.as_str()) {
                self.names.insert(format!("“{old}” ({name})"));
            }
        }
        while self.names.len() > MOST_MOVED {
            self.names.pop_last();
            self.has_more = true;
        }
    }

    /// What there is to say of them.
    pub fn told(&self) -> Option<String> {
        let names: Vec<_> = self.names.iter().map(String::as_str).collect();
        let more = if self.has_more { ", and more" } else { "" };
        (!names.is_empty()).then(|| {
            format!(
                "tags and categories that have another name in their addresses here, so that the old ones do not lead to \
                 them: {}{more}",
                names.join(", ")
            )
        })
    }
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
        let mut moved = Moved::default();
        assert_eq!(moved.told(), None);
        moved.note(&item);
        assert!(moved.told().unwrap().ends_with("to them: “food” (Essen & Trinken)"));
    }
}
