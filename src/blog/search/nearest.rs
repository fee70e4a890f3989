use crate::blog::Result;
use crate::blog::post::{Kind, Neighbour};
use rusqlite::{Connection, named_params};
use std::collections::HashSet;

/// Those that begin alike.
const ALIKE: &str = "SELECT slug, title FROM posts WHERE slug >= :from AND slug < :to AND listed_at <= :now LIMIT 100";
/// Those that have one of the words.
const SPOKEN: &str = "SELECT slug, title FROM (
      SELECT rowid AS id FROM search WHERE search MATCH :query ORDER BY rowid DESC LIMIT 200) AS found
    JOIN posts ON posts.id = found.id WHERE listed_at <= :now";

/// How alike an address must be to be worth a question, from 0 to 1.
const WORTH: f64 = 0.4;

/// The posts that everybody finds by `now` whose addresses are most like a `wanted` one that leads nowhere; at most five.
pub fn nearest(conn: &Connection, wanted: &str, now: i64) -> Result<Vec<Neighbour>> {
    let wanted: String = wanted.to_lowercase().chars().take(100).collect();
    let mut candidates = Vec::new();
    let start: String = wanted.chars().take(3).collect();
    let values = named_params! { ":from": start, ":to": format!("{start}\u{10FFFF}"), ":now": now };
    collect(conn, ALIKE, values, &mut candidates)?;
    let words: Vec<_> = wanted
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 2)
        .take(8)
        .map(|word| format!("title : \"{word}\""))
        .collect();
    if !words.is_empty() {
        let values = named_params! { ":query": words.join(" OR "), ":now": now };
        collect(conn, SPOKEN, values, &mut candidates)?;
    }
    Ok(best(&wanted, candidates))
}

type Candidate = (String, String);

fn collect(
    conn: &Connection,
    sql: &str,
    values: &[(&str, &dyn rusqlite::ToSql)],
    candidates: &mut Vec<Candidate>,
) -> Result<()> {
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map(values, |row| Ok((row.get("slug")?, row.get("title")?)))?;
    for row in rows {
        candidates.push(row?);
    }
    Ok(())
}

fn best(wanted: &str, mut candidates: Vec<Candidate>) -> Vec<Neighbour> {
    candidates.sort();
    candidates.dedup();
    let wanted = pairs(wanted);
    let mut scored: Vec<_> = candidates
        .into_iter()
        .map(|(slug, title)| (likeness(&wanted, &pairs(&slug)), slug, title))
        .filter(|(likeness, ..)| *likeness >= WORTH)
        .collect();
    scored.sort_by(|(one, ..), (other, ..)| other.total_cmp(one));
    let neighbour =
        |(_, slug, title): (f64, String, String)| Neighbour { path: Kind::Post.path(&slug), title };
    scored.into_iter().take(5).map(neighbour).collect()
}

fn pairs(text: &str) -> HashSet<(char, char)> {
    text.chars().zip(text.chars().skip(1)).collect()
}

/// The share of pairs of letters that two words have in common (Dice's coefficient).
fn likeness(one: &HashSet<(char, char)>, other: &HashSet<(char, char)>) -> f64 {
    match one.len() + other.len() {
        0 => 0.0,
        all => 2.0 * one.intersection(other).count() as f64 / all as f64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plan::{assert_searched, in_new_database};

    #[test]
    fn addresses_are_looked_up_in_an_index() {
        in_new_database(|conn| assert_searched(conn, ALIKE));
    }

    #[test]
    fn a_slip_in_an_address_does_little_harm() {
        let candidates = ["a-walk-by-the-sea", "about", "walking"];
        let candidates = candidates.map(|slug| (slug.to_owned(), slug.to_owned()));
        let found = best("a-wakl-by-the-see", candidates.to_vec());
        assert_eq!(
            found.iter().map(|post| post.title.as_str()).collect::<Vec<_>>(),
            ["a-walk-by-the-sea"]
        );
    }
}
