use super::{folded, has_no_spaces, is_word};

/// What somebody looks for, understood: whatever they typed, it is a question that the index can answer.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Query {
    wanted: Vec<Term>,
    unwanted: Vec<Term>,
}

/// Words that stand beside each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Term {
    /// Folded; of a script without spaces, a run of characters is one word here.
    pub(super) words: Vec<String>,
    /// Whether the last word may go on.
    pub(super) open: bool,
}

/// More words make no better question, only a slower one.
const MOST_TERMS: usize = 12;
const MOST_CHARACTERS: usize = 300;
/// The beginning of a word must have so many characters to stand for all words that begin so.
const SHORTEST_BEGINNING: usize = 2;

impl Query {
    /// Reads words, `"words beside each other"`, `begin*` and `-without`. The last word may be the beginning of one:
    /// perhaps it is still being typed.
    pub fn parse(text: &str) -> Query {
        let text: String = text.chars().take(MOST_CHARACTERS).collect();
        let mut query = Query::default();
        let mut rest = text.trim();
        while !rest.is_empty() && query.wanted.len() + query.unwanted.len() < MOST_TERMS {
            let (unwanted, start) = match rest.strip_prefix('-') {
                Some(start) => (true, start),
                None => (false, rest),
            };
            let (term, after) = Term::read(start);
            rest = after.trim_start();
            let list = if unwanted { &mut query.unwanted } else { &mut query.wanted };
            list.extend(term);
        }
        if let Some(last) = query.wanted.last_mut()
            && !text.trim_end().ends_with('"')
        {
            last.open |=
                last.words.last().is_some_and(|word| word.chars().count() > SHORTEST_BEGINNING);
        }
        query
    }

    /// Whether nothing is looked for.
    pub fn is_empty(&self) -> bool {
        self.wanted.is_empty()
    }

    /// The question in the words of SQLite's FTS5 (<https://sqlite.org/fts5.html>, chapter 3). Every word is quoted, so that
    /// none is taken for an operator.
    pub fn expression(&self) -> String {
        let join = |terms: &[Term], with| {
            terms.iter().map(Term::expression).collect::<Vec<_>>().join(with)
        };
        match self.unwanted.is_empty() {
            true => join(&self.wanted, " AND "),
            false => {
                format!("({}) NOT ({})", join(&self.wanted, " AND "), join(&self.unwanted, " OR "))
            }
        }
    }

    /// Everything that is looked for or excluded, one by one, in the same words.
    pub fn terms(&self) -> impl Iterator<Item = String> {
        self.wanted.iter().chain(&self.unwanted).map(Term::expression)
    }

    pub(super) fn words(&self) -> impl Iterator<Item = (&str, bool)> {
        self.wanted.iter().flat_map(|term| {
            let last = term.words.len() - 1;
            term.words
                .iter()
                .enumerate()
                .map(move |(n, word)| (word.as_str(), term.open && n == last))
        })
    }
}

impl Term {
    /// The term at the beginning of `text`, if there is a word in it, and what stands behind it.
    fn read(text: &str) -> (Option<Term>, &str) {
        if let Some(quoted) = text.strip_prefix('"') {
            let (inside, after) = quoted.split_once('"').unwrap_or((quoted, ""));
            let (after, starred) =
                after.strip_prefix('*').map_or((after, false), |after| (after, true));
            return (Term::of(inside, starred), after);
        }
        let end = text.find(|c: char| c.is_whitespace() || c == '"').unwrap_or(text.len());
        let (word, after) = text.split_at(end);
        (Term::of(word, word.ends_with('*')), after)
    }

    fn of(text: &str, starred: bool) -> Option<Term> {
        let folded: Vec<char> = text.chars().flat_map(folded).collect();
        let mut words: Vec<String> = Vec::new();
        let mut before = None;
        for c in folded {
            let kind = is_word(c).then(|| has_no_spaces(c));
            match (kind, words.last_mut()) {
                (None, _) => {}
                (Some(_), Some(word)) if kind == before => word.push(c),
                _ => words.push(c.to_string()),
            }
            before = kind;
        }
        let long = words.last()?.chars().count() >= SHORTEST_BEGINNING;
        Some(Term { words, open: starred && long })
    }

    fn expression(&self) -> String {
        let tokens: Vec<String> = self.words.iter().flat_map(|word| tokens(word)).collect();
        let lone = self.words.len() == 1
            && tokens.len() == 1
            && tokens[0].chars().count() == 1
            && tokens[0].chars().all(has_no_spaces);
        let open = if self.open && !self.ends_without_spaces() || lone { "*" } else { "" };
        format!("\"{}\"{open}", tokens.join(" "))
    }

    /// Of such a script every part of a text is a word by itself.
    fn ends_without_spaces(&self) -> bool {
        self.words.last().and_then(|word| word.chars().last()).is_some_and(has_no_spaces)
    }
}

/// A word as the index keeps it; see [`super::indexed`].
fn tokens(word: &str) -> Vec<String> {
    let characters: Vec<char> = word.chars().collect();
    match characters.first().is_some_and(|c| has_no_spaces(*c)) && characters.len() > 1 {
        true => characters.windows(2).map(|pair| pair.iter().collect()).collect(),
        false => vec![word.to_owned()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expression(text: &str) -> String {
        Query::parse(text).expression()
    }

    #[test]
    fn words_phrases_beginnings_and_what_is_not_wanted() {
        assert_eq!(expression("Été rain"), "\"ete\" AND \"rain\"*");
        assert_eq!(
            expression("\"grey sea\" sto* -fog"),
            "(\"grey sea\" AND \"sto\"*) NOT (\"fog\")"
        );
        assert_eq!(expression("don't"), "\"don t\"");
        assert_eq!(expression("a"), "\"a\"");
    }

    #[test]
    fn of_scripts_without_spaces_any_part_is_found() {
        assert_eq!(expression("海边的"), "\"海边 边的\"");
        assert_eq!(expression("海"), "\"海\"*");
        assert_eq!(expression("rust语言"), "\"rust 语言\"");
    }

    #[test]
    fn what_asks_for_nothing_is_empty() {
        for text in ["", " ", "\"", "\"\"", "-", "-fog", "*", "🎉", "\0", "(", "---\"-"] {
            assert!(Query::parse(text).is_empty(), "{text:?}");
        }
    }

    #[test]
    fn a_question_without_end_is_cut() {
        assert_eq!(Query::parse(&"word ".repeat(10_000)).wanted.len(), MOST_TERMS);
    }
}
