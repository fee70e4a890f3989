use super::Post;
use crate::blog::{Result, User};
use rusqlite::{Connection, Row, named_params};
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
    /// A link that showed a draft has ended.
    EndedShare {
        /// When it ended.
        ended_at: i64,
    },
}

const CONFLICTS: &str = "SELECT uuid, title, number FROM versions INDEXED BY versions_open_asides
    JOIN posts ON posts.id = post_id
    WHERE aside = 'open' AND deleted_at IS NULL AND (:own IS NULL OR author_id = :own)
    ORDER BY post_id, number LIMIT :most";
const ENDED_SHARES: &str =
    "SELECT uuid, title, ends_at FROM shares JOIN posts ON posts.id = post_id
    WHERE ends_at <= :now AND deleted_at IS NULL AND (:own IS NULL OR author_id = :own)
    ORDER BY ends_at DESC LIMIT :most";

impl Post {
    /// What `user` had better look at, at most so many matters of a kind.
    pub fn matters(conn: &Connection, user: &User, most: u32, now: i64) -> Result<Vec<Matter>> {
        let own = (!user.edits_all()).then_some(user.id);
        let mut matters = Vec::new();
        let mut statement = conn.prepare_cached(CONFLICTS)?;
        let values = named_params! { ":own": own, ":most": most };
        let conflicts = statement.query_map(values, |row| {
            Matter::from_row(row, About::Conflict { number: row.get("number")? })
        })?;
        for conflict in conflicts {
            matters.push(conflict?);
        }
        let mut statement = conn.prepare_cached(ENDED_SHARES)?;
        let values = named_params! { ":own": own, ":most": most, ":now": now };
        let shares = statement.query_map(values, |row| {
            Matter::from_row(row, About::EndedShare { ended_at: row.get("ends_at")? })
        })?;
        for share in shares {
            matters.push(share?);
        }
        Ok(matters)
    }
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
            conn.prepare(CONFLICTS).unwrap();
            assert_in_order(conn, ENDED_SHARES);
        });
    }
}
