//! What readers wrote below posts elsewhere. It is kept and shown nowhere yet.

use super::{Result, Word};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};
use serde::{Deserialize, Serialize};

/// A comment as it was where it comes from, on its way in or out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// Its number there.
    pub number: i64,
    /// The number of the comment it answers.
    pub answers: Option<i64>,
    /// What it is.
    pub kind: CommentKind,
    /// Whether nobody had let it through yet.
    pub is_held: bool,
    /// Who wrote it.
    pub name: String,
    /// Their address for mail.
    pub email: String,
    /// Their page.
    pub url: String,
    /// When, in seconds since 1970.
    pub written_at: Option<i64>,
    /// What they wrote, as HTML that nobody has cleaned.
    pub content: String,
}

/// What a comment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CommentKind {
    /// Somebody's words.
    #[default]
    Comment,
    /// Word of a link, by a machine.
    Pingback,
    /// The same in an older way.
    Trackback,
}

impl Word for CommentKind {
    const ALL: &'static [(CommentKind, &'static str)] = &[
        (CommentKind::Comment, "comment"),
        (CommentKind::Pingback, "pingback"),
        (CommentKind::Trackback, "trackback"),
    ];
}

const OF_POST: &str = "SELECT comments.*, answered.number AS answers_number FROM comments
    LEFT JOIN comments AS answered ON answered.id = comments.answers
    WHERE comments.post_id = :post ORDER BY comments.id";
const BY_NUMBER: &str = "SELECT id FROM comments WHERE post_id = :post AND number = :number";

impl Comment {
    /// Keeps it below a post. One that answers what is not there answers nothing; a number that is there already stays
    /// what it is.
    pub(super) fn keep(&self, tx: &Transaction<'_>, post: i64) -> Result<()> {
        let answers: Option<i64> = match self.answers {
            None => None,
            Some(number) => {
                let values = named_params! { ":post": post, ":number": number };
                tx.prepare_cached(BY_NUMBER)?.query_row(values, |row| row.get(0)).optional()?
            }
        };
        let sql = "INSERT INTO comments (post_id, number, answers, kind, is_held, name, email, url, written_at, content)
                   VALUES (:post, :number, :answers, :kind, :held, :name, :email, :url, :at, :content)
                   ON CONFLICT (post_id, number) DO NOTHING";
        tx.prepare_cached(sql)?.execute(named_params! {
            ":post": post, ":number": self.number, ":answers": answers, ":kind": self.kind.word(),
            ":held": self.is_held, ":name": self.name, ":email": self.email, ":url": self.url,
            ":at": self.written_at, ":content": self.content,
        })?;
        Ok(())
    }

    /// The comments below a post, in the order they came.
    pub(super) fn of_post(conn: &Connection, post: i64) -> Result<Vec<Comment>> {
        let mut statement = conn.prepare_cached(OF_POST)?;
        let comments = statement.query_map(named_params! { ":post": post }, Comment::from_row)?;
        Ok(comments.collect::<rusqlite::Result<_>>()?)
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Comment> {
        Ok(Comment {
            number: row.get("number")?,
            answers: row.get("answers_number")?,
            kind: CommentKind::from_column(row, "kind")?,
            is_held: row.get("is_held")?,
            name: row.get("name")?,
            email: row.get("email")?,
            url: row.get("url")?,
            written_at: row.get("written_at")?,
            content: row.get("content")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plan::{assert_searched, in_new_database};

    #[test]
    fn the_comment_that_is_answered_is_looked_up_in_an_index() {
        in_new_database(|conn| {
            assert_searched(conn, BY_NUMBER);
            // The few below a post are sorted after that.
            assert_searched(conn, OF_POST);
        });
    }
}
