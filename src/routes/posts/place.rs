//! Where a post stands among the others, as fields of a form say it.

use crate::blog::Problem;
use serde::Serializer;

/// The number in a field, if there is one; a field that is not sent leaves it as it was `before`.
pub fn read(
    name: &'static str,
    field: Option<&str>,
    before: Option<i64>,
) -> Result<Option<i64>, Problem> {
    match field.map(str::trim) {
        None => Ok(before),
        Some("") => Ok(None),
        Some(text) => text.parse().map(Some).map_err(|_| Problem::no_place(name)),
    }
}

/// A number as a field shows it.
pub fn shown(place: Option<i64>) -> String {
    place.map(|place| place.to_string()).unwrap_or_default()
}

/// What a checkbox says, with the empty field that goes before it; nothing where neither is sent.
pub fn is_ticked(values: &[String]) -> Option<bool> {
    values.last().map(|value| !["", "0", "false", "no", "off"].contains(&value.trim()))
}

/// A checkbox that says `yes`, or not.
pub fn ticked(yes: bool) -> Vec<String> {
    vec![if yes { "true" } else { "" }.to_owned()]
}

/// For a template: `true`, or nothing.
pub fn serialize<S: Serializer>(values: &[String], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(if is_ticked(values) == Some(true) { "true" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checkbox_is_ticked_by_what_comes_after_the_empty_field() {
        let sent = |values: &[&str]| {
            is_ticked(&values.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(sent(&[]), None);
        assert_eq!(sent(&[""]), Some(false));
        assert_eq!(sent(&["", "true"]), Some(true));
        assert_eq!(sent(&["", "on"]), Some(true));
        assert_eq!(sent(&["0"]), Some(false));
    }

    #[test]
    fn a_number_is_read_and_a_field_that_is_not_sent_changes_nothing() {
        assert_eq!(read("menu", None, Some(3)), Ok(Some(3)));
        assert_eq!(read("menu", Some(" "), Some(3)), Ok(None));
        assert_eq!(read("menu", Some(" 4 "), Some(3)), Ok(Some(4)));
        assert_eq!(read("menu", Some("x"), None).unwrap_err().field, "menu");
    }
}
