use super::Error;
use include_dir::{Dir, File, include_dir};
use rusqlite::{Connection, TransactionBehavior};
use std::path::Path;

/// Every change of schema, one file each, applied in the order of their names. Forward only.
static MIGRATIONS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/db/migrations");

/// Refuses a file that a later version has been at.
pub fn refuse_later(conn: &Connection, path: &Path) -> Result<(), Error> {
    let (found, known) = (version(conn)?, all().len());
    match found > known {
        true => Err(Error::FromTheFuture { path: path.to_owned(), found, known }),
        false => Ok(()),
    }
}

/// Applies what the file has not seen yet, in one transaction, and marks the file as ours.
pub fn run(conn: &mut Connection, application_id: i32) -> Result<(), Error> {
    let all = all();
    if version(conn)? == all.len() {
        return Ok(());
    }
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Asked again inside the transaction: another process may just have done it.
    for file in all.iter().skip(version(&tx)?) {
        let sql = file.contents_utf8().expect("migrations are UTF-8");
        tx.execute_batch(sql)?;
    }
    tx.pragma_update(None, "application_id", application_id)?;
    tx.pragma_update(None, "user_version", all.len() as i64)?;
    tx.commit()?;
    Ok(())
}

fn all() -> Vec<&'static File<'static>> {
    let mut files: Vec<_> = MIGRATIONS.files().collect();
    files.sort_by_key(|file| file.path());
    files
}

fn version(conn: &Connection) -> Result<usize, Error> {
    let version: i64 = conn.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    Ok(usize::try_from(version).unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the first schema held of two posts, one of them a draft with a date.
    const EARLY: &str = "
        INSERT INTO users VALUES (1, 'ada', 'ada', 'hash', 'owner', 5);
        INSERT INTO posts (id, uuid, slug, title, author_id, visibility, published_at, planned_at, created_at, updated_at,
            version, summary, excerpt, content, html)
          VALUES (1, 'a', 'out', 'Out', 1, 'unlisted', 10, NULL, 5, 20, 7, 'Sum', 'Ex', 'Text é', '<p>Text é</p>'),
            (2, 'b', 'draft', 'Draft', 1, 'public', NULL, 30, 5, 21, 2, '', '', 'More', '');
        INSERT INTO tags VALUES (1, 'rust', 'Rust'), (2, 'sea', 'Sea');
        INSERT INTO post_tags VALUES (1, 2, 0), (1, 1, 1);";

    #[test]
    fn an_early_file_is_brought_up_to_date_with_all_that_it_holds() {
        let mut conn = Connection::open_in_memory().unwrap();
        conn.execute_batch("PRAGMA foreign_keys = ON").unwrap();
        conn.execute_batch(all()[0].contents_utf8().unwrap()).unwrap();
        conn.execute_batch(EARLY).unwrap();
        conn.pragma_update(None, "user_version", 1).unwrap();
        run(&mut conn, 1).unwrap();
        let version = |post: i64| -> (i64, String, String, Option<i64>, Option<i64>) {
            let sql = "SELECT number, fields, versions.content, versions.published_at, live_version
                       FROM versions JOIN posts ON posts.id = post_id WHERE post_id = ?1";
            let read = |row: &rusqlite::Row<'_>| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
            };
            conn.query_row(sql, [post], read).unwrap()
        };
        let (number, fields, content, published_at, live) = version(1);
        assert_eq!((number, &*content, published_at, live), (7, "Text é", Some(20), Some(7)));
        assert!(
            fields.contains("\"tags\":\"Sea, Rust\"") && fields.contains("\"unlisted\""),
            "{fields}"
        );
        let (number, fields, _, published_at, live) = version(2);
        assert_eq!((number, published_at, live), (2, None, None));
        assert!(fields.contains("\"publish_at\":30"), "{fields}");
        let broken: i64 = conn
            .query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0))
            .unwrap();
        assert_eq!(broken, 0);
    }
}
