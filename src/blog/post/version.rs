use super::{Manuscript, Post};
use crate::blog::{Error, Result};
use crate::text::Delta;
use rusqlite::types::ToSql;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};
use serde::Serialize;

/// A text as it was saved.
#[derive(Debug, Serialize)]
pub struct Version {
    #[serde(skip)]
    pub(super) id: i64,
    #[serde(skip)]
    pub(super) user_id: Option<i64>,
    /// Which save of the post it is.
    pub number: i64,
    /// The version it was made from; 0 for the first.
    pub base: i64,
    /// Who saved it.
    pub byline: String,
    /// When the stretch of work began that it ends.
    pub begun_at: i64,
    /// When it was saved.
    pub saved_at: i64,
    /// When it went before readers, if ever.
    pub published_at: Option<i64>,
    /// The version that was restored to make this one.
    pub restored: Option<i64>,
    /// Whether it was kept beside the working copy, and still waits there.
    #[serde(skip)]
    pub aside: Option<Aside>,
    /// The text.
    pub manuscript: Manuscript,
}

/// What became of a text that was saved beside the working copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aside {
    /// Somebody has to look at it.
    Open,
    /// Somebody has.
    Settled,
}

/// A save inside a stretch of work.
struct Step {
    number: i64,
    saved_at: i64,
    fields: Manuscript,
    delta: Delta,
}

const AT: &str = "SELECT * FROM versions WHERE post_id = :post AND number = :number";
const AROUND: &str = "SELECT versions.* FROM steps JOIN versions ON versions.id = version_id
    WHERE steps.post_id = :post AND steps.number = :number";
const STEPS_BACK: &str =
    "SELECT *, '' AS content FROM steps WHERE version_id = :version AND number >= :number
    ORDER BY number DESC";

impl Version {
    /// The text that authors go on with.
    pub fn working_copy(conn: &Connection, post: &Post) -> Result<Version> {
        Version::at(conn, post, post.version)
    }

    /// The text that was saved under `number`.
    pub fn at(conn: &Connection, post: &Post, number: i64) -> Result<Version> {
        let values = named_params! { ":post": post.id, ":number": number };
        let exact = conn.prepare_cached(AT)?.query_row(values, Version::from_row).optional()?;
        match exact {
            Some(version) => Ok(version),
            None => {
                let values = named_params! { ":post": post.id, ":number": number };
                let around = conn.prepare_cached(AROUND)?.query_row(values, Version::from_row)?;
                around.back_to(conn, number)
            }
        }
    }

    /// The same stretch of work as it was at an earlier save.
    fn back_to(mut self, conn: &Connection, number: i64) -> Result<Version> {
        let mut statement = conn.prepare_cached(STEPS_BACK)?;
        let values = named_params! { ":version": self.id, ":number": number };
        for step in statement.query_map(values, Step::from_row)? {
            let step = step?;
            let content = step.delta.apply(&self.manuscript.content).ok_or(Error::NotFound)?;
            self.manuscript = Manuscript { content, ..step.fields };
            self.number = step.number;
            self.saved_at = step.saved_at;
        }
        Ok(Version { published_at: None, ..self })
    }

    /// Changes what working copies say about their posts, in place: nobody has saved a new version.
    /// `which` is a condition on the posts; `change` says what a text is to become, if anything.
    pub(in crate::blog) fn amend(
        tx: &Transaction<'_>,
        which: &str,
        values: &[(&str, &dyn ToSql)],
        change: impl Fn(Manuscript) -> Option<Manuscript>,
    ) -> Result<()> {
        let sql = format!(
            "SELECT versions.id, fields, '' AS content FROM posts
             JOIN versions ON versions.post_id = posts.id AND number = posts.version WHERE {which}"
        );
        let mut statement = tx.prepare(&sql)?;
        let heads = statement
            .query_map(values, |row| Ok((row.get::<_, i64>("id")?, Manuscript::from_row(row)?)))?;
        let changed = heads.filter_map(|head| {
            head.map(|(id, before)| Some((id, change(before)?.fields()))).transpose()
        });
        let mut update = tx.prepare("UPDATE versions SET fields = :fields WHERE id = :id")?;
        for (id, fields) in changed.collect::<rusqlite::Result<Vec<_>>>()? {
            update.execute(named_params! { ":id": id, ":fields": fields })?;
        }
        Ok(())
    }

    pub(super) fn from_row(row: &Row<'_>) -> rusqlite::Result<Version> {
        Ok(Version {
            id: row.get("id")?,
            user_id: row.get("user_id")?,
            number: row.get("number")?,
            base: row.get("base")?,
            byline: row.get("byline")?,
            begun_at: row.get("begun_at")?,
            saved_at: row.get("saved_at")?,
            published_at: row.get("published_at")?,
            restored: row.get("restored")?,
            aside: row.get::<_, Option<String>>("aside")?.map(|word| match word.as_str() {
                "open" => Aside::Open,
                _ => Aside::Settled,
            }),
            manuscript: Manuscript::from_row(row)?,
        })
    }
}

impl Step {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Step> {
        let delta = Delta {
            kept_start: row.get::<_, u32>("kept_start")? as usize,
            kept_end: row.get::<_, u32>("kept_end")? as usize,
            middle: row.get("middle")?,
        };
        let fields = Manuscript::from_row(row)?;
        Ok(Step { number: row.get("number")?, saved_at: row.get("saved_at")?, fields, delta })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plan::{assert_in_order, assert_searched, in_new_database};

    #[test]
    fn a_version_is_looked_up_in_an_index() {
        in_new_database(|conn| {
            assert_searched(conn, AT);
            assert_searched(conn, AROUND);
            assert_in_order(conn, STEPS_BACK);
        });
    }
}
