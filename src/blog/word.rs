use rusqlite::Row;
use rusqlite::types::Type;

/// A choice among few, each with the one word that the file, forms and the command line know it by.
pub trait Word: Copy + PartialEq + Sized + 'static {
    /// Every choice with its word.
    const ALL: &'static [(Self, &'static str)];

    /// The word for this choice.
    fn word(self) -> &'static str {
        let (_, word) =
            Self::ALL.iter().find(|(choice, _)| *choice == self).expect("every choice has a word");
        word
    }

    /// The choice that `text` is the word for.
    fn from_word(text: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, word)| *word == text).map(|(choice, _)| *choice)
    }

    /// Every word, for a sentence: `owner, editor or author`.
    fn words() -> String {
        let words: Vec<_> = Self::ALL.iter().map(|(_, word)| *word).collect();
        match words.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
            _ => words.concat(),
        }
    }

    /// The choice in a column of `row`.
    fn from_column(row: &Row<'_>, column: &str) -> rusqlite::Result<Self> {
        let text: String = row.get(column)?;
        Self::from_word(&text).ok_or_else(|| {
            let cause = format!("{column} is {text:?}");
            rusqlite::Error::FromSqlConversionFailure(0, Type::Text, cause.into())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blog::Role;

    #[test]
    fn every_word_names_its_choice() {
        assert_eq!(Role::from_word("editor"), Some(Role::Editor));
        assert_eq!(Role::Editor.word(), "editor");
        assert_eq!(Role::from_word("Editor"), None);
        assert_eq!(Role::words(), "owner, editor or author");
    }
}
