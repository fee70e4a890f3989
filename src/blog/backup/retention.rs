use chrono::{DateTime, Datelike};
use chrono_tz::Tz;
use std::collections::BTreeSet;

/// Of how many days, weeks and months a backup is kept: the last one of each.
const DAYS: usize = 7;
const WEEKS: usize = 4;
const MONTHS: usize = 12;

/// Which of the backups that were made at these moments may go. Days on which there was none do not count: a blog that
/// stood still for a year has as many backups as one that did not.
pub fn outlived(made_at: &[i64], zone: Tz) -> Vec<i64> {
    let mut latest_first = made_at.to_vec();
    latest_first.sort_by_key(|moment| std::cmp::Reverse(*moment));
    let day = |moment: DateTime<Tz>| (moment.year(), moment.ordinal());
    let week = |moment: DateTime<Tz>| (moment.iso_week().year(), moment.iso_week().week());
    let month = |moment: DateTime<Tz>| (moment.year(), moment.month());
    let kept: BTreeSet<i64> = [
        last_of_each(&latest_first, DAYS, zone, day),
        last_of_each(&latest_first, WEEKS, zone, week),
        last_of_each(&latest_first, MONTHS, zone, month),
    ]
    .concat()
    .into_iter()
    .collect();
    latest_first.into_iter().filter(|moment| !kept.contains(moment)).collect()
}

/// The last moment of each of the last `most` periods that have one.
fn last_of_each(
    latest_first: &[i64],
    most: usize,
    zone: Tz,
    period: impl Fn(DateTime<Tz>) -> (i32, u32),
) -> Vec<i64> {
    let mut found: Vec<((i32, u32), i64)> = Vec::new();
    for moment in latest_first {
        let period =
            period(DateTime::from_timestamp(*moment, 0).unwrap_or_default().with_timezone(&zone));
        if found.last().is_none_or(|(last, _)| *last != period) {
            found.push((period, *moment));
        }
    }
    found.into_iter().take(most).map(|(_, moment)| moment).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{Days, NaiveDate, TimeZone};

    const BERLIN: Tz = Tz::Europe__Berlin;

    fn at_three(date: NaiveDate) -> i64 {
        BERLIN.from_local_datetime(&date.and_hms_opt(3, 0, 0).unwrap()).unwrap().timestamp()
    }

    /// What is there after so many nights, when each night one is made and what may go goes.
    fn after(nights: u64) -> Vec<String> {
        let first = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap();
        let mut there: Vec<i64> = Vec::new();
        for night in 0..nights {
            there.push(at_three(first + Days::new(night)));
            let gone = outlived(&there, BERLIN);
            there.retain(|moment| !gone.contains(moment));
        }
        let date =
            |moment: &i64| BERLIN.timestamp_opt(*moment, 0).unwrap().date_naive().to_string();
        there.iter().map(date).collect()
    }

    #[test]
    fn after_two_years_there_are_seven_days_four_weeks_and_twelve_months() {
        // It ends on Wednesday, 31 December 2025.
        let expected = [
            "2025-01-31",
            "2025-02-28",
            "2025-03-31",
            "2025-04-30",
            "2025-05-31",
            "2025-06-30",
            "2025-07-31",
            "2025-08-31",
            "2025-09-30",
            "2025-10-31",
            "2025-11-30",
            "2025-12-14",
            "2025-12-21",
            "2025-12-25",
            "2025-12-26",
            "2025-12-27",
            "2025-12-28",
            "2025-12-29",
            "2025-12-30",
            "2025-12-31",
        ];
        assert_eq!(after(731), expected);
    }

    #[test]
    fn the_first_week_is_kept_whole() {
        assert_eq!(after(7).len(), 7);
        assert_eq!(after(8).first().unwrap(), "2024-01-02");
    }

    #[test]
    fn of_several_in_one_night_the_last_is_kept() {
        let night = at_three(NaiveDate::from_ymd_opt(2024, 5, 5).unwrap());
        assert_eq!(outlived(&[night, night + 60, night + 120], BERLIN), [night + 60, night]);
    }

    #[test]
    fn what_was_made_before_a_long_pause_stays() {
        let first = NaiveDate::from_ymd_opt(2020, 5, 5).unwrap();
        let moments: Vec<_> = (0..7).map(|n| at_three(first + Days::new(n * 400))).collect();
        assert!(outlived(&moments, BERLIN).is_empty());
        assert!(outlived(&[], BERLIN).is_empty());
    }
}
