//! The picture that stands for a post, which most generators leave to the theme.

use super::header;
use serde_json::{Map, Value};

/// What it is called, in small letters.
const NAMES: [&str; 6] =
    ["cover", "featured_image", "feature_image", "featuredimage", "coverimage", "image"];
/// What its address is called where it is a table.
const ADDRESSES: [&str; 4] = ["image", "src", "path", "url"];
/// Tables that hold what the program itself does not know.
const TABLES: [&str; 2] = ["extra", "params"];

/// A picture that a header names.
#[derive(Debug, PartialEq, Eq)]
pub struct Cover {
    /// The address as it is written.
    pub address: String,
    /// What there is to see, if the header says so.
    pub alt: String,
}

impl Cover {
    /// The first that is named in these keys.
    pub fn of(keys: &Map<String, Value>) -> Option<Cover> {
        let inner = TABLES.iter().filter_map(|name| keys.get(*name)?.as_object());
        [keys].into_iter().chain(inner).find_map(|keys| {
            NAMES.iter().find_map(|name| {
                let key = keys.keys().find(|key| key.eq_ignore_ascii_case(name))?;
                Cover::read(keys.get(key)?)
            })
        })
    }

    fn read(value: &Value) -> Option<Cover> {
        match value {
            Value::String(_) => Some(Cover { address: header::text(value)?, alt: String::new() }),
            Value::Object(table) => {
                let text = |name: &str| table.get(name).and_then(header::text);
                let address = ADDRESSES.iter().find_map(|name| text(name))?;
                Some(Cover { address, alt: text("alt").unwrap_or_default() })
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_cover_goes_by_many_names() {
        for keys in [
            json!({"cover": "a.png"}),
            json!({"cover": {"image": "a.png", "hidden": true}}),
            json!({"coverImage": " a.png "}),
            json!({"cover": true, "image": {"path": "a.png"}}),
            json!({"params": {"featured_image": "a.png"}}),
        ] {
            let cover = Cover::of(keys.as_object().unwrap());
            let expected = Cover { address: "a.png".to_owned(), alt: String::new() };
            assert_eq!(cover, Some(expected), "{keys}");
        }
        assert_eq!(Cover::of(json!({"image": ["a.png"], "x": {}}).as_object().unwrap()), None);
    }
}
