use chrono::{DateTime, Datelike};
use serde::{Deserialize, Serialize};
use toml::Value;

/// A time, in seconds since 1970. It is written as TOML writes times, or as a number where the calendar of TOML ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Value", into = "Value")]
pub struct Moment(pub i64);

impl From<Moment> for Value {
    fn from(Moment(at): Moment) -> Value {
        let moment = DateTime::from_timestamp(at, 0).filter(|at| (1..=9999).contains(&at.year()));
        let written =
            moment.and_then(|at| at.format("%Y-%m-%dT%H:%M:%SZ").to_string().parse().ok());
        written.map_or(Value::Integer(at), Value::Datetime)
    }
}

impl TryFrom<Value> for Moment {
    type Error = String;

    fn try_from(value: Value) -> Result<Moment, String> {
        let read = match &value {
            Value::Integer(at) => Some(*at),
            Value::Datetime(written) => DateTime::parse_from_rfc3339(&written.to_string())
                .ok()
                .map(|moment| moment.timestamp()),
            _ => None,
        };
        read.map(Moment).ok_or_else(|| format!("{value} is no time with an offset"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_time_comes_back() {
        for at in [0, -1, 1_767_222_000, -62_135_596_801, 253_402_300_800, i64::MAX, i64::MIN] {
            assert_eq!(Moment::try_from(Value::from(Moment(at))), Ok(Moment(at)));
        }
        assert_eq!(Value::from(Moment(1_767_222_000)).to_string(), "2025-12-31T23:00:00Z");
    }
}
