use super::Media;
use crate::blog::{Error, Result};
use rusqlite::{Connection, OptionalExtension, Transaction, named_params};

const BY_SOURCE: &str = "SELECT digest FROM media_sources WHERE source = :source";

impl Media {
    /// The file that came from `source`: `None` if none did, and nothing inside if it was removed since.
    pub fn imported(conn: &Connection, source: &str) -> Result<Option<Option<Media>>> {
        let values = named_params! { ":source": source };
        let digest: Option<String> =
            conn.prepare_cached(BY_SOURCE)?.query_row(values, |row| row.get(0)).optional()?;
        match digest.map(|digest| Media::at(conn, &digest)).transpose() {
            Ok(media) => Ok(media.map(Some)),
            Err(Error::NotFound) => Ok(Some(None)),
            Err(error) => Err(error),
        }
    }

    /// Notes where the file came from.
    pub fn note_source(&self, tx: &Transaction<'_>, source: &str) -> Result<()> {
        let sql = "INSERT INTO media_sources (source, digest) VALUES (:source, :digest)
                   ON CONFLICT (source) DO UPDATE SET digest = excluded.digest";
        tx.execute(sql, named_params! { ":source": source, ":digest": self.digest })?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plan::{assert_searched, in_new_database};

    #[test]
    fn where_a_file_came_from_is_looked_up_in_an_index() {
        in_new_database(|conn| assert_searched(conn, BY_SOURCE));
    }
}
