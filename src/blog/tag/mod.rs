//! Words that posts have in common.

mod edit;
mod known;

pub use known::KnownTag;

use super::{Problem, Result};
use crate::text::{Slug, single_line};
use rusqlite::{Connection, OptionalExtension, Transaction, named_params};
use serde::Serialize;

/// A word that posts have in common.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tag {
    /// As the author wrote it.
    pub name: String,
    /// The same for every spelling that counts as the same tag.
    pub slug: Slug,
}

const OF_POST: &str = "SELECT name, slug FROM post_tags JOIN tags ON tags.id = tag_id
    WHERE post_id = :post ORDER BY position";

const RENAMED: &str =
    "SELECT name FROM tag_redirects JOIN tags ON tags.id = tag_id WHERE tag_redirects.slug = :slug";

impl Tag {
    /// The most tags a post has.
    pub const MOST: usize = 50;
    /// The most bytes of a list of them.
    const MAX_LIST: usize = 20_000;

    /// Reads tags separated by commas; a tag named twice counts once.
    pub fn parse_list(text: &str) -> Result<Vec<Tag>, Problem> {
        if text.len() > Tag::MAX_LIST {
            return Err(too_many());
        }
        Tag::parse_all(text.split(',').filter(|name| !name.trim().is_empty()))
    }

    /// Reads tags one by one.
    pub fn parse_all<'a>(names: impl IntoIterator<Item = &'a str>) -> Result<Vec<Tag>, Problem> {
        let mut tags: Vec<Tag> = Vec::new();
        for name in names {
            let tag = Tag::parse(name)?;
            if tags.iter().all(|other| other.slug != tag.slug) {
                tags.push(tag);
            }
            if tags.len() > Tag::MOST {
                return Err(too_many());
            }
        }
        Ok(tags)
    }

    /// Reads one tag.
    fn parse(name: &str) -> Result<Tag, Problem> {
        // A comma would part it in two.
        let name = single_line(&name.trim().trim_start_matches('#').replace(',', " "));
        if name.chars().count() > 50 {
            return Err(Problem::new("tags", "A tag has at most 50 characters."));
        }
        // C, C++ and C# are three things.
        let spoken = name.replace('+', " plus ").replace('#', " sharp ");
        match Slug::from_text(&spoken) {
            Some(slug) => Ok(Tag { name, slug }),
            None => Err(Problem::new("tags", format!("The tag “{name}” needs a letter or digit."))),
        }
    }

    /// The names of the tags there are, at most so many, the most used first.
    pub fn most_used(conn: &Connection, most: u32) -> Result<Vec<String>> {
        let sql = "SELECT name FROM tags LEFT JOIN post_tags ON tag_id = tags.id
                   GROUP BY tags.id ORDER BY count(post_id) DESC, name LIMIT :most";
        let mut statement = conn.prepare_cached(sql)?;
        let names = statement.query_map(named_params! { ":most": most }, |row| row.get(0))?;
        Ok(names.collect::<rusqlite::Result<_>>()?)
    }

    /// The tags of a post, in their order.
    pub(super) fn of_post(conn: &Connection, post: i64) -> Result<Vec<Tag>> {
        let mut statement = conn.prepare_cached(OF_POST)?;
        let tags = statement.query_map(named_params! { ":post": post }, |row| {
            Ok((row.get::<_, String>("name")?, row.get::<_, String>("slug")?))
        })?;
        let tags: Vec<_> = tags.collect::<rusqlite::Result<_>>()?;
        Ok(tags
            .into_iter()
            .filter_map(|(name, slug)| Some(Tag { name, slug: Slug::parse(&slug)? }))
            .collect())
    }

    /// Gives a post these tags and no others.
    pub(super) fn set(tx: &Transaction<'_>, post: i64, tags: &[Tag]) -> Result<()> {
        tx.execute("DELETE FROM post_tags WHERE post_id = :post", named_params! { ":post": post })?;
        for (position, tag) in tags.iter().enumerate() {
            tag.make_known(tx)?;
            let sql = "INSERT INTO post_tags (post_id, tag_id, position, listed_at)
                       SELECT posts.id, tags.id, :position, listed_at FROM posts, tags
                       WHERE posts.id = :post AND tags.slug = :slug";
            let values = named_params! { ":post": post, ":position": position as i64, ":slug": tag.slug.as_str() };
            tx.execute(sql, values)?;
        }
        Ok(())
    }

    /// Makes the tag, unless it is there.
    fn make_known(&self, tx: &Transaction<'_>) -> Result<()> {
        let sql =
            "INSERT INTO tags (slug, name) VALUES (:slug, :name) ON CONFLICT (slug) DO NOTHING";
        let values = named_params! { ":slug": self.slug.as_str(), ":name": self.name };
        tx.prepare_cached(sql)?.execute(values)?;
        Ok(())
    }

    /// The same tags; those that were renamed or merged into others since, by the names they have now.
    pub(super) fn current(conn: &Connection, tags: &[Tag]) -> Result<Vec<Tag>> {
        let mut current: Vec<Tag> = Vec::new();
        for tag in tags {
            let values = named_params! { ":slug": tag.slug.as_str() };
            let mut renamed = conn.prepare_cached(RENAMED)?;
            let renamed: Option<String> = renamed.query_row(values, |row| row.get(0)).optional()?;
            let tag = renamed.map_or_else(|| Ok(tag.clone()), |name| Tag::parse(&name))?;
            if current.iter().all(|other| other.slug != tag.slug) {
                current.push(tag);
            }
        }
        Ok(current)
    }
}

fn too_many() -> Problem {
    Problem::new("tags", "A post has at most 50 tags.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plan::{assert_searched, in_new_database};

    #[test]
    fn the_tags_of_a_post_are_looked_up_in_an_index() {
        // The few that a post has are sorted after that.
        in_new_database(|conn| {
            assert_searched(conn, OF_POST);
            assert_searched(conn, RENAMED);
        });
    }

    #[test]
    fn tags_are_separated_by_commas_and_counted_once() {
        let tags = Tag::parse_list(" Rust, #rust ,C++,, Bücher, C").unwrap();
        let names: Vec<_> = tags.iter().map(|tag| tag.name.as_str()).collect();
        assert_eq!(names, ["Rust", "C++", "Bücher", "C"]);
    }

    #[test]
    fn a_tag_without_letters_and_a_tag_without_end_are_refused() {
        assert!(Tag::parse_list("!!").is_err());
        assert!(Tag::parse_list(&"x".repeat(51)).is_err());
        assert!(Tag::parse_list(&(0..51).map(|n| format!("t{n},")).collect::<String>()).is_err());
        assert!(Tag::parse_list(&"x,".repeat(500_000)).is_err());
    }
}
