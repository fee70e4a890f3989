use super::Post;
use super::check::local_path;
use crate::blog::{Result, User};
use crate::text::markdown::{Outline, Over, Stumble};
use rusqlite::{Connection, Row, ToSql, Transaction, named_params};
use serde::Serialize;
use uuid::Uuid;

/// Something about a post that its author had better look at.
#[derive(Debug, Serialize)]
pub struct Matter {
    /// See [`Post::uuid`].
    pub uuid: Uuid,
    /// See [`Post::title`].
    pub title: String,
    /// What it is about.
    #[serde(flatten)]
    pub about: About,
}

/// What a matter is about.
#[derive(Debug, Serialize)]
#[serde(tag = "about", rename_all = "kebab-case")]
pub enum About {
    /// A text waits beside the working copy.
    Conflict {
        /// The number of its version.
        number: i64,
    },
    /// Readers find nothing at an address that the text leads to or shows.
    Broken {
        /// The address.
        path: String,
    },
    /// Pictures say nothing to who cannot see them.
    WithoutWords {
        /// How many they are.
        pictures: i64,
    },
    /// A link that showed a draft has ended.
    EndedShare {
        /// When it ended.
        ended_at: i64,
    },
}

const CONFLICTS: &str = "SELECT uuid, title, number FROM versions INDEXED BY versions_open_asides
    JOIN posts ON posts.id = post_id
    WHERE aside = 'open' AND deleted_at IS NULL AND (:own IS NULL OR author_id = :own) AND :now IS NOT NULL
    ORDER BY post_id, number LIMIT :most";
/// Every link is tried: there are a few for each post.
const BROKEN_LINKS: &str = "SELECT uuid, title, '/' || path AS path FROM post_links JOIN posts ON posts.id = post_id
    WHERE deleted_at IS NULL AND published_at IS NOT NULL AND (:own IS NULL OR author_id = :own)
      AND NOT EXISTS (SELECT 1 FROM posts AS target
        WHERE target.slug = substr(path, 7) AND target.deleted_at IS NULL AND target.published_at <= :now)
      AND NOT EXISTS (SELECT 1 FROM redirects JOIN posts AS target ON target.id = redirects.post_id
        WHERE redirects.path = post_links.path AND target.deleted_at IS NULL AND target.published_at <= :now)
    LIMIT :most";
const BROKEN_PICTURES: &str = "SELECT uuid, title, '/media/' || digest AS path FROM post_media
    JOIN posts ON posts.id = post_id
    WHERE deleted_at IS NULL AND published_at IS NOT NULL AND (:own IS NULL OR author_id = :own) AND :now IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM media WHERE media.digest = post_media.digest)
    LIMIT :most";
const WITHOUT_WORDS: &str =
    "SELECT uuid, title, pictures_without_words FROM posts INDEXED BY posts_without_words
    WHERE pictures_without_words > 0 AND deleted_at IS NULL AND published_at IS NOT NULL
      AND (:own IS NULL OR author_id = :own) AND :now IS NOT NULL
    ORDER BY published_at DESC, id DESC LIMIT :most";
const ENDED_SHARES: &str =
    "SELECT uuid, title, ends_at FROM shares JOIN posts ON posts.id = post_id
    WHERE ends_at <= :now AND deleted_at IS NULL AND (:own IS NULL OR author_id = :own)
    ORDER BY ends_at DESC LIMIT :most";

impl Post {
    /// What `user` had better look at, at most so many matters of a kind.
    pub fn matters(conn: &Connection, user: &User, most: u32, now: i64) -> Result<Vec<Matter>> {
        let own = (!user.edits_all()).then_some(user.id);
        let values: Values<'_> = &[(":own", &own), (":most", &most), (":now", &now)];
        let broken = |row: &Row<'_>| Ok(About::Broken { path: row.get("path")? });
        let matters = [
            find(conn, CONFLICTS, values, |row| {
                Ok(About::Conflict { number: row.get("number")? })
            })?,
            find(conn, BROKEN_LINKS, values, broken)?,
            find(conn, BROKEN_PICTURES, values, broken)?,
            find(conn, WITHOUT_WORDS, values, |row| {
                Ok(About::WithoutWords { pictures: row.get("pictures_without_words")? })
            })?,
            find(conn, ENDED_SHARES, values, |row| {
                Ok(About::EndedShare { ended_at: row.get("ends_at")? })
            })?,
        ];
        Ok(matters.into_iter().flatten().collect())
    }

    /// What readers find broken, whoever wrote it, at most so many links and so many pictures.
    pub fn broken(conn: &Connection, most: u32, now: i64) -> Result<Vec<Matter>> {
        let values: Values<'_> = &[(":own", &None::<i64>), (":most", &most), (":now", &now)];
        let broken = |row: &Row<'_>| Ok(About::Broken { path: row.get("path")? });
        let mut matters = find(conn, BROKEN_LINKS, values, broken)?;
        matters.extend(find(conn, BROKEN_PICTURES, values, broken)?);
        Ok(matters)
    }

    /// Notes where the text that readers see leads, and what it lacks.
    pub(super) fn note_outline(&self, tx: &Transaction<'_>, outline: &Outline) -> Result<()> {
        tx.prepare_cached("DELETE FROM post_links WHERE post_id = :post")?
            .execute(named_params! { ":post": self.id })?;
        let sql =
            "INSERT INTO post_links (post_id, path) VALUES (:post, :path) ON CONFLICT DO NOTHING";
        let mut statement = tx.prepare_cached(sql)?;
        for path in outline.links.iter().filter_map(|link| local_path(&link.address)) {
            if let Some(slug) = path.strip_prefix("/posts/").filter(|slug| !slug.contains('/')) {
                let path = format!("posts/{}", slug.trim_end_matches(".md"));
                statement.execute(named_params! { ":post": self.id, ":path": path })?;
            }
        }
        let without_words = |stumble: &&Stumble| stumble.over == Over::PictureWithoutWords;
        let without_words = outline.stumbles.iter().filter(without_words).count() as i64;
        let sql = "UPDATE posts SET pictures_without_words = :count WHERE id = :post";
        tx.prepare_cached(sql)?
            .execute(named_params! { ":post": self.id, ":count": without_words })?;
        Ok(())
    }
}

type Values<'a> = &'a [(&'a str, &'a dyn ToSql)];

fn find(
    conn: &Connection,
    sql: &str,
    values: Values<'_>,
    about: impl Fn(&Row<'_>) -> rusqlite::Result<About>,
) -> Result<Vec<Matter>> {
    let mut statement = conn.prepare_cached(sql)?;
    let matters = statement.query_map(values, |row| Matter::from_row(row, about(row)?))?;
    Ok(matters.collect::<rusqlite::Result<_>>()?)
}

impl Matter {
    fn from_row(row: &Row<'_>, about: About) -> rusqlite::Result<Matter> {
        let uuid: String = row.get("uuid")?;
        Ok(Matter {
            uuid: Uuid::try_parse(&uuid).unwrap_or_default(),
            title: row.get("title")?,
            about,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plan::{assert_in_order, in_new_database};

    #[test]
    fn what_needs_a_look_is_found_in_an_index() {
        in_new_database(|conn| {
            // The whole of a small index: `INDEXED BY` fails where it is no use.
            for sql in [CONFLICTS, WITHOUT_WORDS] {
                conn.prepare(sql).unwrap();
            }
            assert_in_order(conn, ENDED_SHARES);
        });
    }
}
