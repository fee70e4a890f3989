use super::Tag;
use crate::blog::Result;
use crate::text::Slug;
use rusqlite::{Connection, Row, named_params};
use serde::Serialize;

/// A tag that there is, and how many posts have it.
#[derive(Debug, Clone, Serialize)]
pub struct KnownTag {
    #[serde(skip)]
    pub(in crate::blog) id: i64,
    /// As somebody wrote it first, or as it was renamed.
    pub name: String,
    /// Where it lives under `/tags/`.
    pub slug: String,
    /// How many posts have it: of those that everybody finds, or of all.
    pub posts: i64,
}

const AT: &str = "SELECT *, 0 AS posts FROM tags
    WHERE slug = :slug OR id = (SELECT tag_id FROM tag_redirects WHERE slug = :slug)";
const FOUND: &str = "SELECT count(*) FROM post_tags INDEXED BY post_tags_listed
    WHERE tag_id = tags.id AND listed_at <= :now";
const COUNTED: &str =
    "SELECT count(*) FROM post_tags INDEXED BY post_tags_by_tag WHERE tag_id = tags.id";

impl KnownTag {
    /// The most tags that a list for editors shows.
    pub const MOST: u32 = 500;

    /// The tag with this slug, or that had it before.
    pub fn at(conn: &Connection, slug: &Slug) -> Result<KnownTag> {
        let values = named_params! { ":slug": slug.as_str() };
        Ok(conn.prepare_cached(AT)?.query_row(values, KnownTag::from_row)?)
    }

    /// The tags of posts that everybody finds by `now`, by name.
    pub fn listed(conn: &Connection, now: i64) -> Result<Vec<KnownTag>> {
        let sql = format!("SELECT *, ({FOUND}) AS posts FROM tags WHERE posts > 0 ORDER BY slug");
        let mut statement = conn.prepare_cached(&sql)?;
        let tags = statement.query_map(named_params! { ":now": now }, KnownTag::from_row)?;
        Ok(tags.collect::<rusqlite::Result<_>>()?)
    }

    /// The tags with `text` in their names, by name, at most [`KnownTag::MOST`].
    pub fn search(conn: &Connection, text: &str) -> Result<Vec<KnownTag>> {
        let part = match text.trim() {
            "" => String::new(),
            text => match Tag::parse(text) {
                Ok(tag) => tag.slug.as_str().to_owned(),
                Err(_) => return Ok(Vec::new()),
            },
        };
        let sql = format!(
            "SELECT *, ({COUNTED}) AS posts FROM tags WHERE instr(slug, :part) ORDER BY slug LIMIT :most"
        );
        let mut statement = conn.prepare_cached(&sql)?;
        let values = named_params! { ":part": part, ":most": KnownTag::MOST };
        let tags = statement.query_map(values, KnownTag::from_row)?;
        Ok(tags.collect::<rusqlite::Result<_>>()?)
    }

    /// How many posts have it.
    pub fn count(&self, conn: &Connection) -> Result<i64> {
        let sql = "SELECT count(*) FROM post_tags WHERE tag_id = :id";
        Ok(conn.query_row(sql, named_params! { ":id": self.id }, |row| row.get(0))?)
    }

    pub(super) fn from_row(row: &Row<'_>) -> rusqlite::Result<KnownTag> {
        Ok(KnownTag {
            id: row.get("id")?,
            name: row.get("name")?,
            slug: row.get("slug")?,
            posts: row.get("posts")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plan::{assert_searched, in_new_database};

    #[test]
    fn the_posts_of_a_tag_are_counted_in_an_index() {
        in_new_database(|conn| {
            assert_searched(conn, AT);
            for count in [FOUND, COUNTED] {
                assert_searched(conn, &count.replace("tags.id", "1"));
            }
        });
    }
}
