//! Hands out the values of a header one by one, so that what nobody asked for is left.

use serde_json::{Map, Value};

/// The keys of a header that have not been taken yet. Their case does not matter, as in Hugo.
pub struct Header(Map<String, Value>);

impl Header {
    /// A header from which nothing is taken.
    pub fn new(keys: Map<String, Value>) -> Self {
        Self(keys)
    }

    /// Takes the first of `names` whose value `read` understands. The others stay, unless they are empty.
    pub fn take<T>(&mut self, names: &[&str], read: impl Fn(&Value) -> Option<T>) -> Option<T> {
        names.iter().find_map(|name| {
            let key = self.0.keys().find(|key| key.eq_ignore_ascii_case(name))?.clone();
            let value = self.0.get(&key)?;
            let found = read(value);
            if found.is_some() || is_empty(value) {
                self.0.shift_remove(&key);
            }
            found
        })
    }

    /// Takes the values of all of `names`, joined.
    pub fn take_each(
        &mut self,
        names: &[&str],
        read: impl Fn(&Value) -> Option<Vec<String>>,
    ) -> Vec<String> {
        names.iter().filter_map(|name| self.take(&[name], &read)).flatten().collect()
    }

    /// Lends the table called `name` as a header of its own; what `take` leaves of it stays.
    pub fn within<T: Default>(&mut self, name: &str, take: impl FnOnce(&mut Header) -> T) -> T {
        let Some(Value::Object(table)) = self.0.get_mut(name) else { return T::default() };
        let mut inner = Header(std::mem::take(table));
        let taken = take(&mut inner);
        *table = inner.0;
        if table.is_empty() {
            self.0.shift_remove(name);
        }
        taken
    }

    /// Looks at a value without taking it.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// What is left.
    pub fn into_rest(self) -> Map<String, Value> {
        self.0
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

/// A single value as text, if there is any in it.
pub fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(_) | Value::Bool(_) => value.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// Yes or no, also spelled out.
pub fn flag(value: &Value) -> Option<bool> {
    match text(value)?.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" | "1" => Some(true),
        "false" | "no" | "off" | "0" => Some(false),
        _ => None,
    }
}

/// A list, or words separated by commas or else by spaces.
pub fn list(value: &Value) -> Option<Vec<String>> {
    let items: Vec<String> = match value {
        Value::Array(items) => items.iter().filter_map(text).collect(),
        _ => {
            let text = text(value)?;
            match text.contains(',') {
                true => trimmed(text.split(',')),
                false => trimmed(text.split_whitespace()),
            }
        }
    };
    (!items.is_empty()).then_some(items)
}

/// A list, or phrases separated by commas only.
pub fn phrases(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::Array(_) => list(value),
        _ => text(value).map(|text| trimmed(text.split(','))),
    }
}

/// The names of people: text, a table with a `name`, or a list of either.
pub fn people(value: &Value) -> Option<Vec<String>> {
    let names: Vec<String> = match value {
        Value::Array(items) => items.iter().filter_map(people).flatten().collect(),
        Value::Object(person) => person.get("name").and_then(text).into_iter().collect(),
        _ => text(value).into_iter().collect(),
    };
    (!names.is_empty()).then_some(names)
}

fn trimmed<'a>(parts: impl Iterator<Item = &'a str>) -> Vec<String> {
    parts.map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn header(value: Value) -> Header {
        Header(value.as_object().unwrap().clone())
    }

    #[test]
    fn what_is_taken_is_gone_and_the_rest_stays() {
        let mut header = header(
            json!({"Title": "A", "summary": " ", "description": "B", "excerpt": "C", "x": 1}),
        );
        assert_eq!(header.take(&["title"], text).unwrap(), "A");
        assert_eq!(header.take(&["summary", "description", "excerpt"], text).unwrap(), "B");
        assert_eq!(Value::Object(header.into_rest()), json!({"excerpt": "C", "x": 1}));
    }

    #[test]
    fn what_is_not_understood_stays() {
        let mut header = header(json!({"draft": "perhaps"}));
        assert_eq!(header.take(&["draft"], flag), None);
        assert_eq!(Value::Object(header.into_rest()), json!({"draft": "perhaps"}));
    }

    #[test]
    fn a_table_keeps_what_is_not_taken_from_it() {
        let mut header = header(json!({"taxonomies": {"tags": ["a"], "series": ["b"]}}));
        assert_eq!(header.within("taxonomies", |inner| inner.take_each(&["tags"], list)), ["a"]);
        assert_eq!(Value::Object(header.into_rest()), json!({"taxonomies": {"series": ["b"]}}));
    }

    #[test]
    fn lists_come_in_many_forms() {
        for value in [json!(["a", " b "]), json!("a, b"), json!("a b"), json!("a,b,")] {
            assert_eq!(list(&value).unwrap(), ["a", "b"], "{value}");
        }
        assert_eq!(list(&json!(null)), None);
        assert_eq!(list(&json!([2019, true])).unwrap(), ["2019", "true"]);
        assert_eq!(phrases(&json!("web design, b")).unwrap(), ["web design", "b"]);
    }

    #[test]
    fn people_have_names() {
        for value in
            [json!("Ada"), json!(["Ada"]), json!({"name": "Ada"}), json!([{"name": "Ada"}])]
        {
            assert_eq!(people(&value).unwrap(), ["Ada"], "{value}");
        }
    }
}
