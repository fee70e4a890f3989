//! The names of the fields, whatever short forms an export gives their namespaces.

use std::collections::HashMap;

/// The short forms that an export uses, and those that are meant.
#[derive(Default)]
pub struct Names(HashMap<String, &'static str>);

/// How the addresses of namespaces begin, and what they are called here. The longest come first.
const KNOWN: [(&str, &str, &str); 4] = [
    ("wordpress.org/export/", "/excerpt/", "excerpt"),
    ("wordpress.org/export/", "/", "wp"),
    ("purl.org/rss/1.0/modules/content/", "/", "content"),
    ("purl.org/dc/elements/1.1/", "/", "dc"),
];

impl Names {
    /// Learns the short forms from the attributes of the first element.
    pub fn learn(&mut self, attributes: &[(String, String)]) {
        for (name, address) in attributes {
            let Some(short) = name.strip_prefix("xmlns:") else { continue };
            let host_on = address.split("://").nth(1).unwrap_or(address);
            let known = KNOWN
                .iter()
                .find(|(begin, end, _)| host_on.starts_with(begin) && address.ends_with(end));
            if let Some((_, _, meant)) = known {
                self.0.insert(short.to_owned(), meant);
            }
        }
    }

    /// The usual name of a field. A short form that was never explained is what it usually is.
    pub fn canonical(&self, name: &str) -> String {
        match name.split_once(':') {
            Some((short, rest)) => {
                let meant = self.0.get(short).copied().unwrap_or(short);
                format!("{meant}:{rest}")
            }
            None => name.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_mean_what_the_export_says() {
        let mut names = Names::default();
        let owned = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        let attributes = [
            ("xmlns:w", "http://wordpress.org/export/1.0/"),
            ("xmlns:e", "https://wordpress.org/export/1.2/excerpt/"),
            ("xmlns:c", "http://purl.org/rss/1.0/modules/content/"),
            ("version", "2.0"),
        ];
        names.learn(&attributes.map(owned));
        for (name, canonical) in [
            ("w:post_id", "wp:post_id"),
            ("e:encoded", "excerpt:encoded"),
            ("c:encoded", "content:encoded"),
            ("wp:post_id", "wp:post_id"),
            ("title", "title"),
        ] {
            assert_eq!(names.canonical(name), canonical);
        }
    }
}
