//! Reads the dates that blogs write into headers and paths.

use chrono::{
    Datelike, FixedOffset, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone,
    Utc,
};
use chrono_tz::Tz;

/// The moment `value` names, in seconds since 1970. A time without an offset is meant in `zone`, and a day without a
/// time begins at midnight there.
pub fn parse(value: &str, zone: Tz) -> Option<i64> {
    let value = value.trim();
    if let Some(day) = spelled_out(value) {
        return local(day.and_time(NaiveTime::MIN), zone);
    }
    let (day, time) = value.split_once(['T', 't', ' ']).unwrap_or((value, ""));
    let day = numbered(day)?;
    let (clock, offset) = cut_offset(time.trim());
    let moment = day.and_time(if clock.is_empty() { NaiveTime::MIN } else { clock_time(clock)? });
    if offset.is_empty() { local(moment, zone) } else { at_offset(moment, offset) }
}

/// The midnight a path speaks of: `2019/09/25/title` or `2019-09-25-title.md`.
pub fn from_path(path: &str, zone: Tz) -> Option<i64> {
    let segments: Vec<_> = path.split('/').collect();
    let folders = segments.windows(3).find_map(|three| numbered(&three.join("-")));
    let day = folders.or_else(|| segments.iter().rev().find_map(|segment| cut_day(segment).0))?;
    local(day.and_time(NaiveTime::MIN), zone)
}

/// Cuts the day off the front of `2019-09-25-title`.
pub fn cut_day(name: &str) -> (Option<NaiveDate>, &str) {
    let cut = name.split_at_checked(10).and_then(|(day, rest)| {
        let title = rest.trim_start_matches(['-', '_', ' ']);
        let apart = title.len() < rest.len() || rest.is_empty() || rest.starts_with('.');
        numbered(day).filter(|_| apart).map(|day| (Some(day), title))
    });
    cut.unwrap_or((None, name))
}

/// `2019-09-25`, `2019-9-25` or `2019/09/25`.
fn numbered(day: &str) -> Option<NaiveDate> {
    let mut parts = day.split(['-', '/']);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if parts.next().is_some() || year.len() != 4 || ![year, month, day].into_iter().all(digits) {
        return None;
    }
    let date = NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
    (date.year() > 0).then_some(date)
}

/// `Jan 2, 2006`, as Mataroa writes it.
fn spelled_out(day: &str) -> Option<NaiveDate> {
    let date = NaiveDate::parse_from_str(day, "%b %d, %Y").ok()?;
    (1..=9999).contains(&date.year()).then_some(date)
}

/// `10:30:00+02:00` into `10:30:00` and `+02:00`. A name after a numeric offset says nothing new.
fn cut_offset(time: &str) -> (&str, &str) {
    let start =
        time.find(|c: char| c == '+' || c == '-' || c.is_alphabetic()).unwrap_or(time.len());
    let (clock, offset) = time.split_at(start);
    (clock.trim_end(), offset.split_whitespace().next().unwrap_or_default())
}

fn clock_time(clock: &str) -> Option<NaiveTime> {
    let formats = ["%H:%M:%S%.f", "%H:%M"];
    formats.iter().find_map(|format| NaiveTime::parse_from_str(clock, format).ok())
}

fn at_offset(moment: NaiveDateTime, offset: &str) -> Option<i64> {
    let offset = match offset {
        "Z" | "z" | "UTC" | "GMT" => FixedOffset::east_opt(0)?,
        _ => numeric_offset(offset)?,
    };
    seconds(&offset.from_local_datetime(&moment).single()?)
}

/// `+02:00`, `+0200` or `+02`.
fn numeric_offset(offset: &str) -> Option<FixedOffset> {
    let sign = if offset.starts_with('-') { -1 } else { 1 };
    let digits = offset.strip_prefix(['+', '-'])?.replacen(':', "", 1);
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes) = match digits.len() {
        2 => (digits.as_str(), "0"),
        4 => digits.split_at(2),
        _ => return None,
    };
    let minutes: i32 = hours.parse::<i32>().ok()? * 60 + minutes.parse::<i32>().ok()?;
    FixedOffset::east_opt(sign * minutes * 60)
}

