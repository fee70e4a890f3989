use super::Series;
use crate::blog::post::{Manuscript, Version};
use crate::blog::{Error, Problem, Result, Word, found, taken};
use rusqlite::{Connection, Transaction, named_params};
use serde::Serialize;

/// A post of a series as those see it who put the series in order.
#[derive(Debug, Serialize)]
pub struct Member {
    #[serde(skip)]
    id: i64,
    /// See [`crate::blog::Post::uuid`].
    pub uuid: String,
    /// What it is called.
    pub title: String,
    #[serde(skip)]
    place: Option<i64>,
    /// Whether everybody finds it by now.
    pub is_listed: bool,
}

/// A series, and how many posts it has.
#[derive(Debug, Serialize)]
pub struct Counted {
    #[serde(flatten)]
    series: Series,
    posts: i64,
}

/// Which way a part goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Towards the beginning.
    Up,
    /// Towards the end.
    Down,
}

impl Word for Step {
    const ALL: &'static [(Step, &'static str)] = &[(Step::Up, "up"), (Step::Down, "down")];
}

const COUNT: &str = "SELECT count(*) FROM posts INDEXED BY posts_of_series
    WHERE series_id = series.id AND deleted_at IS NULL";
const MEMBERS: &str =
    "SELECT id, uuid, title, series_position, coalesce(listed_at <= :now, FALSE) AS is_listed
    FROM posts WHERE series_id = :series AND deleted_at IS NULL
    ORDER BY series_position, published_at IS NULL, published_at, id";

impl Series {
    /// Every series with the number of its posts, the trash not counted, by name.
    pub fn with_counts(conn: &Connection) -> Result<Vec<Counted>> {
        let sql = format!("SELECT *, ({COUNT}) AS posts FROM series ORDER BY slug");
        let mut statement = conn.prepare_cached(&sql)?;
        let all = statement.query_map([], |row| {
            Ok(Counted { series: Series::from_row(row)?, posts: row.get("posts")? })
        })?;
        Ok(all.collect::<rusqlite::Result<_>>()?)
    }

    /// Everything in it but the trash, in its order.
    pub fn members(&self, conn: &Connection, now: i64) -> Result<Vec<Member>> {
        let mut statement = conn.prepare_cached(MEMBERS)?;
        let values = named_params! { ":series": self.id, ":now": now };
        let members = statement.query_map(values, |row| {
            Ok(Member {
                id: row.get("id")?,
                uuid: row.get("uuid")?,
                title: row.get("title")?,
                place: row.get("series_position")?,
                is_listed: row.get("is_listed")?,
            })
        })?;
        Ok(members.collect::<rusqlite::Result<_>>()?)
    }

    /// Lets a part and its neighbour change places; the first goes no further up, the last no further down.
    pub fn shift(&self, tx: &Transaction<'_>, uuid: &str, step: Step, now: i64) -> Result<()> {
        let mut members = self.members(tx, now)?;
        let at = members.iter().position(|member| member.uuid == uuid).ok_or(Error::NotFound)?;
        let other = match step {
            Step::Up => at.saturating_sub(1),
            Step::Down => (at + 1).min(members.len() - 1),
        };
        members.swap(at, other);
        let moved = members.iter().zip(1..).filter(|(member, place)| member.place != Some(*place));
        for (member, place) in moved {
            let sql = "UPDATE posts SET series_position = :place WHERE id = :id";
            tx.prepare_cached(sql)?.execute(named_params! { ":place": place, ":id": member.id })?;
            Version::amend(tx, "posts.id = :id", &[(":id", &member.id)], |text| {
                let named = self.is_named(&text.series);
                named.then_some(Manuscript { series_position: Some(place), ..text })
            })?;
        }
        Ok(())
    }

    /// Gives the series another name, and the texts of its posts with it. Its old address leads to the new one.
    pub fn rename(&self, tx: &Transaction<'_>, name: &str) -> Result<Series> {
        let wish = Series::parse(name).map_err(|problem| Problem { field: "name", ..problem })?;
        let wish = wish.ok_or_else(|| Problem::new("name", "A series needs a name."))?;
        let sql = "UPDATE series SET name = :name, slug = :slug WHERE id = :id RETURNING *";
        let values =
            named_params! { ":name": wish.name, ":slug": wish.slug.as_str(), ":id": self.id };
        let message = || format!("There is a series “{}” already.", wish.name);
        let renamed = tx
            .query_row(sql, values, Series::from_row)
            .map_err(|error| taken(error, Problem::new("name", message())))?;
        if renamed.slug != self.slug {
            let sql = "DELETE FROM series_redirects WHERE slug = :new";
            tx.execute(sql, named_params! { ":new": renamed.slug })?;
            let sql = "INSERT INTO series_redirects (slug, series_id) VALUES (:old, :id)";
            tx.execute(sql, named_params! { ":old": self.slug, ":id": self.id })?;
        }
        self.amend_texts(tx, |text| Manuscript { series: renamed.name.clone(), ..text })?;
        Ok(renamed)
    }

    /// Removes the series; its posts stay.
    pub fn delete(&self, tx: &Transaction<'_>) -> Result<()> {
        self.amend_texts(tx, |text| Manuscript {
            series: String::new(),
            series_position: None,
            ..text
        })?;
        let sql = "UPDATE posts SET series_position = NULL WHERE series_id = :id";
        tx.execute(sql, named_params! { ":id": self.id })?;
        found(tx.execute("DELETE FROM series WHERE id = :id", named_params! { ":id": self.id })?)
    }

    /// Changes every working copy that names the series: it says what readers see, and what is deleted stays away.
    fn amend_texts(
        &self,
        tx: &Transaction<'_>,
        change: impl Fn(Manuscript) -> Manuscript,
    ) -> Result<()> {
        Version::amend(tx, "TRUE", &[], |text| self.is_named(&text.series).then(|| change(text)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plan::{assert_searched, in_new_database};

    #[test]
    fn the_members_of_a_series_are_looked_up_in_an_index() {
        in_new_database(|conn| {
            assert_searched(conn, MEMBERS);
            assert_searched(conn, &COUNT.replace("series.id", "1"));
        });
    }
}
