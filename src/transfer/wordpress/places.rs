//! The addresses that something had in WordPress, which all lead to it here.

use super::item::Item;
use super::survey::Survey;
use crate::transfer::addresses::Address;
use percent_encoding::percent_decode_str;

/// The most addresses that one post has had.
const MOST: usize = 100;

/// Every address of an item.
pub fn of(item: &Item, survey: &Survey) -> Vec<String> {
    let mut places = Vec::new();
    for address in [&item.link, &item.guid].into_iter().filter_map(|text| Address::parse(text)) {
        let is_own = address.host.is_empty() || survey.hosts.contains(&address.host);
        if is_own && address.query.is_empty() && !address.path.is_empty() {
            places.push(address.path.clone());
        }
    }
    places.truncate(2);
    if let Some(link) = places.first().cloned() {
        places.extend(earlier(item, &link));
    }
    if item.id > 0 {
        let keys: &[&str] = if item.kind == "page" { &["p", "page_id"] } else { &["p"] };
        places.extend(keys.iter().map(|key| format!("{}?{key}={}", survey.base, item.id)));
    }
    places.truncate(MOST);
    places
}

/// What the address was when the item had other names or another date.
fn earlier(item: &Item, link: &str) -> Vec<String> {
    let slug = slug(item);
    let mut places = vec![link.to_owned()];
    for old in item.meta("_wp_old_slug") {
        let old = percent_decode_str(old).decode_utf8_lossy().into_owned();
        if let Some(at) = link.rfind(&slug).filter(|_| !slug.is_empty() && !old.is_empty()) {
            places.push(format!("{}{old}{}", &link[..at], &link[at + slug.len()..]));
        }
    }
    let day = day(item.date.get(..10).unwrap_or_default());
    let dated: Vec<_> = item
        .meta("_wp_old_date")
        .filter(|old| !day.is_empty() && link.contains(&day) && old.len() == 10)
        .flat_map(|old| places.iter().map(move |place| (place.clone(), old.to_owned())))
        .map(|(place, old)| place.replacen(&day, &self::day(&old), 1))
        .collect();
    places.extend(dated);
    places.remove(0);
    places
}

/// `2019-09-25` as it stands in an address.
fn day(date: &str) -> String {
    date.replace('-', "/")
}

/// The last part of the address, as people read it.
pub fn slug(item: &Item) -> String {
    percent_decode_str(&item.name).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn survey() -> Survey {
        Survey {
            hosts: ["a.example".to_owned()].into(),
            base: "blog".to_owned(),
            ..Survey::default()
        }
    }

    #[test]
    fn every_address_of_a_post_is_known() {
        let item = Item {
            link: "https://www.a.example/blog/2019/09/25/caf%C3%A9/".to_owned(),
            guid: "https://a.example/blog/?p=7".to_owned(),
            name: "caf%c3%a9".to_owned(),
            date: "2019-09-25 10:00:00".to_owned(),
            id: 7,
            kind: "post".to_owned(),
            meta: vec![
                ("_wp_old_slug".to_owned(), "tea".to_owned()),
                ("_wp_old_date".to_owned(), "2018-01-02".to_owned()),
            ],
            ..Item::default()
        };
        assert_eq!(
            of(&item, &survey()),
            [
                "blog/2019/09/25/café",
                "blog/2019/09/25/tea",
                "blog/2018/01/02/café",
                "blog/2018/01/02/tea",
                "blog?p=7",
            ]
        );
    }

    #[test]
    fn a_page_and_a_draft_have_their_numbers() {
        let page = Item {
            kind: "page".to_owned(),
            id: 3,
            link: "https://a.example/?page_id=3".to_owned(),
            ..Item::default()
        };
        assert_eq!(of(&page, &survey()), ["blog?p=3", "blog?page_id=3"]);
        let elsewhere = Item { link: "https://evil.example/posts".to_owned(), ..Item::default() };
        assert!(of(&elsewhere, &survey()).is_empty());
    }
}
