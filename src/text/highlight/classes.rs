//! What the scopes of a grammar mean to a reader.

use std::sync::LazyLock;

use syntect::parsing::{Scope, ScopeStack};

/// Every class that stands in highlighted code.
pub const CLASS_NAMES: [&str; 12] = [
    "tok-attribute",
    "tok-comment",
    "tok-constant",
    "tok-deleted",
    "tok-function",
    "tok-heading",
    "tok-inserted",
    "tok-keyword",
    "tok-number",
    "tok-string",
    "tok-tag",
    "tok-type",
];

/// The class of a word, if it has one.
pub type Class = Option<&'static str>;

/// The first match counts, so what is more particular stands higher.
const SCOPES: [(&str, Class); 32] = [
    ("meta.interpolation", None),
    ("meta.embedded", None),
    ("comment", Some("tok-comment")),
    ("punctuation.definition.comment", Some("tok-comment")),
    ("constant.character.escape", Some("tok-constant")),
    ("punctuation.definition.string", Some("tok-string")),
    ("string", Some("tok-string")),
    ("constant.numeric", Some("tok-number")),
    ("constant", Some("tok-constant")),
    ("entity.name.constant", Some("tok-constant")),
    ("support.constant", Some("tok-constant")),
    ("keyword.operator", None),
    ("keyword", Some("tok-keyword")),
    ("storage", Some("tok-keyword")),
    ("variable.language", Some("tok-keyword")),
    ("entity.name.function", Some("tok-function")),
    ("support.function", Some("tok-function")),
    ("support.macro", Some("tok-function")),
    ("variable.function", Some("tok-function")),
    ("entity.name.tag", Some("tok-tag")),
    ("entity.other.attribute-name", Some("tok-attribute")),
    ("support.type.property-name", Some("tok-attribute")),
    ("entity.name.section", Some("tok-heading")),
    ("markup.heading", Some("tok-heading")),
    ("markup.inserted", Some("tok-inserted")),
    ("markup.deleted", Some("tok-deleted")),
    ("entity.name.namespace", None),
    ("entity.name.label", None),
    ("entity.name", Some("tok-type")),
    ("entity.other.inherited-class", Some("tok-type")),
    ("support.class", Some("tok-type")),
    ("support.type", Some("tok-type")),
];

static CLASSES: LazyLock<Vec<(Scope, Class)>> = LazyLock::new(|| {
    let scope = |name| Scope::new(name).expect("a scope of fewer than nine words is valid");
    SCOPES.iter().map(|&(name, class)| (scope(name), class)).collect()
});

/// The class of the innermost scope that has one.
pub fn class_of(scopes: &ScopeStack) -> Class {
    let entry_of = |scope: &Scope| CLASSES.iter().find(|(known, _)| known.is_prefix_of(*scope));
    scopes.as_slice().iter().rev().find_map(entry_of).and_then(|(_, class)| *class)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_is_named() {
        for (scope, class) in SCOPES {
            assert!(class.is_none_or(|class| CLASS_NAMES.contains(&class)), "{scope}");
        }
    }
}
