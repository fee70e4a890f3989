use super::retention::outlived;
use super::{Folder, Name, Occasion, Verdicts, examine, failure};
use crate::blog::site::Backups;
use crate::blog::{Result, Site};
use crate::db::Db;
use chrono::{DateTime, Days, NaiveTime, TimeDelta, TimeZone};
use chrono_tz::Tz;

const THREE_O_CLOCK: NaiveTime = NaiveTime::from_hms_opt(3, 0, 0).expect("it is a time of day");

/// Makes the backup of the last night, if the owner wants one and it is not there; lets those go that later ones stand for,
/// and looks one of the others through. Says how many were made.
pub fn nightly(db: &Db, now: i64) -> Result<usize> {
    let site = db.read(Site::load)?;
    if site.backups == Backups::Off {
        return Ok(0);
    }
    let folder = Folder::beside(db.path());
    let made = make_if_due(&folder, site.timezone, now);
    let noted = match &made {
        Ok(0) => Ok(()),
        Ok(_) => db.write(failure::forget),
        Err(error) => db.write(|tx| failure::remember(tx, &error.to_string(), now)),
    };
    // On a full disk not even that can be written down; the log has both.
    if let Err(error) = noted {
        log::error!("what became of the backup could not be written down: {error}");
    }
    let made = made?;
    // Disks forget. Another one each night, so that none is left alone for long.
    if made > 0
        && let Some(kept) = db.read(Verdicts::given)?.next(folder.all()?, now)
    {
        examine(db, &kept, now)?;
    }
    Ok(made)
}

fn make_if_due(folder: &Folder, zone: Tz, now: i64) -> Result<usize> {
    if !is_due(&folder.nights()?, zone, now) {
        return Ok(0);
    }
    folder.add(Name { occasion: Occasion::Night, made_at: now })?;
    for made_at in outlived(&folder.nights()?, zone) {
        folder.find(Name { occasion: Occasion::Night, made_at })?.remove()?;
    }
    Ok(1)
}

/// Whether none was made since three o'clock, when most sleep. What seems to be made later than now tells of a wrong clock.
fn is_due(nights: &[i64], zone: Tz, now: i64) -> bool {
    let last = nights.iter().filter(|made_at| **made_at <= now).max();
    last.is_none_or(|last| *last < last_night(zone, now))
}

/// The last three o'clock that has been.
fn last_night(zone: Tz, now: i64) -> i64 {
    let moment = DateTime::from_timestamp(now, 0).unwrap_or_default().with_timezone(&zone);
    let today = moment.date_naive();
    let nights = [Some(today), today.checked_sub_days(Days::new(1))].into_iter().flatten();
    let mut moments = nights.map(|day| {
        let local = day.and_time(THREE_O_CLOCK);
        // Where clocks leave that hour out, the next one.
        let found = zone.from_local_datetime(&local).earliest();
        let found =
            found.or_else(|| zone.from_local_datetime(&(local + TimeDelta::hours(1))).earliest());
        found.map_or(now, |night| night.timestamp())
    });
    moments.find(|night| *night <= now).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BERLIN: Tz = Tz::Europe__Berlin;

    fn moment(text: &str) -> i64 {
        DateTime::parse_from_rfc3339(text).unwrap().timestamp()
    }

    #[test]
    fn the_night_is_that_of_the_site() {
        let night = moment("2026-01-10T03:00:00+01:00");
        for now in
            ["2026-01-10T03:00:00+01:00", "2026-01-10T23:59:00+01:00", "2026-01-11T02:59:59+01:00"]
        {
            assert_eq!(last_night(BERLIN, moment(now)), night, "{now}");
        }
        assert_eq!(
            last_night(BERLIN, moment("2026-07-10T12:00:00+02:00")),
            moment("2026-07-10T01:00:00Z")
        );
    }

    #[test]
    fn an_hour_that_clocks_leave_out_or_show_twice_is_a_night_all_the_same() {
        // In Greenland clocks went from 22:00 to 23:00; on Lord Howe Island from 2:00 to 2:30; nowhere is 3:00 left out now,
        // but in Chisinau it was until 2022, from 2:00 to 3:00 and back from 3:00.
        let chisinau = Tz::Europe__Chisinau;
        assert_eq!(
            last_night(chisinau, moment("2021-10-31T12:00:00+02:00")),
            moment("2021-10-31T01:00:00Z")
        );
        // Helsinki leaves 3:00 to 4:00 out.
        let helsinki = Tz::Europe__Helsinki;
        assert_eq!(
            last_night(helsinki, moment("2026-03-29T12:00:00+03:00")),
            moment("2026-03-29T01:00:00Z")
        );
        // And has it twice.
        assert_eq!(
            last_night(helsinki, moment("2026-10-25T12:00:00+02:00")),
            moment("2026-10-25T00:00:00Z")
        );
    }

    #[test]
    fn a_missed_night_is_made_up_for_and_none_is_made_twice() {
        let now = moment("2026-01-10T09:00:00Z");
        assert!(is_due(&[], BERLIN, now));
        assert!(is_due(&[moment("2026-01-09T03:00:00Z")], BERLIN, now));
        assert!(!is_due(&[moment("2026-01-10T02:00:10Z")], BERLIN, now));
        assert!(!is_due(&[now], BERLIN, now));
    }

    #[test]
    fn a_backup_from_the_future_stands_for_no_night() {
        let now = moment("2026-01-10T09:00:00Z");
        assert!(is_due(&[moment("2036-01-01T03:00:00Z")], BERLIN, now));
    }
}
