use super::user_id;
use crate::blog::post::Manuscript;
use crate::blog::{Comment, Problem, Result};
use rusqlite::{Connection, Row, Transaction, named_params};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Something of the history of a post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Past {
    /// A version.
    Version(Text),
    /// A save inside the stretch of work that ended with a version.
    Save(Save),
    /// What a reader wrote below it.
    Comment(Comment),
}

/// A version of a post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// See [`crate::blog::post::Version::number`].
    pub number: i64,
    /// See [`crate::blog::post::Version::base`].
    pub base: i64,
    /// The account that saved it.
    pub user: Option<String>,
    /// Who saved it, whether they have an account or not.
    pub byline: String,
    /// See [`crate::blog::post::Version::begun_at`].
    pub begun_at: i64,
    /// See [`crate::blog::post::Version::saved_at`].
    pub saved_at: i64,
    /// See [`crate::blog::post::Version::published_at`].
    pub published_at: Option<i64>,
    /// See [`crate::blog::post::Version::restored`].
    pub restored: Option<i64>,
    /// `open` or `settled`, if it was saved beside the working copy.
    pub aside: Option<String>,
    /// Everything about it but the text.
    pub fields: Value,
    /// The Markdown; `None` where it is the text that the post is found with.
    pub content: Option<String>,
}

/// A save inside a stretch of work, told as its difference from the save after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Save {
    /// Its number among the saves.
    pub number: i64,
    /// The version with which the stretch of work ended.
    pub version: i64,
    /// When it was.
    pub saved_at: i64,
    /// Everything about it but the text.
    pub fields: Value,
    /// So many bytes of the later text stay at its beginning.
    pub kept_start: i64,
    /// So many bytes of the later text stay at its end.
    pub kept_end: i64,
    /// What stood between them.
    pub middle: String,
}

const TEXTS: &str = "SELECT versions.*, users.name AS user FROM versions
    LEFT JOIN users ON users.id = user_id WHERE post_id = :post ORDER BY number";
const SAVES: &str = "SELECT steps.*, versions.number AS version FROM steps
    JOIN versions ON versions.id = version_id WHERE steps.post_id = :post ORDER BY steps.number";

impl Past {
    /// Shows `look` the whole history of a post, the versions first and the comments last, piece by piece.
    pub(super) fn each<E: From<crate::blog::Error>>(
        conn: &Connection,
        post: i64,
        mut look: impl FnMut(Past) -> Result<(), E>,
    ) -> Result<(), E> {
        for (sql, read) in
            [(TEXTS, Past::version as fn(&Row<'_>) -> rusqlite::Result<Past>), (SAVES, Past::save)]
        {
            let mut statement = conn.prepare_cached(sql).map_err(crate::blog::Error::from)?;
            let pieces = statement.query_map(named_params! { ":post": post }, read);
            for piece in pieces.map_err(crate::blog::Error::from)? {
                look(piece.map_err(crate::blog::Error::from)?)?;
            }
        }
        Comment::of_post(conn, post)?
            .into_iter()
            .try_for_each(|comment| look(Past::Comment(comment)))
    }

    /// Takes it in as a part of the history of a post; `content` is the text that the post is found with.
    pub(super) fn bring(&self, tx: &Transaction<'_>, post: i64, content: &str) -> Result<()> {
        match self {
            Past::Version(text) => text.bring(tx, post, content),
            Past::Save(save) => save.bring(tx, post),
            Past::Comment(comment) => comment.keep(tx, post),
        }
    }

    fn version(row: &Row<'_>) -> rusqlite::Result<Past> {
        Ok(Past::Version(Text {
            number: row.get("number")?,
            base: row.get("base")?,
            user: row.get("user")?,
            byline: row.get("byline")?,
            begun_at: row.get("begun_at")?,
            saved_at: row.get("saved_at")?,
            published_at: row.get("published_at")?,
            restored: row.get("restored")?,
            aside: row.get("aside")?,
            fields: fields(row)?,
            content: row.get("content")?,
        }))
    }

    fn save(row: &Row<'_>) -> rusqlite::Result<Past> {
        Ok(Past::Save(Save {
            number: row.get("number")?,
            version: row.get("version")?,
            saved_at: row.get("saved_at")?,
            fields: fields(row)?,
            kept_start: row.get("kept_start")?,
            kept_end: row.get("kept_end")?,
            middle: row.get("middle")?,
        }))
    }
}

fn fields(row: &Row<'_>) -> rusqlite::Result<Value> {
    let fields: String = row.get("fields")?;
    serde_json::from_str(&fields).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, error.into())
    })
}

/// The fields as the file keeps them, if a version can have them.
fn checked(fields: &Value) -> Result<String, Problem> {
    let known: Result<Manuscript, _> = serde_json::from_value(fields.clone());
    known.map_err(|error| Problem::new("fields", format!("The fields make no sense: {error}.")))?;
    Ok(fields.to_string())
}

impl Text {
    fn bring(&self, tx: &Transaction<'_>, post: i64, content: &str) -> Result<()> {
        let content = self.content.as_deref().unwrap_or(content);
        let sql = "INSERT INTO versions (post_id, number, base, user_id, byline, begun_at, saved_at, published_at,
                     restored, aside, fields, content)
                   VALUES (:post, :number, :base, :user, :byline, :begun, :saved, :published, :restored, :aside, :fields,
                     :content)";
        tx.prepare_cached(sql)?.execute(named_params! {
            ":post": post, ":number": self.number, ":base": self.base, ":user": user_id(tx, self.user.as_ref())?,
            ":byline": self.byline, ":begun": self.begun_at, ":saved": self.saved_at, ":published": self.published_at,
            ":restored": self.restored, ":aside": self.aside, ":fields": checked(&self.fields)?, ":content": content,
        })?;
        Ok(())
    }
}

impl Save {
    fn bring(&self, tx: &Transaction<'_>, post: i64) -> Result<()> {
        let sql = "INSERT INTO steps (post_id, number, version_id, saved_at, fields, kept_start, kept_end, middle)
                   VALUES (:post, :number, (SELECT id FROM versions WHERE post_id = :post AND number = :version),
                     :saved, :fields, :start, :end, :middle)";
        tx.prepare_cached(sql)?.execute(named_params! {
            ":post": post, ":number": self.number, ":version": self.version, ":saved": self.saved_at,
            ":fields": checked(&self.fields)?, ":start": self.kept_start, ":end": self.kept_end,
            ":middle": self.middle,
        })?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plan::{assert_in_order, in_new_database};

    #[test]
    fn a_history_is_read_in_its_order() {
        in_new_database(|conn| {
            assert_in_order(conn, TEXTS);
            assert_in_order(conn, SAVES);
        });
    }
}
