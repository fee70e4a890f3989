//! All the posts by year and month.

use super::Result;
use chrono::{DateTime, Datelike, NaiveDate, TimeZone};
use chrono_tz::Tz;
use rusqlite::{Connection, named_params};
use serde::Serialize;
use std::ops::Range;

/// A year in which posts came out.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Year {
    /// Its number.
    pub year: i32,
    /// How many posts came out in it.
    pub posts: usize,
    /// Its months with posts, the latest first.
    pub months: Vec<Month>,
}

/// A month in which posts came out.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Month {
    /// 1 to 12.
    pub month: u32,
    /// How many posts came out in it.
    pub posts: usize,
    /// The moment at which the last of them did.
    pub last: i64,
}

/// Only what the index holds.
const TIMES: &str = "SELECT listed_at FROM posts INDEXED BY posts_listed
    WHERE listed_at IS NOT NULL AND listed_at <= :now ORDER BY listed_at DESC";

/// The years and months, in the time of `zone`, in which posts came out that everybody finds by `now`; the latest first.
pub fn archive(conn: &Connection, zone: Tz, now: i64) -> Result<Vec<Year>> {
    let mut years: Vec<Year> = Vec::new();
    let mut statement = conn.prepare_cached(TIMES)?;
    let mut rows = statement.query(named_params! { ":now": now })?;
    while let Some(row) = rows.next()? {
        count(&mut years, row.get("listed_at")?, zone);
    }
    Ok(years)
}

fn count(years: &mut Vec<Year>, at: i64, zone: Tz) {
    let Some(moment) = DateTime::from_timestamp(at, 0) else { return };
    let day = moment.with_timezone(&zone);
    if years.last().is_none_or(|last| last.year != day.year()) {
        years.push(Year { year: day.year(), posts: 0, months: Vec::new() });
    }
    let Some(year) = years.last_mut() else { return };
    year.posts += 1;
    match year.months.last_mut() {
        Some(month) if month.month == day.month() => month.posts += 1,
        _ => year.months.push(Month { month: day.month(), posts: 1, last: at }),
    }
}

/// The moments of a year, or of a month of it, in the time of `zone`; `None` for what is in no calendar.
pub fn period(year: i32, month: Option<u32>, zone: Tz) -> Option<Range<i64>> {
    let start = NaiveDate::from_ymd_opt(year, month.unwrap_or(1), 1)?;
    let end = match month {
        None | Some(12) => NaiveDate::from_ymd_opt(year + 1, 1, 1)?,
        Some(month) => NaiveDate::from_ymd_opt(year, month + 1, 1)?,
    };
    Some(first_moment(start, zone)?..first_moment(end, zone)?)
}

/// A day begins at midnight, or an hour later where the clocks go forward at midnight.
fn first_moment(day: NaiveDate, zone: Tz) -> Option<i64> {
    let moment = |hour| zone.from_local_datetime(&day.and_hms_opt(hour, 0, 0)?).earliest();
    moment(0).or_else(|| moment(1)).map(|moment| moment.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plan::{assert_in_order, in_new_database};

    #[test]
    fn the_archive_is_counted_in_an_index() {
        in_new_database(|conn| assert_in_order(conn, TIMES));
    }

    #[test]
    fn a_month_begins_and_ends_in_the_zone_of_the_site() {
        let berlin = chrono_tz::Europe::Berlin;
        // Midnight of 1 January 2026 in Berlin is an hour earlier than in Greenwich.
        assert_eq!(period(2026, Some(1), berlin), Some(1_767_222_000..1_769_900_400));
        assert_eq!(period(2025, None, berlin).unwrap().end, 1_767_222_000);
        assert_eq!(period(2025, Some(12), berlin).unwrap().end, 1_767_222_000);
        assert_eq!(period(2026, Some(13), berlin), None);
        assert_eq!(period(400_000, None, berlin), None);
    }

    #[test]
    fn posts_are_counted_by_the_clock_of_the_zone() {
        let mut years = Vec::new();
        for at in [1_767_222_000, 1_767_221_999, 1_764_543_600] {
            count(&mut years, at, chrono_tz::Europe::Berlin);
        }
        let months =
            |year: &Year| year.months.iter().map(|m| (m.month, m.posts)).collect::<Vec<_>>();
        assert_eq!((years[0].year, months(&years[0])), (2026, vec![(1, 1)]));
        assert_eq!((years[1].year, years[1].posts, months(&years[1])), (2025, 2, vec![(12, 2)]));
    }
}
