use super::Media;
use crate::blog::{Result, User};
use crate::text::fold;
use rusqlite::{Connection, named_params};

/// Which files somebody wants to see.
#[derive(Debug, Clone, Copy, Default)]
pub struct Library<'a> {
    /// Only those with these words in their name or description, whatever their case.
    pub words: &'a str,
    /// Only those that nothing mentions.
    pub unused: bool,
    /// Only those before this place.
    pub before: Option<i64>,
}

/// A part of the library, and where it goes on.
#[derive(Debug)]
pub struct Listed {
    /// The files, the newest first.
    pub files: Vec<Media>,
    /// The place before which there are more.
    pub more: Option<i64>,
}

impl Library<'_> {
    /// The first `size` files of those that `user` may change.
    pub fn list(&self, conn: &Connection, user: &User, size: u32) -> Result<Listed> {
        let own = (!user.edits_all()).then_some(user.id);
        let values = named_params! {
            ":own": own, ":before": self.before.unwrap_or(i64::MAX), ":words": fold(self.words.trim()),
        };
        let mut statement = conn.prepare_cached(&list_sql(own.is_some(), self.unused, size + 1))?;
        let files = statement.query_map(values, Media::from_row)?;
        let mut files: Vec<Media> = files.collect::<rusqlite::Result<_>>()?;
        let more = files.len() > size as usize;
        files.truncate(size as usize);
        let more = files.last().filter(|_| more).map(|media| media.id);
        Ok(Listed { files, more })
    }
}

/// Files are read from the newest on until there are enough. A search reads them all, which for a table this narrow is
/// quick: 10,000 files with all their widths take about 10 ms.
fn list_sql(own: bool, unused: bool, limit: u32) -> String {
    // Named, because without statistics SQLite takes the index of narrower pictures.
    let (whose, index) = match own {
        true => ("user_id = :own", "INDEXED BY media_of_user"),
        false => (":own IS NULL", "NOT INDEXED"),
    };
    let unused = match unused {
        true => {
            "AND NOT EXISTS (SELECT 1 FROM post_media WHERE post_media.digest = media.digest)
             AND NOT EXISTS (SELECT 1 FROM settings WHERE instr(value, media.digest) > 0)"
        }
        false => "",
    };
    format!(
        "SELECT * FROM media {index} WHERE {whose} AND id < :before AND stands_for IS NULL
           AND (:words = '' OR instr(words, :words) > 0) {unused}
         ORDER BY id DESC LIMIT {limit}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plan::{assert_in_order, in_new_database};

    #[test]
    fn the_library_is_read_in_its_order() {
        in_new_database(|conn| {
            assert_in_order(conn, &list_sql(true, false, 51));
            assert_in_order(conn, &list_sql(false, false, 51));
        });
    }
}