/// A clock that is turned back shows this time twice: the first counts. One that is turned forward never shows it:
/// then it is read as if the clock had not been touched.
fn local(moment: NaiveDateTime, zone: Tz) -> Option<i64> {
    match zone.from_local_datetime(&moment) {
        LocalResult::Single(time) | LocalResult::Ambiguous(time, _) => seconds(&time),
        LocalResult::None => {
            // The longest gaps are those of islands that crossed the date line and lost a day.
            let day_before = moment.checked_sub_signed(TimeDelta::days(1))?;
            let time = zone.from_local_datetime(&day_before).earliest()?;
            seconds(&time.checked_add_signed(TimeDelta::days(1))?)
        }
    }
}

fn seconds<Z: TimeZone>(time: &chrono::DateTime<Z>) -> Option<i64> {
    let year = time.with_timezone(&Utc).year();
    (1..=9999).contains(&year).then(|| time.timestamp())
}

#[cfg(test)]
mod tests {
    use chrono_tz::{America, Europe, Pacific};

    use super::*;

    const NOON: i64 = 1_569_405_600; // 2019-09-25 10:00 UTC, noon in Berlin

    #[test]
    fn one_moment_is_read_in_every_form() {
        for value in [
            "2019-09-25T10:00:00Z",
            "2019-09-25t10:00:00.250z",
            "2019-09-25T12:00:00+02:00",
            "2019-09-25 12:00:00 +0200",
            "2019-09-25 12:00:00 +0200 CEST",
            "2019-09-25 12:00+02",
            "2019-09-25 10:00:00 UTC",
            "2019-09-25T05:30:00-04:30",
            "2019-09-25T12:00:00",
            "2019-09-25 12:00:00",
            "2019-09-25T12:00",
            "2019/09/25 12:00",
            " 2019-9-25 12:00 ",
        ] {
            assert_eq!(parse(value, Europe::Berlin), Some(NOON), "{value}");
        }
    }

    #[test]
    fn a_day_begins_at_midnight_in_the_zone() {
        for value in ["2019-09-25", "Sep 25, 2019"] {
            assert_eq!(parse(value, Europe::Berlin), Some(NOON - 12 * 3600), "{value}");
            assert_eq!(parse(value, Tz::UTC), Some(NOON - 10 * 3600), "{value}");
        }
    }

    #[test]
    fn a_time_the_clock_shows_twice_is_the_first_one() {
        let first = parse("2019-10-27T02:30:00+02:00", Tz::UTC);
        assert_eq!(parse("2019-10-27 02:30", Europe::Berlin), first);
    }

    #[test]
    fn a_time_the_clock_skips_is_read_as_if_it_had_not() {
        let summer = parse("2019-03-31T03:30:00+02:00", Tz::UTC);
        assert_eq!(parse("2019-03-31 02:30", Europe::Berlin), summer);
        assert_eq!(parse("2011-12-30", Pacific::Apia), parse("2011-12-31", Pacific::Apia));
        assert!(parse("2018-11-04", America::Sao_Paulo).is_some());
    }

    #[test]
    fn nonsense_is_refused() {
        for value in [
            "",
            "soon",
            "2019",
            "2019-09",
            "2019-13-01",
            "2019-02-29",
            "19-09-25",
            "0000-01-01",
            "-2019-01-01",
            "12019-01-01",
            "0001-01-01T00:00:00+02:00",
            "9999-12-31T23:00:00-02:00",
            "2019-09-25T25:00",
            "2019-09-25T12:00+99:99",
            "2019-09-25T12:00 CEST",
            "2019-09-25 ü",
            "Sep 25, 12019",
        ] {
            assert_eq!(parse(value, Tz::UTC), None, "{value}");
        }
    }

    #[test]
    fn a_path_tells_its_day() {
        let day = parse("2019-09-25", Tz::UTC);
        for path in [
            "inside-rust/2019/09/25/Welcome",
            "_posts/2019-09-25-welcome.md",
            "2019-09-25_welcome/index.md",
            "notes/2019-09-25.md",
        ] {
            assert_eq!(from_path(path, Tz::UTC), day, "{path}");
        }
        for path in
            ["welcome.md", "2019/09/welcome", "2019-09-25welcome.md", "2019/99/25/x", "ééééééé.md"]
        {
            assert_eq!(from_path(path, Tz::UTC), None, "{path}");
        }
    }
}
