//! Reads a header in each language that one is written in.

use std::fmt;

use serde_json::{Map, Number, Value};
use serde_saphyr::Options;
use serde_saphyr::options::{DuplicateKeyPolicy, NonFiniteFloatPolicy};

use super::front_matter::Problem;

/// A language that headers are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Between `---` or unusual fences.
    Yaml,
    /// Between `+++`.
    Toml,
    /// Without fences, from `{` to `}`.
    Json,
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Yaml => "YAML",
            Self::Toml => "TOML",
            Self::Json => "JSON",
        })
    }
}

impl Language {
    /// Reads the block between two fences, which begins on the second line of its file.
    pub fn parse(self, block: &str) -> Result<Map<String, Value>, Problem> {
        match self {
            Self::Yaml => yaml(block),
            Self::Toml => toml(block),
            Self::Json => json(block).map(|(keys, _)| keys),
        }
    }

    fn problem(self, line: usize, reason: &str) -> Problem {
        let words: Vec<_> = reason.trim_end_matches('.').split_whitespace().collect();
        Problem::Syntax { language: self, line, reason: words.join(" ") }
    }
}

fn yaml(block: &str) -> Result<Map<String, Value>, Problem> {
    serde_saphyr::from_str_with_options(block, yaml_options()).map_err(|error| {
        let line = error.location().map_or(0, |location| location.line());
        let line = usize::try_from(line).unwrap_or_default() + 1;
        let message = error.to_string();
        let reason = match message.starts_with("budget breached") {
            true => "it holds too much, is too deep or repeats itself too often",
            false => without_place(&message),
        };
        Language::Yaml.problem(line, reason)
    })
}

/// The libraries end their messages with a place, which counts from the start of the block.
fn without_place(message: &str) -> &str {
    message.split(" at line ").next().unwrap_or(message)
}

/// Reads words as the words they are, keeps the last of two equal keys as Jekyll does, and stops early at aliases
/// that multiply.
fn yaml_options() -> Options {
    serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_nodes: 10_000,
            max_aliases: 1_000,
            max_total_scalar_bytes: 4 << 20,
        },
        duplicate_keys: DuplicateKeyPolicy::LastWins,
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        non_finite_float_policy: NonFiniteFloatPolicy::AsString,
        with_snippet: false,
    }
}

fn toml(block: &str) -> Result<Map<String, Value>, Problem> {
    let table: toml::Table = toml::from_str(block).map_err(|error| {
        let start = error.span().map_or(0, |span| span.start);
        let before = block.get(..start).unwrap_or(block);
        Language::Toml.problem(before.matches('\n').count() + 2, error.message())
    })?;
    Ok(table.into_iter().map(|(key, value)| (key, from_toml(value))).collect())
}

/// The same value in JSON, which has no dates: they become the text they were written as.
fn from_toml(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => text.into(),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => {
            Number::from_f64(number).map_or_else(|| number.to_string().into(), Value::Number)
        }
        toml::Value::Boolean(flag) => flag.into(),
        toml::Value::Datetime(date) => date.to_string().into(),
        toml::Value::Array(items) => items.into_iter().map(from_toml).collect(),
        toml::Value::Table(table) => {
            table.into_iter().map(|(key, value)| (key, from_toml(value))).collect()
        }
    }
}

/// Reads the JSON object that `text` opens with, and returns what follows its line.
pub fn json(text: &str) -> Result<(Map<String, Value>, &str), Problem> {
    let mut objects = serde_json::Deserializer::from_str(text).into_iter::<Map<String, Value>>();
    let keys = objects
        .next()
        .unwrap_or_else(|| Ok(Map::new()))
        .map_err(|error| Language::Json.problem(error.line(), without_place(&error.to_string())))?;
    let rest = text.get(objects.byte_offset()..).unwrap_or_default();
    match rest.split_once('\n') {
        Some((end, body)) if end.trim().is_empty() => Ok((keys, body)),
        _ => Ok((keys, rest.trim_start())),
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use serde_json::json;

    use super::*;

    fn parsed(language: Language, block: &str) -> Value {
        Value::Object(language.parse(block).unwrap())
    }

    #[test]
    fn the_dates_of_toml_become_text() {
        let block =
            "a = 2019-09-25\nb = 2019-09-25 10:30:00Z\n[extra]\nc = [2019-09-25T10:30:00]\n";
        let expected = json!({
            "a": "2019-09-25",
            "b": "2019-09-25T10:30:00Z",
            "extra": {"c": ["2019-09-25T10:30:00"]},
        });
        assert_eq!(parsed(Language::Toml, block), expected);
    }

    #[test]
    fn yaml_leaves_words_alone() {
        let block = "a: yes\nb: true\nc: 007\nd: 2019-09-25\ne: 1\ne: 2\nf:\n";
        let expected =
            json!({"a": "yes", "b": true, "c": "007", "d": "2019-09-25", "e": 2, "f": null});
        assert_eq!(parsed(Language::Yaml, block), expected);
    }

    #[test]
    fn aliases_that_multiply_are_stopped() {
        let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for level in 1..10 {
            let aliases = vec![format!("*a{}", level - 1); 9].join(", ");
            writeln!(bomb, "a{level}: &a{level} [{aliases}]").unwrap();
        }
        let problem = Language::Yaml.parse(&bomb).unwrap_err().to_string();
        assert!(problem.ends_with("repeats itself too often."), "{problem}");
    }

    #[test]
    fn deep_nesting_is_stopped() {
        for language in [Language::Yaml, Language::Toml, Language::Json] {
            assert!(language.parse(&format!("a = {}", "[".repeat(100_000))).is_err());
            assert!(language.parse(&format!("{{\"a\": {}", "[".repeat(100_000))).is_err());
        }
    }
}
