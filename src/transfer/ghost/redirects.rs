//! The addresses that posts had in Ghost: by its routes, and by the redirects that somebody set up.

use chrono::{DateTime, Datelike};
use serde_json::Value;
use std::collections::HashMap;

/// The most redirects that are kept in mind.
const MOST: usize = 50_000;

/// Redirects by where they lead, and the forms that addresses have.
#[derive(Default)]
pub struct Redirects {
    by_target: HashMap<String, Vec<String>>,
    permalinks: Vec<String>,
    /// Redirects that no post can have.
    pub notes: Vec<String>,
}

impl Redirects {
    /// Reads one of Ghost's files of settings.
    pub fn learn(&mut self, name: &str, text: &str) {
        match name {
            "redirects.json" => match serde_json::from_str(text) {
                Ok(Value::Array(all)) => all.iter().for_each(|one| self.learn_json(one)),
                _ => self.notes.push(format!("{name} could not be read")),
            },
            "routes.yaml" => {
                let permalinks =
                    text.lines().filter_map(|line| line.trim().strip_prefix("permalink:"));
                self.permalinks.extend(permalinks.take(20).map(|form| plain(form).to_owned()));
            }
            // `301:`, and below it a line for each: `/old: /new`.
            _ => {
                for line in text.lines().filter(|line| line.starts_with([' ', '\t'])) {
                    if let Some((from, to)) = line.trim().split_once(": ") {
                        self.add(plain(from), plain(to));
                    }
                }
            }
        }
    }

    fn learn_json(&mut self, one: &Value) {
        let text = |key: &str| one.get(key).and_then(Value::as_str).unwrap_or_default();
        self.add(text("from"), text("to"));
    }

    fn add(&mut self, from: &str, to: &str) {
        let place = |path: &str| path.trim_matches('/').to_owned();
        // Most are written as a pattern for one address.
        let from = from.replace("\\/", "/");
        let from = from.trim_start_matches('^').trim_end_matches('$').trim_end_matches("/?");
        let is_one =
            !from.is_empty() && !from.contains(['(', '[', '*', '+', '?', '$', '\\', '^', '|']);
        match is_one && to.starts_with('/') && self.by_target.len() < MOST {
            true => self.by_target.entry(place(to)).or_default().push(place(from)),
            false => self.notes.push(format!(
                "the redirect from {from} to {to} leads to no post; it was left out"
            )),
        }
    }

    /// Every address of a post.
    pub fn aliases(
        &self,
        slug: &str,
        date: Option<i64>,
        id: &str,
        first_tag: Option<&str>,
    ) -> Vec<String> {
        let mut aliases = vec![slug.to_owned()];
        let day = date.and_then(|date| DateTime::from_timestamp(date, 0));
        for form in &self.permalinks {
            let mut place = form.replace("{slug}", slug).replace("{id}", id);
            if let Some(day) = day {
                place = place
                    .replace("{year}", &format!("{:04}", day.year()))
                    .replace("{month}", &format!("{:02}", day.month()))
                    .replace("{day}", &format!("{:02}", day.day()));
            }
            if let Some(tag) = first_tag {
                place = place.replace("{primary_tag}", tag);
            }
            if !place.contains(['{', '}']) {
                aliases.push(place.trim_matches('/').to_owned());
            }
        }
        let redirected: Vec<_> = aliases
            .iter()
            .filter_map(|place| self.by_target.get(place))
            .flatten()
            .cloned()
            .collect();
        aliases.extend(redirected);
        aliases.retain(|place| !place.is_empty());
        aliases
    }
}

/// A word without the quotes around it.
fn plain(text: &str) -> &str {
    text.trim().trim_matches(['"', '\''])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirects_and_routes_become_addresses_of_posts() {
        let mut redirects = Redirects::default();
        redirects.learn("redirects.json", r#"[{"from":"^\\/old\\/?$","to":"/hello/","permanent":true},{"from":"/a(.*)","to":"/$1"}]"#);
        redirects.learn(
            "redirects.yaml",
            "301:\n  /older: /hello\n302:\n  '/x': 'https://b.example/'\n",
        );
        redirects.learn("routes.yaml", "collections:\n  /:\n    permalink: /{year}/{month}/{slug}/\n  /b/:\n    permalink: '/{primary_author}/{slug}/'\n");
        let aliases = redirects.aliases("hello", Some(1_569_405_600), "1", None);
        assert_eq!(aliases, ["hello", "2019/09/hello", "old", "older"]);
        assert_eq!(redirects.notes.len(), 2, "{:?}", redirects.notes);
    }
}
