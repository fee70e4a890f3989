//! Posts that belong together, in an order.

mod edit;
mod part;

pub use edit::{Counted, Member, Step};
pub use part::{Part, Placement};

use super::{Error, Problem, Result};
use crate::text::{Slug, single_line};
use rusqlite::{Connection, Row, Transaction, named_params};
use serde::Serialize;

/// A series that there is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Series {
    #[serde(skip)]
    pub(super) id: i64,
    /// What it is called.
    pub name: String,
    /// Where it lives under `/series/`.
    pub slug: String,
}

/// A name for a series, in order.
pub struct SeriesName {
    name: String,
    slug: Slug,
}

const AT: &str = "SELECT * FROM series
    WHERE slug = :slug OR id = (SELECT series_id FROM series_redirects WHERE slug = :slug)";
const LAST_PLACE: &str =
    "SELECT coalesce(max(series_position), 0) FROM posts WHERE series_id = :series";

impl Series {
    /// The most characters of a name.
    const MAX_NAME: usize = 100;

    /// Reads the name of a series; without any letter it is none.
    pub(super) fn parse(text: &str) -> Result<Option<SeriesName>, Problem> {
        let name = single_line(text);
        if name.chars().count() > Series::MAX_NAME {
            return Err(Problem::new("series", "The name of a series has at most 100 characters."));
        }
        match Slug::from_text(&name) {
            _ if name.is_empty() => Ok(None),
            Some(slug) => Ok(Some(SeriesName { name, slug })),
            None => Err(Problem::new("series", "The name of a series needs a letter or digit.")),
        }
    }

    /// The series with this slug, or that had it before.
    pub fn at(conn: &Connection, slug: &Slug) -> Result<Series> {
        let values = named_params! { ":slug": slug.as_str() };
        Ok(conn.prepare_cached(AT)?.query_row(values, Series::from_row)?)
    }

    /// Every series, by name.
    pub fn all(conn: &Connection) -> Result<Vec<Series>> {
        let mut statement = conn.prepare_cached("SELECT * FROM series ORDER BY slug")?;
        let all = statement.query_map([], Series::from_row)?;
        Ok(all.collect::<rusqlite::Result<_>>()?)
    }

    /// The series that goes by `wish` in any spelling, or did before it was renamed; a new one if there is none.
    pub(super) fn take(tx: &Transaction<'_>, wish: &SeriesName) -> Result<Series> {
        match Series::at(tx, &wish.slug) {
            Err(Error::NotFound) => {
                let sql = "INSERT INTO series (slug, name) VALUES (:slug, :name) RETURNING *";
                let values = named_params! { ":slug": wish.slug.as_str(), ":name": wish.name };
                Ok(tx.query_row(sql, values, Series::from_row)?)
            }
            found => found,
        }
    }

    /// The place after all others.
    pub(super) fn next_place(&self, conn: &Connection) -> Result<i64> {
        let values = named_params! { ":series": self.id };
        let last: i64 = conn.prepare_cached(LAST_PLACE)?.query_row(values, |row| row.get(0))?;
        Ok((last + 1).min(super::post::Manuscript::MOST_PLACES))
    }

    /// Whether `text` names this series.
    fn is_named(&self, text: &str) -> bool {
        Slug::from_text(text).is_some_and(|slug| slug.as_str() == self.slug)
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Series> {
        Ok(Series { id: row.get("id")?, name: row.get("name")?, slug: row.get("slug")? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plan::{assert_searched, in_new_database};

    #[test]
    fn a_series_is_looked_up_in_an_index() {
        in_new_database(|conn| {
            assert_searched(conn, AT);
            assert_searched(conn, LAST_PLACE);
        });
    }

    #[test]
    fn a_series_needs_a_name_that_can_be_an_address() {
        assert!(Series::parse("  ").unwrap().is_none());
        assert!(Series::parse("!!").is_err());
        assert!(Series::parse(&"x".repeat(101)).is_err());
        assert_eq!(Series::parse(" Über  uns ").unwrap().unwrap().slug.as_str(), "uber-uns");
    }
}
