//! The addresses that Jekyll gives to posts of its own accord.

use super::header::{self, Header};
use crate::transfer::dates;
use chrono::{DateTime, Datelike, NaiveDate};
use chrono_tz::Tz;

/// Those of the post called `slug` in the file at `path`: `news/2019/09/25/hello.html`, or the same without its ending as
/// `permalink: pretty` has it.
pub fn addresses(
    path: &str,
    slug: &str,
    date: Option<i64>,
    header: &Header,
    zone: Tz,
) -> Vec<String> {
    let Some((folders, day)) = place(path) else { return Vec::new() };
    let named = categories(header);
    // The folder that was imported may be the one above the blog, whose name is no category.
    let places =
        [[folders, named.clone()].concat(), named].map(|categories| each_once(&categories));
    let written = date.and_then(|date| DateTime::from_timestamp(date, 0));
    let written = written.map(|date| date.with_timezone(&zone).date_naive());
    let mut found = Vec::new();
    for day in [written.unwrap_or(day), day] {
        for categories in &places {
            let day = format!("{:04}/{:02}/{:02}", day.year(), day.month(), day.day());
            let address = [categories.as_slice(), &[day, slug.to_owned()]].concat().join("/");
            found.extend([format!("{address}.html"), address]);
        }
    }
    found
}

/// The folders above `_posts`, which are categories, and the day in the name of the file.
fn place(path: &str) -> Option<(Vec<String>, NaiveDate)> {
    let mut folders: Vec<_> = path.split('/').map(str::to_owned).collect();
    let (day, _) = dates::cut_day(folders.last()?);
    let at = folders.iter().position(|folder| folder == "_posts")?;
    folders.truncate(at);
    Some((folders, day?))
}

fn categories(header: &Header) -> Vec<String> {
    let many = header.get("categories").and_then(header::list).unwrap_or_default();
    let one = header.get("category").and_then(header::phrases).unwrap_or_default();
    [many, one].concat()
}

fn each_once(categories: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for category in categories.iter().map(|category| category.to_lowercase()) {
        if !found.contains(&category) {
            found.push(category);
        }
    }
    found
}
