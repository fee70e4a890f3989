use crate::blog::Result;
use crate::db;
use crate::text::size_in_words;
use rusqlite::{Connection, named_params};
use serde::Serialize;
use std::fmt;
use std::fs;
use std::path::Path;

/// What is in a file, counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Contents {
    /// Posts that are out or have a date to come out.
    pub posts: u64,
    /// Pages that are out.
    pub pages: u64,
    /// Posts and pages that are not out yet.
    pub drafts: u64,
    /// Posts and pages in the trash.
    pub trashed: u64,
    /// Texts that were ever saved.
    pub versions: u64,
    /// Pictures and other files, without the narrower pictures made of them.
    pub files: u64,
    /// Their bytes.
    pub file_bytes: u64,
    /// Accounts.
    pub users: u64,
    /// The bytes of the whole file.
    pub size: u64,
    /// Which schema it has.
    pub schema: usize,
    /// The version of the program that brought it to that schema, where it says so.
    pub written_by: Option<String>,
    /// The SHA-256 of everything in it, if it was asked for: the same content has the same.
    pub digest: Option<String>,
}

impl Contents {
    /// Counts what is in the file at `path`, which may have any schema from the first on.
    pub fn count(conn: &Connection, path: &Path, digest: Option<String>) -> Result<Contents> {
        let count = |sql: &str| -> Result<u64> {
            Ok(conn.query_row(sql, [], |row| row.get::<_, i64>(0))? as u64)
        };
        let has_pages = has(conn, "posts", "kind")?;
        let out =
            "SELECT count(*) FROM posts WHERE deleted_at IS NULL AND published_at IS NOT NULL";
        let pages = match has_pages {
            true => count(&format!("{out} AND kind = 'page'"))?,
            false => 0,
        };
        let if_there = |table: &str, sql: &str| match has(conn, table, "id")? {
            true => count(sql),
            false => Ok(0),
        };
        Ok(Contents {
            posts: count(out)? - pages,
            pages,
            drafts: count(
                "SELECT count(*) FROM posts WHERE deleted_at IS NULL AND published_at IS NULL",
            )?,
            trashed: count("SELECT count(*) FROM posts WHERE deleted_at IS NOT NULL")?,
            versions: if_there("versions", "SELECT count(*) FROM versions")?,
            files: if_there("media", "SELECT count(*) FROM media WHERE stands_for IS NULL")?,
            file_bytes: if_there(
                "media",
                "SELECT coalesce(sum(size), 0) FROM media WHERE stands_for IS NULL",
            )?,
            users: count("SELECT count(*) FROM users")?,
            size: fs::metadata(path)?.len(),
            schema: db::schema(conn)?,
            written_by: db::written_by(conn),
            digest,
        })
    }
}

fn has(conn: &Connection, table: &str, column: &str) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM pragma_table_info(:table) WHERE name = :column)";
    Ok(conn
        .query_row(sql, named_params! { ":table": table, ":column": column }, |row| row.get(0))?)
}

/// In words: `12 posts, 1 page, 3 drafts, 40 versions, 5 files (1.1 MB), 2 accounts`.
impl fmt::Display for Contents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counted = |count: u64, one: &str| match count {
            1 => format!("1 {one}"),
            _ => format!("{count} {one}s"),
        };
        let Contents { posts, pages, drafts, trashed, versions, files, users, .. } = *self;
        write!(
            f,
            "{}, {}, {}",
            counted(posts, "post"),
            counted(pages, "page"),
            counted(drafts, "draft")
        )?;
        if trashed > 0 {
            write!(f, ", {trashed} in the trash")?;
        }
        write!(f, ", {}, {}", counted(versions, "version"), counted(files, "file"))?;
        if files > 0 {
            write!(f, " ({})", size_in_words(self.file_bytes))?;
        }
        write!(f, ", {}", counted(users, "account"))
    }
}
