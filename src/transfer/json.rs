//! Reads JSON of any length a value at a time.

use super::Error;
use super::utf8::Utf8;
use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::cell::Cell;
use std::fmt;
use std::io::{self, BufReader, Read};
use std::rc::Rc;

/// The most bytes of one value that is asked for, or of what stands between two.
const LARGEST: u64 = 16 * 1024 * 1024;

/// What is to be done with what stands at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Look into it.
    Into,
    /// Give it; of a list, each of its values by itself.
    Give,
    /// Leave it.
    Skip,
}

/// The names that lead to a value; a value in a list goes by `*`.
pub type Place<'p> = &'p [String];

/// Reads JSON; `step` says what is wanted, and `each` is given that.
///
/// # Errors
/// It is no JSON, or a value is too large, or what `each` says.
pub fn stream(
    from: impl Read,
    step: &dyn Fn(Place<'_>) -> Step,
    each: &mut dyn FnMut(Place<'_>, Value) -> Result<(), Error>,
) -> Result<(), Error> {
    let unreadable =
        |error: &dyn fmt::Display| Error::Refused(format!("this JSON cannot be read: {error}"));
    let room = Rc::new(Cell::new(LARGEST));
    let text = Utf8::new(from, usize::MAX).map_err(|error| unreadable(&error))?;
    let bounded = Bounded { from: BufReader::new(text), room: room.clone() };
    let mut json = serde_json::Deserializer::from_reader(bounded);
    let mut walk = Walk { place: Vec::new(), step, each, room, failed: None };
    let done = walk.seed(Step::Into).deserialize(&mut json).and_then(|()| json.end());
    match walk.failed {
        Some(error) => Err(error),
        None => done.map_err(|error| match (error.line(), error.column()) {
            (1, ..=2) if error.is_syntax() => Error::Refused(
                "this is no JSON, as exports of Ghost and WriteFreely are".to_owned(),
            ),
            _ => unreadable(&error),
        }),
    }
}

/// Fails where one value has no end.
struct Bounded<R> {
    from: R,
    room: Rc<Cell<u64>>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(buffer)?;
        let left = self.room.get().checked_sub(read as u64);
        let too_large = || {
            io::Error::other(format!("a single value is larger than {} MB", LARGEST / 1_000_000))
        };
        self.room.set(left.ok_or_else(too_large)?);
        Ok(read)
    }
}

/// The way through the text.
struct Walk<'a> {
    place: Vec<String>,
    step: &'a dyn Fn(Place<'_>) -> Step,
    each: &'a mut dyn FnMut(Place<'_>, Value) -> Result<(), Error>,
    room: Rc<Cell<u64>>,
    failed: Option<Error>,
}

impl<'a> Walk<'a> {
    fn seed(&mut self, step: Step) -> Seed<'_, 'a> {
        Seed { walk: self, step, is_in_list: false }
    }

    fn give<E: de::Error>(&mut self, value: Value) -> Result<(), E> {
        self.room.set(LARGEST);
        (self.each)(&self.place, value).map_err(|error| {
            self.failed = Some(error);
            E::custom("it was refused")
        })
    }
}

/// What is to be done with the value that comes next.
struct Seed<'w, 'a> {
    walk: &'w mut Walk<'a>,
    step: Step,
    is_in_list: bool,
}

impl<'de> DeserializeSeed<'de> for Seed<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        match self.step {
            Step::Skip => IgnoredAny::visit(json, self.walk),
            Step::Into => json.deserialize_any(self),
            Step::Give if self.is_in_list => {
                let value = de::Deserialize::deserialize(json)?;
                self.walk.give(value)
            }
            Step::Give => json.deserialize_any(self),
        }
    }
}

/// Leaves a value, however long it is.
trait Ignored {
    fn visit<'de, D: Deserializer<'de>>(json: D, walk: &Walk<'_>) -> Result<(), D::Error>;
}

impl Ignored for IgnoredAny {
    fn visit<'de, D: Deserializer<'de>>(json: D, walk: &Walk<'_>) -> Result<(), D::Error> {
        // Nothing of it is kept.
        walk.room.set(u64::MAX);
        json.deserialize_ignored_any(IgnoredAny)?;
        walk.room.set(LARGEST);
        Ok(())
    }
}

impl<'de> Visitor<'de> for Seed<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or a list")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        if self.step == Step::Give {
            let value = de::Deserialize::deserialize(de::value::MapAccessDeserializer::new(map))?;
            return self.walk.give(value);
        }
        while let Some(key) = map.next_key::<String>()? {
            self.walk.place.push(key);
            let step = (self.walk.step)(&self.walk.place);
            map.next_value_seed(self.walk.seed(step))?;
            self.walk.place.pop();
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        self.walk.place.push("*".to_owned());
        while list
            .next_element_seed(Seed { walk: self.walk, step: self.step, is_in_list: true })?
            .is_some()
        {}
        self.walk.place.pop();
        Ok(())
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<(), E> {
        self.scalar(Value::from(text))
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<(), E> {
        self.scalar(Value::from(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<(), E> {
        self.scalar(Value::from(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<(), E> {
        self.scalar(Value::from(value))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<(), E> {
        self.scalar(Value::from(value))
    }

    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        self.scalar(Value::Null)
    }
}

impl Seed<'_, '_> {
    fn scalar<E: de::Error>(self, value: Value) -> Result<(), E> {
        match self.step {
            Step::Give => self.walk.give(value),
            Step::Into | Step::Skip => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn streamed(json: &str) -> Result<Vec<String>, String> {
        let mut seen = Vec::new();
        let step = |place: Place<'_>| match place.last().map(String::as_str) {
            Some("a") => Step::Give,
            Some("b" | "*") => Step::Into,
            _ => Step::Skip,
        };
        let mut each = |place: Place<'_>, value: Value| {
            seen.push(format!("{} {value}", place.join(".")));
            Ok(())
        };
        stream(json.as_bytes(), &step, &mut each).map_err(|error| error.to_string())?;
        Ok(seen)
    }

    #[test]
    fn what_is_wanted_is_given_wherever_it_stands() {
        let json = r#"{"a": 1, "b": [{"a": [{"x": 2}, "y"], "c": {"a": 3}}], "a": {"z": []}, "b": 5, "c": null}"#;
        assert_eq!(
            streamed(json).unwrap(),
            ["a 1", "b.*.a.* {\"x\":2}", "b.*.a.* \"y\"", "a {\"z\":[]}"]
        );
    }

    #[test]
    fn what_is_no_json_is_refused_and_what_nests_without_end_too() {
        for json in [
            "",
            "{",
            "{\"a\": [1, 2",
            "{\"a\": 1} x",
            &"[".repeat(100_000),
            &"{\"b\":".repeat(100_000),
        ] {
            assert!(
                streamed(json).unwrap_err().starts_with("this JSON cannot be read"),
                "{:.9}",
                json
            );
        }
        for text in ["<rss>", "no export", "Dear diary"] {
            assert!(streamed(text).unwrap_err().starts_with("this is no JSON"), "{text}");
        }
    }

    #[test]
    fn a_value_without_end_is_refused_unless_nobody_wants_it() {
        let long = "x".repeat(17 * 1024 * 1024);
        assert!(streamed(&format!("{{\"a\": \"{long}\"}}")).unwrap_err().contains("larger"));
        assert_eq!(streamed(&format!("{{\"c\": \"{long}\", \"a\": 1}}")).unwrap(), ["a 1"]);
    }
}
