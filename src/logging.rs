//! Lines of log on standard error, for people or for programs.

use crate::settings::LogFormat;
use chrono::{SecondsFormat, Utc};
use log::kv::{self, Key, Value, VisitSource};
use log::{Level, LevelFilter, Log, Metadata, Record};
use serde_json::{Map, json};
use std::io::{self, Write};

/// Starts logging. It must come before Rocket is made, which would bring a log of its own.
pub fn start(format: LogFormat) {
    let logger = Logger { format };
    if log::set_boxed_logger(Box::new(logger)).is_ok() {
        log::set_max_level(LevelFilter::Info);
    }
}

/// What Rocket tells of an ordinary visitor in our name: a HEAD request that it then answers through GET, an address
/// nobody uses, a stranger at a guarded door, a form that is no form.
const NOISE: [&str; 5] = [
    "No matching routes",
    "Request guard `",
    "Data guard `",
    "Parameter guard `",
    "Query string failed",
];

struct Logger {
    format: LogFormat,
}

impl Log for Logger {
    /// Rocket tells of every step of a request and of its own start; those lines are ours to write. What a parser has to
    /// say of somebody's HTML is no news either.
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        let target = metadata.target();
        let chatty =
            ["rocket", "_", "hyper", "html5ever"].iter().any(|name| target.starts_with(name));
        metadata.level() <= if chatty { Level::Error } else { Level::Info }
    }

    fn log(&self, record: &Record<'_>) {
        let message = record.args().to_string();
        let noise = NOISE.iter().any(|known| message.starts_with(known));
        if !self.enabled(record.metadata()) || noise {
            return;
        }
        match self.format {
            LogFormat::Text => line(&text(record)),
            LogFormat::Json => line(&data(record).to_string()),
        }
    }

    fn flush(&self) {}
}

/// Where nothing can be written, as on a full disk, the blog goes on without a log.
fn line(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

fn text(record: &Record<'_>) -> String {
    let time = Utc::now().to_rfc3339_opts(SecondsFormat::Millis, true);
    // A line stays a line whatever somebody put into a name or an address.
    let message: String =
        record.args().to_string().chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    format!("{time} {:5} {message}", record.level())
}

fn data(record: &Record<'_>) -> serde_json::Value {
    let mut fields = Fields(Map::new());
    fields.0.insert("time".into(), json!(Utc::now().to_rfc3339_opts(SecondsFormat::Millis, true)));
    fields.0.insert("level".into(), json!(record.level().as_str()));
    fields.0.insert("target".into(), json!(record.target()));
    fields.0.insert("message".into(), json!(record.args().to_string()));
    // Collecting into a map does not fail.
    let _ = record.key_values().visit(&mut fields);
    serde_json::Value::Object(fields.0)
}

struct Fields(Map<String, serde_json::Value>);

impl<'kvs> VisitSource<'kvs> for Fields {
    fn visit_pair(&mut self, key: Key<'kvs>, value: Value<'kvs>) -> Result<(), kv::Error> {
        let value = value.to_u64().map_or_else(|| json!(value.to_string()), |number| json!(number));
        self.0.insert(key.as_str().to_owned(), value);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_libraries_have_to_say_of_ordinary_things_is_no_line() {
        let logger = Logger { format: LogFormat::Text };
        let told = |target, level| {
            logger.enabled(&Metadata::builder().target(target).level(level).build())
        };
        assert!(told("monograph::edge::journal", Level::Info));
        assert!(told("html5ever::tree_builder", Level::Error));
        assert!(!told("html5ever::tree_builder", Level::Warn));
        assert!(!told("rocket::server", Level::Warn));
    }
}
