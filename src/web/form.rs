use crate::blog::Problem;
use chrono::{DateTime, LocalResult, NaiveDateTime, TimeZone};
use chrono_tz::Tz;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;

/// What is wrong with a form: for each field one sentence.
#[derive(Debug, Default, Serialize)]
#[serde(transparent)]
pub struct Problems(BTreeMap<&'static str, String>);

impl Problems {
    /// Takes the value, or notes what is wrong with it.
    pub fn check<T>(&mut self, result: Result<T, Problem>) -> Option<T> {
        result.map_err(|problem| self.add(problem)).ok()
    }

    /// Notes a problem; the first with a field is the one to show.
    pub fn add(&mut self, problem: Problem) {
        self.0.entry(problem.field).or_insert(problem.message);
    }

    /// Whether all is well.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Every sentence, one after the other.
impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sentences: Vec<_> = self.0.values().map(String::as_str).collect();
        f.write_str(&sentences.join(" "))
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Problems {
        Problems::from_iter([problem])
    }
}

impl FromIterator<Problem> for Problems {
    fn from_iter<I: IntoIterator<Item = Problem>>(all: I) -> Problems {
        let mut problems = Problems::default();
        all.into_iter().for_each(|problem| problems.add(problem));
        problems
    }
}

/// How `<input type="datetime-local">` writes a moment, to the minute.
const LOCAL: &str = "%Y-%m-%dT%H:%M";

/// A moment as a form shows it in `zone`.
pub fn local_time(seconds: i64, zone: Tz) -> String {
    let moment = DateTime::from_timestamp(seconds, 0);
    moment.map(|moment| moment.with_timezone(&zone).format(LOCAL).to_string()).unwrap_or_default()
}

/// A moment as somebody entered it in `zone`. Of an hour that a clock shows twice the first is taken;
/// an hour that it leaves out begins when it goes on.
pub fn read_local_time(text: &str, zone: Tz) -> Result<i64, Problem> {
    let problem =
        || Problem::new("publish_at", "Please enter a date and time, as in 2026-01-31T18:30.");
    let text = text.trim();
    let entered = NaiveDateTime::parse_from_str(text, LOCAL)
        .or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S"))
        .map_err(|_| problem())?;
    if !(1..=9999).contains(&chrono::Datelike::year(&entered)) {
        return Err(problem());
    }
    let moment = match zone.from_local_datetime(&entered) {
        LocalResult::Single(moment) | LocalResult::Ambiguous(moment, _) => moment.timestamp(),
        LocalResult::None => {
            let hour = chrono::TimeDelta::hours(1);
            zone.from_local_datetime(&(entered + hour)).earliest().ok_or_else(problem)?.timestamp()
        }
    };
    Ok(moment)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BERLIN: Tz = Tz::Europe__Berlin;

    #[test]
    fn a_moment_is_read_as_it_is_shown() {
        let seconds = read_local_time("2026-07-01T12:30", BERLIN).unwrap();
        assert_eq!(seconds, 1_782_901_800);
        assert_eq!(local_time(seconds, BERLIN), "2026-07-01T12:30");
    }

    #[test]
    fn an_hour_that_clocks_leave_out_is_the_next_one() {
        let seconds = read_local_time("2026-03-29T02:30", BERLIN).unwrap();
        assert_eq!(local_time(seconds, BERLIN), "2026-03-29T03:30");
    }

    #[test]
    fn anything_else_is_a_problem_with_the_date() {
        for text in [
            "",
            "tomorrow",
            "2026-13-01T00:00",
            "2026-01-01",
            "2026-01-01T25:00",
            "é".repeat(9).as_str(),
        ] {
            assert_eq!(read_local_time(text, BERLIN).unwrap_err().field, "publish_at", "{text}");
        }
    }
}
