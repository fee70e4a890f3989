use super::languages;
use chrono::{DateTime, Datelike};
use chrono_tz::Tz;
use fluent_bundle::FluentArgs;
use rocket_dyn_templates::tera::{self, Value, from_value, to_value};
use std::collections::HashMap;

/// `seconds | date(zone=…, l=lang)`: a moment as people write it in a time zone, in the language of the page; with
/// `kind` `month`, `month-name` or `time`, a part of it or more. With `format`, the same in every language.
///
/// Tera's own panics on numbers that are no moment and has older zones.
pub fn date(value: &Value, args: &HashMap<String, Value>) -> tera::Result<Value> {
    let text = |name: &str| args.get(name).and_then(|arg| from_value::<String>(arg.clone()).ok());
    let zone: Tz = text("zone").and_then(|zone| zone.parse().ok()).unwrap_or(Tz::UTC);
    let moment = value.as_i64().and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    let moment = moment.ok_or_else(|| tera::Error::msg(format!("{value} is no moment")))?;
    let moment = moment.with_timezone(&zone);
    let language = text("l").unwrap_or_default();
    let written = match (text("format"), text("kind").as_deref()) {
        (Some(format), _) => moment.format(&format).to_string(),
        (None, Some("month-name")) => month(moment, &language),
        (None, kind) => in_words(moment, kind.unwrap_or("long"), &language)
            .ok_or_else(|| tera::Error::msg(format!("there is no kind {kind:?} of date")))?,
    };
    Ok(to_value(written)?)
}

/// The day of a moment as people write it in a language, and in digits; `None` where it is no moment.
pub fn day(seconds: i64, zone: Tz, language: &str) -> Option<[String; 2]> {
    let moment = DateTime::from_timestamp(seconds, 0)?.with_timezone(&zone);
    Some([in_words(moment, "long", language)?, moment.format("%Y-%m-%d").to_string()])
}

fn in_words(moment: DateTime<Tz>, kind: &str, language: &str) -> Option<String> {
    let mut parts = FluentArgs::new();
    parts.set("day", moment.day());
    parts.set("month", month(moment, language));
    parts.set("number", moment.month());
    parts.set("year", moment.year());
    parts.set("time", moment.format("%H:%M").to_string());
    languages::text(language, &format!("date-{kind}"), &parts)
}

fn month(moment: DateTime<Tz>, language: &str) -> String {
    languages::text(language, &format!("month-{}", moment.month()), &FluentArgs::new())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(args: &[(&str, &str)]) -> String {
        let args = args.iter().map(|(name, value)| ((*name).to_owned(), (*value).into())).collect();
        from_value(date(&1_767_222_000.into(), &args).unwrap()).unwrap()
    }

    #[test]
    fn a_date_is_written_as_in_the_language_and_in_the_zone() {
        assert_eq!(written(&[]), "31 December 2025");
        assert_eq!(written(&[("l", "de"), ("zone", "Europe/Berlin")]), "1. Januar 2026");
        assert_eq!(written(&[("l", "zh")]), "2025年12月31日");
        assert_eq!(written(&[("l", "es"), ("kind", "month")]), "diciembre de 2025");
        assert_eq!(written(&[("l", "fr"), ("kind", "month-name")]), "décembre");
        assert_eq!(written(&[("kind", "time")]), "31 December 2025, 23:00");
        assert_eq!(written(&[("format", "%Y"), ("l", "ar")]), "2025");
    }
}
