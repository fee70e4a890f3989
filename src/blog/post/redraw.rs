use super::{Post, Result};
use crate::blog::Media;
use crate::db::Db;
use crate::text::markdown::{self, Outline, Rendered};
use rusqlite::{Connection, OptionalExtension, Transaction, named_params};

/// Counts the changes in what is made of a text. Whoever makes something else of it counts on, and every post is drawn
/// anew when the program starts.
const RENDERER: i64 = 3;

const OUTDATED: &str = "SELECT id, live_version, content FROM posts INDEXED BY posts_by_renderer
    WHERE published_at IS NOT NULL AND renderer < :renderer LIMIT 1";

/// A text that was drawn by an earlier version of the program.
struct Outdated {
    id: i64,
    live_version: Option<i64>,
    content: String,
}

impl Post {
    /// Keeps what is made of the text that readers see, and notes what is in it.
    pub(in crate::blog) fn draw(
        &self,
        tx: &Transaction<'_>,
        rendered: &Rendered,
        outline: &Outline,
    ) -> Result<()> {
        self.note_outline(tx, outline)?;
        draw(tx, self.id, rendered, outline)
    }

    /// Draws every post anew that an earlier version of the program drew, one by one beside all other work. Says how
    /// many there were.
    pub fn redraw_outdated(db: &Db) -> Result<usize> {
        let mut count = 0;
        while let Some((post, pictures)) = db.read(next)? {
            // It was within the limits when it was saved; should they be narrower now, it stays as it is.
            let rendered = markdown::render(&post.content, &pictures).ok();
            let outline = Outline::of(&post.content);
            db.write(|tx| post.redraw(tx, rendered.as_ref(), &outline))?;
            count += 1;
        }
        Ok(count)
    }
}

/// Keeps what is made of the text of a post.
pub fn draw(tx: &Transaction<'_>, id: i64, rendered: &Rendered, outline: &Outline) -> Result<()> {
    let headings =
        serde_json::to_string(&outline.headings).expect("headings are words and numbers");
    let sql = "UPDATE posts SET excerpt = :excerpt, html = :html, minutes = :minutes, headings = :headings,
                 renderer = :renderer
               WHERE id = :id";
    tx.prepare_cached(sql)?.execute(named_params! {
        ":id": id, ":excerpt": rendered.excerpt, ":html": rendered.html, ":minutes": outline.minutes as i64,
        ":headings": headings, ":renderer": RENDERER,
    })?;
    Ok(())
}

fn next(conn: &Connection) -> Result<Option<(Outdated, markdown::Pictures)>> {
    let mut statement = conn.prepare_cached(OUTDATED)?;
    let post = statement.query_row(named_params! { ":renderer": RENDERER }, |row| {
        Ok(Outdated {
            id: row.get("id")?,
            live_version: row.get("live_version")?,
            content: row.get("content")?,
        })
    });
    let Some(post) = post.optional()? else { return Ok(None) };
    let pictures = Media::pictures(conn, &post.content)?;
    Ok(Some((post, pictures)))
}

impl Outdated {
    /// Keeps the new drawing, unless the post has another text by now.
    fn redraw(
        &self,
        tx: &Transaction<'_>,
        new: Option<&Rendered>,
        outline: &Outline,
    ) -> Result<()> {
        let sql =
            "UPDATE posts SET renderer = :renderer WHERE id = :id AND live_version IS :version";
        let values =
            named_params! { ":id": self.id, ":version": self.live_version, ":renderer": RENDERER };
        match (tx.prepare_cached(sql)?.execute(values)?, new) {
            (0, _) | (_, None) => Ok(()),
            (_, Some(rendered)) => draw(tx, self.id, rendered, outline),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plan::{assert_searched, in_new_database};

    #[test]
    fn what_is_outdated_is_found_in_an_index() {
        in_new_database(|conn| assert_searched(conn, OUTDATED));
    }
}
