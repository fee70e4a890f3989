//! Values that an attribute may have.

use crate::text::language_tag;
use ammonia::Url;
use ammonia::url::ParseError::RelativeUrlWithoutBase;
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime};
use std::borrow::Cow;

/// The most columns and rows that HTML lets a cell take.
const MOST_COLUMNS: u32 = 1000;
const MOST_ROWS: u32 = 65_534;

/// The value as it may stand in the attribute of an element; `None` where it makes no sense there.
pub fn valid<'v>(element: &str, attribute: &str, value: &'v str) -> Option<Cow<'v, str>> {
    let same = |valid: bool| valid.then_some(Cow::Borrowed(value));
    match attribute {
        "id" => same(!value.is_empty() && !value.contains(|c: char| c.is_ascii_whitespace())),
        "lang" | "hreflang" => same(language_tag(value).is_some()),
        "dir" => same(["ltr", "rtl", "auto"].contains(&value)),
        "scope" => same(["row", "col", "rowgroup", "colgroup"].contains(&value)),
        "colspan" | "span" => same(number(value).is_some_and(|n| (1..=MOST_COLUMNS).contains(&n))),
        "rowspan" => same(number(value).is_some_and(|n| n <= MOST_ROWS)),
        "width" | "height" => same(number(value).is_some()),
        "start" | "value" => same(number(value.strip_prefix('-').unwrap_or(value)).is_some()),
        "datetime" => same(is_moment(value) || element == "time" && is_time(value)),
        "href" | "src" | "poster" => address(value),
        _ => same(true),
    }
}

/// Digits and nothing else.
fn number(text: &str) -> Option<u32> {
    text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))
}

fn is_moment(text: &str) -> bool {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok()
        || DateTime::parse_from_rfc3339(text).is_ok()
}

fn is_time(text: &str) -> bool {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").is_ok()
        || NaiveTime::parse_from_str(text, "%H:%M").is_ok()
        || NaiveDate::parse_from_str(&format!("{text}-01"), "%Y-%m-%d").is_ok()
}

/// An address with codes for what cannot stand in it (<https://url.spec.whatwg.org/#url-code-points>); of whole ones, only
/// those that lead somewhere.
fn address(text: &str) -> Option<Cow<'_, str>> {
    let text = text.trim();
    let is_code = |after: &str| {
        after.len() >= 2 && after.bytes().take(2).all(|byte| byte.is_ascii_hexdigit())
    };
    let mut encoded = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let stays = match c {
            '%' => is_code(&text[at + 1..]),
            _ => !c.is_ascii_control() && !" \"<>\\^`{|}".contains(c),
        };
        match stays {
            true => encoded.push(c),
            false => encoded.push_str(&format!("%{:02X}", u32::from(c))),
        }
    }
    match Url::parse(&encoded) {
        Err(error) if error != RelativeUrlWithoutBase => None,
        _ => Some(encoded.into()),
    }
}

#[cfg(test)]
mod tests {
    use crate::text::sanitize::clean;

    #[test]
    fn a_value_that_makes_no_sense_is_removed() {
        for html in [
            "<h2 id=\"a b\">a</h2>",
            "<p lang=\"not one!\">a</p>",
            "<p dir=\"up\">a</p>",
            "<ol start=\"x\"><li>a</li></ol>",
            "<del datetime=\"once\">a</del>",
            "<a href=\"https://[\">a</a>",
            "<a hreflang=\"!\">a</a>",
            "<table><tbody><tr><th scope=\"x\" colspan=\"0\" rowspan=\"-1\">a</th></tr></tbody></table>",
            "<img src=\"/a\" width=\"100%\" alt=\"a\">",
        ] {
            let cleaned = clean(html);
            assert!(
                !cleaned
                    .split('<')
                    .any(|tag| tag.contains("=\"") && !tag.starts_with("img src=\"/a\" alt=")),
                "{cleaned}"
            );
        }
    }

    #[test]
    fn an_address_is_encoded_where_it_has_to_be() {
        for (address, valid) in [
            ("/a b", "/a%20b"),
            ("/a%20b", "/a%20b"),
            ("/100%", "/100%25"),
            ("/é?q={x}", "/é?q=%7Bx%7D"),
            ("#a b", "#a%20b"),
            ("  /a\n", "/a"),
        ] {
            assert_eq!(
                clean(&format!("<a href=\"{address}\">a</a>")),
                format!("<a href=\"{valid}\">a</a>")
            );
        }
    }

    #[test]
    fn times_are_dates_moments_or_hours() {
        for time in [
            "2024-05-01",
            "2024-05-01T10:00:00Z",
            "2024-05-01T10:00:00+02:00",
            "2024-05-01T10:00",
            "10:00",
            "2024-05",
        ] {
            let html = format!("<time datetime=\"{time}\">a</time>");
            assert_eq!(clean(&html), html);
        }
        assert_eq!(clean("<time datetime=\"yesterday\">a</time>"), "a");
    }
}
