use crate::blog::post::Kind;
use crate::blog::{Post, Result};
use crate::db;
use rusqlite::{Connection, Transaction, named_params};
use serde::Serialize;
use std::collections::HashMap;

/// A post that is much like another.
#[derive(Debug, Serialize)]
pub struct Related {
    /// Where it lives.
    pub path: String,
    /// What it is called.
    pub title: String,
    /// When it came out.
    pub published_at: i64,
}

/// How many posts are shown, and how many are kept, because some may not be out yet or any more.
const SHOWN: i64 = 4;
const KEPT: i64 = 12;
/// How many words speak for a text.
const TELLING: usize = 10;
/// A word that more posts have tells nothing, and would cost much to look up.
const COMMON: i64 = 1000;
/// A tag in common counts so much; one word about 1 to 10.
const TAG: f64 = 6.0;

const RELATED: &str = "SELECT slug, title, listed_at FROM related JOIN posts ON posts.id = other_id
    WHERE post_id = :post AND listed_at <= :now ORDER BY score DESC LIMIT :most";
/// Of every tag the latest posts; a tag that all posts have tells nothing.
const TAGGED: &str = "SELECT others.post_id AS other, count(*) AS tags FROM post_tags AS own
    JOIN post_tags AS others ON others.tag_id = own.tag_id
      AND others.post_id IN (SELECT post_id FROM post_tags INDEXED BY post_tags_listed
        WHERE tag_id = own.tag_id AND listed_at IS NOT NULL ORDER BY listed_at DESC LIMIT 200)
    WHERE own.post_id = :post AND others.post_id <> :post GROUP BY others.post_id";
const SPOKEN: &str = "SELECT rowid AS other, -bm25(search, 3.0, 0.0, 1.0) AS score FROM search
    WHERE search MATCH :query AND rowid <> :post ORDER BY score DESC LIMIT :most";

const POSTS_WITH: &str =
    "SELECT count(*) FROM (SELECT 1 FROM search WHERE search MATCH :query LIMIT :most)";
/// About how many posts there are.
const ALL: &str = "SELECT coalesce(max(id), 0) FROM posts";

/// The posts that are most like a post, of those that everybody finds by `now`.
pub fn related(conn: &Connection, post: &Post, now: i64) -> Result<Vec<Related>> {
    let mut statement = conn.prepare_cached(RELATED)?;
    let values = named_params! { ":post": post.id, ":now": now, ":most": SHOWN };
    let posts = statement.query_map(values, |row| {
        let slug: String = row.get("slug")?;
        Ok(Related {
            path: Kind::Post.path(&slug),
            title: row.get("title")?,
            published_at: row.get("listed_at")?,
        })
    })?;
    Ok(posts.collect::<rusqlite::Result<_>>()?)
}

/// Notes which posts are like a post, and that they are like it; `text` is its text as the index has it.
pub(super) fn note(tx: &Transaction<'_>, post: i64, text: &str) -> Result<(), db::Error> {
    let mut scores: HashMap<i64, f64> = HashMap::new();
    if let Some(query) = telling(tx, text)? {
        let mut statement = tx.prepare_cached(SPOKEN)?;
        let values = named_params! { ":query": query, ":post": post, ":most": 4 * KEPT };
        let mut rows = statement.query(values)?;
        while let Some(row) = rows.next()? {
            scores.insert(row.get("other")?, row.get("score")?);
        }
    }
    let mut statement = tx.prepare_cached(TAGGED)?;
    let mut rows = statement.query(named_params! { ":post": post })?;
    while let Some(row) = rows.next()? {
        *scores.entry(row.get("other")?).or_default() += TAG * row.get::<_, f64>("tags")?;
    }
    let mut scores: Vec<_> = scores.into_iter().collect();
    scores.sort_by(|(one, score), (other, higher)| higher.total_cmp(score).then(other.cmp(one)));
    for (other, score) in scores.into_iter().take(KEPT as usize) {
        keep(tx, post, other, score)?;
        keep(tx, other, post, score)?;
        forget_the_least(tx, other)?;
    }
    Ok(())
}

fn keep(tx: &Transaction<'_>, post: i64, other: i64, score: f64) -> Result<(), db::Error> {
    let sql = "INSERT INTO related (post_id, other_id, score) SELECT :post, :other, :score
               WHERE EXISTS (SELECT 1 FROM posts WHERE id = :post AND kind = 'post')
                 AND EXISTS (SELECT 1 FROM posts WHERE id = :other AND kind = 'post')
               ON CONFLICT DO UPDATE SET score = :score";
    let values = named_params! { ":post": post, ":other": other, ":score": score };
    tx.prepare_cached(sql)?.execute(values)?;
    Ok(())
}

fn forget_the_least(tx: &Transaction<'_>, post: i64) -> Result<(), db::Error> {
    let sql = "DELETE FROM related WHERE post_id = :post AND other_id IN (
                 SELECT other_id FROM related WHERE post_id = :post ORDER BY score DESC LIMIT -1 OFFSET :kept)";
    tx.prepare_cached(sql)?.execute(named_params! { ":post": post, ":kept": KEPT })?;
    Ok(())
}

/// A question for the words that tell most of a text: often in it, seldom elsewhere.
fn telling(conn: &Connection, text: &str) -> Result<Option<String>, db::Error> {
    let mut counts: HashMap<&str, i64> = HashMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 3) {
        *counts.entry(word).or_default() += 1;
    }
    // What stands in it once in a while tells little, and every word costs a look.
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by(|(one, count), (other, more)| more.cmp(count).then(one.cmp(other)));
    counts.truncate(80);
    let all: i64 = conn.prepare_cached(ALL)?.query_row([], |row| row.get(0))?;
    let mut words = Vec::new();
    let mut statement = conn.prepare_cached(POSTS_WITH)?;
    for (word, count) in counts {
        let values = named_params! { ":query": format!("\"{word}\""), ":most": COMMON + 1 };
        let posts: i64 = statement.query_row(values, |row| row.get(0))?;
        if posts > 0 && posts <= COMMON.min((all / 3).max(3)) {
            words.push((count as f64 * (all as f64 / posts as f64).ln_1p(), word));
        }
    }
    words.sort_by(|(one, word), (other, next)| other.total_cmp(one).then(word.cmp(next)));
    let words: Vec<_> = words.iter().take(TELLING).map(|(_, word)| format!("\"{word}\"")).collect();
    Ok((!words.is_empty()).then(|| words.join(" OR ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plan::{assert_searched, in_new_database};

    #[test]
    fn what_is_related_is_looked_up_in_an_index() {
        in_new_database(|conn| {
            assert_searched(conn, RELATED);
            assert_searched(conn, TAGGED);
        });
    }
}
