//! Where a post stands among the others: as a page, in the menu, pinned, in a series.

use super::{Kind, Manuscript, Post};
use crate::blog::{Problem, Result, Series, User};
use rusqlite::{Transaction, named_params};

impl Manuscript {
    /// The largest number that a place in a series or in the menu has.
    pub const MOST_PLACES: i64 = 9999;

    /// What does not go together; for each field at most one thing.
    pub(super) fn misplaced(&self) -> Vec<Problem> {
        let is_page = self.kind == Kind::Page;
        let in_range = |place: Option<i64>| {
            place.is_none_or(|place| (1..=Manuscript::MOST_PLACES).contains(&place))
        };
        let series = Series::parse(&self.series).err().or_else(|| {
            let in_series = is_page && !self.series.is_empty();
            in_series.then(|| Problem::new("series", "A page cannot be part of a series."))
        });
        let checks = [
            (!in_range(self.series_position)).then(|| Problem::no_place("series_position")),
            match self.menu {
                Some(_) if !is_page => {
                    Some(Problem::new("menu", "Only a page can stand in the menu."))
                }
                place => (!in_range(place)).then(|| Problem::no_place("menu")),
            },
            (is_page && self.pinned)
                .then(|| Problem::new("pinned", "A page stands in no list, so it has no pin.")),
        ];
        series.into_iter().chain(checks.into_iter().flatten()).collect()
    }

    /// The same, but as far as it speaks for the whole site as in `before`, unless `by` may change that.
    pub(super) fn within_rights(&self, by: &User, before: &Manuscript) -> Manuscript {
        match by.edits_all() {
            true => self.clone(),
            false => Manuscript {
                kind: before.kind,
                menu: before.menu,
                pinned: before.pinned,
                ..self.clone()
            },
        }
    }

    /// Refuses what speaks for the whole site and is not as in `before`, unless `by` may change that.
    pub(super) fn check_rights(&self, by: &User, before: &Manuscript) -> Result<(), Problem> {
        let (field, message) = match self {
            _ if by.edits_all() => return Ok(()),
            _ if self.kind != before.kind => ("kind", "Only editors and owners make pages."),
            _ if self.menu != before.menu => ("menu", "Only editors and owners change the menu."),
            _ if self.pinned != before.pinned => ("pinned", "Only editors and owners pin posts."),
            _ => return Ok(()),
        };
        Err(Problem::new(field, message))
    }
}

impl Problem {
    /// What was entered is no number for a place.
    pub fn no_place(field: &'static str) -> Problem {
        Problem::new(field, format!("Please enter a number from 1 to {}.", Manuscript::MOST_PLACES))
    }
}

impl Post {
    /// The text with its place in its series: the one it asks for, else the one it has, else the next that is free.
    pub(super) fn in_series(
        &self,
        tx: &Transaction<'_>,
        manuscript: Manuscript,
    ) -> Result<Manuscript> {
        let Some(wish) = Series::parse(&manuscript.series)? else {
            return Ok(Manuscript { series_position: None, ..manuscript });
        };
        let series = Series::take(tx, &wish)?;
        let own = self.series_position.filter(|_| self.series_id == Some(series.id));
        let place = match manuscript.series_position.or(own) {
            Some(place) => place,
            None => series.next_place(tx)?,
        };
        Ok(Manuscript { series: series.name, series_position: Some(place), ..manuscript })
    }

    /// Gives the post the place among the others that its text asks for.
    pub(super) fn organise(&self, tx: &Transaction<'_>, manuscript: &Manuscript) -> Result<()> {
        let series = match Series::parse(&manuscript.series)? {
            Some(wish) => Some(Series::take(tx, &wish)?.id),
            None => None,
        };
        let sql = "UPDATE posts SET menu_position = :menu, pinned = :pinned, series_id = :series,
                     series_position = :place
                   WHERE id = :id";
        tx.prepare_cached(sql)?.execute(named_params! {
            ":id": self.id, ":menu": manuscript.menu, ":pinned": manuscript.pinned, ":series": series,
            ":place": manuscript.series_position,
        })?;
        Ok(())
    }
}
