use serde::{Deserialize, Serialize};
use std::fmt;
use std::time::Duration;

/// A length of time as an operator writes it: `200 ms`, `10 s`, `5 min`, `1 h`; a number alone means seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Written")]
pub struct Span(Duration);

/// The two ways in which it may be written.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Seconds(u64),
    Text(String),
}

const UNITS: [(&str, u64); 4] = [("ms", 1), ("min", 60_000), ("h", 3_600_000), ("s", 1000)];

impl Span {
    /// So many seconds.
    pub const fn seconds(seconds: u64) -> Span {
        Span(Duration::from_secs(seconds))
    }

    /// The same for the clock.
    pub const fn duration(self) -> Duration {
        self.0
    }
}

impl TryFrom<Written> for Span {
    type Error = String;

    fn try_from(written: Written) -> Result<Span, String> {
        let text = match written {
            Written::Seconds(seconds) => return Ok(Span::seconds(seconds)),
            Written::Text(text) => text,
        };
        let read = |(unit, millis): (&str, u64)| {
            let number: u64 = text.trim().strip_suffix(unit)?.trim().parse().ok()?;
            number.checked_mul(millis).map(|millis| Span(Duration::from_millis(millis)))
        };
        let span = UNITS.into_iter().find_map(read);
        span.ok_or_else(|| format!("{text:?} is no length of time, as `10 s` or `5 min` is"))
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ms", self.0.as_millis())
    }
}

impl Serialize for Span {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(text: &str) -> Result<Span, String> {
        Span::try_from(Written::Text(text.to_owned()))
    }

    #[test]
    fn a_length_of_time_has_a_unit() {
        let millis = |text| span(text).unwrap().duration().as_millis();
        assert_eq!([millis("200 ms"), millis("10s"), millis("5 min")], [200, 10_000, 300_000]);
        assert_eq!(millis(" 2 h "), 7_200_000);
        assert!(span("soon").is_err() && span("-1 s").is_err() && span("10").is_err());
        assert!(span("99999999999999999999 h").is_err() && span("9999999999999999 h").is_err());
    }

    #[test]
    fn it_is_read_as_it_is_written() {
        let text = serde_json::to_string(&Span::seconds(90)).unwrap();
        assert_eq!(serde_json::from_str::<Span>(&text).unwrap(), Span::seconds(90));
        assert_eq!(serde_json::from_str::<Span>("7").unwrap(), Span::seconds(7));
    }
}
