//! A first look at an export: who wrote, and what posts are sorted by.

use super::step;
use crate::transfer::json::stream;
use crate::transfer::{Error, Report, Sort};
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::io::Read;

/// A row of a table.
pub type Row = Map<String, Value>;

/// The tables that are kept in mind.
const TABLES: [&str; 6] = ["posts", "tags", "users", "posts_tags", "posts_authors", "posts_meta"];
/// The most rows of them.
const MOST_ROWS: usize = 1_000_000;

/// What posts refer to.
#[derive(Default)]
pub struct Survey {
    /// How many posts and pages there are.
    pub posts: u64,
    /// Tags by their numbers: the name and the last part of the address.
    pub tags: HashMap<String, (String, String)>,
    /// People by their numbers.
    pub users: HashMap<String, (String, String)>,
    /// Of each post its tags, with their places.
    pub posts_tags: HashMap<String, Vec<(i64, String)>>,
    /// Of each post its authors, with their places.
    pub posts_authors: HashMap<String, Vec<(i64, String)>>,
    /// Of each post what is said of the picture that stands for it, and for search engines.
    pub meta: HashMap<String, (String, String)>,
    rows: usize,
}

impl Survey {
    /// Reads an export to its end.
    pub fn of(from: impl Read) -> Result<(Survey, Report), Error> {
        let (mut survey, mut report) = (Survey::default(), Report::default());
        let wanted = |place: &[String]| step(place, &TABLES);
        stream(from, &wanted, &mut |place, value| {
            let table = place.iter().rev().find(|name| *name != "*").map(String::as_str);
            if let (Some(table), Value::Object(row)) = (table, value) {
                survey.note(table, &row, &mut report);
            }
            match survey.rows > MOST_ROWS {
                true => Err(Error::Refused(format!("this export has more than {MOST_ROWS} rows"))),
                false => Ok(()),
            }
        })?;
        if survey.posts == 0 {
            let reason = "this is no export of Ghost: there is no post in it";
            return Err(Error::Refused(reason.to_owned()));
        }
        survey
            .posts_tags
            .values_mut()
            .chain(survey.posts_authors.values_mut())
            .for_each(|all| all.sort());
        Ok((survey, report))
    }

    fn note(&mut self, table: &str, row: &Row, report: &mut Report) {
        self.rows += 1;
        let (id, post) = (text(row, "id"), text(row, "post_id"));
        match table {
            "posts" => {
                self.posts += 1;
                self.rows -= 1;
            }
            "tags" => {
                report.count(Sort::Tags).found += 1;
                self.tags.insert(id, (text(row, "name"), text(row, "slug")));
            }
            "users" => {
                report.count(Sort::Authors).found += 1;
                self.users.insert(id, (text(row, "name"), text(row, "slug")));
            }
            "posts_tags" => {
                self.posts_tags.entry(post).or_default().push((place(row), text(row, "tag_id")))
            }
            "posts_authors" => {
                self.posts_authors
                    .entry(post)
                    .or_default()
                    .push((place(row), text(row, "author_id")));
            }
            "posts_meta" => {
                let said = (text(row, "feature_image_alt"), text(row, "meta_description"));
                if said != (String::new(), String::new()) {
                    self.meta.insert(post, said);
                }
            }
            _ => {}
        }
    }
}

/// A text or a number of a row, as text; empty if there is none.
pub fn text(row: &Row, key: &str) -> String {
    match row.get(key) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

fn place(row: &Row) -> i64 {
    row.get("sort_order").and_then(Value::as_i64).unwrap_or_default()
}
