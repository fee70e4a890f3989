//! The addresses that posts had in Ghost: by its routes, and by the redirects that somebody set up.

use crate::transfer::addresses::Address;
use chrono::{DateTime, Datelike};
use serde_json::Value;
use std::collections::HashMap;

/// The most redirects that are kept in mind.
const MOST: usize = 50_000;

/// Redirects by where they lead, and the forms that addresses have.
#[derive(Default)]
pub struct Redirects {
    all: Vec<Redirect>,
    /// Their numbers by the paths that they lead to.
    by_target: HashMap<String, Vec<usize>>,
    permalinks: Vec<String>,
    /// Redirects that no post can have.
    pub notes: Vec<String>,
}

/// One that leads from a single address to one of the blog.
struct Redirect {
    from: String,
    /// As it is written.
    to: String,
    has_post: bool,
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
        // Most are written as a pattern for one address.
        let from = from.replace("\\/", "/");
        let from = from.trim_start_matches('^').trim_end_matches('$').trim_end_matches("/?");
        let is_one =
            !from.is_empty() && !from.contains(['(', '[', '*', '+', '?', '$', '\\', '^', '|']);
        match target(to).filter(|_| is_one && self.all.len() < MOST) {
            Some(target) => {
                self.by_target.entry(target).or_default().push(self.all.len());
                let (from, to) = (from.to_owned(), to.to_owned());
                self.all.push(Redirect { from, to, has_post: false });
            }
            None => self.notes.push(without_post(from, to)),
        }
    }

    /// What there is to say of those that led to no post that was asked for.
    pub fn unused(&self) -> impl Iterator<Item = String> {
        let unused = self.all.iter().filter(|redirect| !redirect.has_post);
        unused.map(|redirect| without_post(&redirect.from, &redirect.to))
    }

    /// Every address of a post.
    pub fn aliases(
        &mut self,
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
        // One may lead to another.
        let mut next = 0;
        while let Some(place) = aliases.get(next) {
            for number in self.by_target.remove(place).into_iter().flatten() {
                let redirect = &mut self.all[number];
                redirect.has_post = true;
                aliases.push(redirect.from.trim_matches('/').to_owned());
            }
            next += 1;
        }
        aliases.retain(|place| !place.is_empty());
        aliases
    }
}

/// The path on the blog that a redirect leads to, if it does.
fn target(to: &str) -> Option<String> {
    let rooted = if to.starts_with('/') || to.contains(':') { to } else { &format!("/{to}") };
    let address = Address::parse(rooted).filter(|address| address.host.is_empty())?;
    (!to.starts_with("//") && !address.path.is_empty()).then_some(address.path)
}

fn without_post(from: &str, to: &str) -> String {
    format!("the redirect from {from} to {to} leads to no post; it was left out")
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
