use super::Media;
use crate::blog::{Result, User};
use crate::files::Use;
use crate::text::markdown::{Picture, Pictures, Shown, mentioned};
use rusqlite::{Connection, Transaction, named_params};
use serde::Serialize;

/// A post that mentions a file.
#[derive(Debug, Serialize)]
pub struct Mention {
    /// The name of the post that never changes.
    pub uuid: String,
    /// What it is called.
    pub title: String,
}

/// Of other authors' posts only those that everybody finds.
const MENTIONS: &str = "SELECT uuid, title FROM post_media JOIN posts ON posts.id = post_id
    WHERE digest = :digest AND (:all OR author_id = :user
      OR (visibility = 'public' AND deleted_at IS NULL AND published_at <= :now))
    ORDER BY post_id DESC LIMIT 100";

/// The footer and the style sheet can show a file, too. There are a dozen settings.
const IN_SETTINGS: &str = "SELECT EXISTS (SELECT 1 FROM settings WHERE instr(value, :digest) > 0)";

impl Media {
    /// Notes which files a post mentions now, and no others.
    pub fn note_uses(tx: &Transaction<'_>, post: i64, texts: &[&str]) -> Result<()> {
        tx.execute(
            "DELETE FROM post_media WHERE post_id = :post",
            named_params! { ":post": post },
        )?;
        // A narrower picture counts for the one it stands for.
        let sql = "INSERT INTO post_media (post_id, digest) VALUES (:post, coalesce(
                     (SELECT whole.digest FROM media AS narrow JOIN media AS whole ON whole.id = narrow.stands_for
                      WHERE narrow.digest = :digest), :digest))
                   ON CONFLICT DO NOTHING";
        let mut statement = tx.prepare_cached(sql)?;
        for digest in texts.iter().flat_map(|text| mentioned(text)) {
            statement.execute(named_params! { ":post": post, ":digest": digest })?;
        }
        Ok(())
    }

    /// What is known of the files that `text` mentions.
    pub fn pictures(conn: &Connection, text: &str) -> Result<Pictures> {
        let mut known = Vec::new();
        for digest in mentioned(text) {
            match Media::at(conn, digest) {
                Ok(media) => known.push((digest.to_owned(), media.picture(conn)?)),
                Err(crate::blog::Error::NotFound) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(known.into_iter().collect())
    }

    /// The posts that mention it, as far as `user` may know of them; the newest first, a hundred at most.
    pub fn mentions(&self, conn: &Connection, user: &User, now: i64) -> Result<Vec<Mention>> {
        let values = named_params! { ":digest": self.digest, ":all": user.edits_all(), ":user": user.id, ":now": now };
        let mut statement = conn.prepare_cached(MENTIONS)?;
        let mentions = statement.query_map(values, |row| {
            Ok(Mention { uuid: row.get("uuid")?, title: row.get("title")? })
        })?;
        Ok(mentions.collect::<rusqlite::Result<_>>()?)
    }

    /// Whether the footer or the style sheet of the site mentions it.
    pub fn is_in_settings(&self, conn: &Connection) -> Result<bool> {
        let values = named_params! { ":digest": self.digest };
        Ok(conn.query_row(IN_SETTINGS, values, |row| row.get(0))?)
    }

    /// Whether anything mentions it that `user` may know of.
    pub(super) fn is_used(&self, conn: &Connection, user: &User, now: i64) -> Result<bool> {
        Ok(!self.mentions(conn, user, now)?.is_empty() || self.is_in_settings(conn)?)
    }

    fn picture(&self, conn: &Connection) -> Result<Picture> {
        let shown = match self.kind.used_as() {
            Use::Picture => Shown::AsPicture,
            Use::Audio => Shown::AsAudio,
            Use::Video => Shown::AsVideo,
            Use::Download => Shown::AsLink,
        };
        let narrower = self.narrower(conn)?;
        let narrower = narrower.iter().filter_map(|media| Some((media.dimensions?.0, media.url())));
        Ok(Picture { shown, size: self.dimensions, narrower: narrower.collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plan::{assert_searched, in_new_database};

    #[test]
    fn the_posts_that_mention_a_file_are_looked_up_in_an_index() {
        // The few there are get sorted after that.
        in_new_database(|conn| assert_searched(conn, MENTIONS));
    }
}
