//! Makes what comes from elsewhere fit the limits that hold here, and says what was lost by it.

use super::idle;
use super::parcel::Parcel;
use crate::blog::post::{Draft, Kind, Manuscript};
use crate::blog::{Problem, Tag};
use crate::text::{Slug, plain_text, single_line};
use std::collections::HashSet;

/// How much of a text stands in for a title.
const STAND_IN: usize = 60;

impl Parcel {
    /// Cuts what is too long, and gives a title to what has none.
    pub(super) fn fit(&mut self) {
        self.fit_title();
        self.fit_summary();
        self.fit_tags();
        self.fit_place();
        self.notes.extend(idle::in_markdown(&self.manuscript.content));
    }

    fn fit_title(&mut self) {
        let title = single_line(&self.manuscript.title);
        let length = title.chars().count();
        self.manuscript.title = match () {
            () if title.is_empty() => {
                let stand_in = self.stand_in();
                self.notes.push(format!("it has no title; it got “{stand_in}”"));
                stand_in
            }
            () if length > Draft::MAX_TITLE => {
                self.notes.push(format!("its title has {length} characters; it was cut"));
                cut(&title, Draft::MAX_TITLE)
            }
            () => title,
        };
    }

    /// The first words of the text.
    fn stand_in(&self) -> String {
        let begin: String = self.manuscript.content.chars().take(2_000).collect();
        let words = single_line(&plain_text(&begin));
        let words = words.trim_matches(|c: char| !c.is_alphanumeric());
        match words.is_empty() {
            true => "Untitled".to_owned(),
            false => cut(words, STAND_IN),
        }
    }

    fn fit_summary(&mut self) {
        let summary = single_line(&self.manuscript.summary);
        let length = summary.chars().count();
        if length > Draft::MAX_SUMMARY {
            self.notes.push(format!("its summary has {length} characters; it was cut"));
        }
        self.manuscript.summary = cut(&summary, Draft::MAX_SUMMARY);
    }

    /// Keeps the tags that can be tags here, and no more than a post may have.
    fn fit_tags(&mut self) {
        let mut seen = HashSet::new();
        let (mut kept, mut odd, mut lost) = (Vec::new(), 0, 0);
        for name in &self.tags {
            match Tag::parse_all([cut(name, 50).as_str()]).ok().and_then(|mut tags| tags.pop()) {
                None => odd += 1,
                Some(tag) if !seen.insert(tag.slug.as_str().to_owned()) => {}
                Some(_) if kept.len() == Tag::MOST => lost += 1,
                Some(tag) => kept.push(tag),
            }
        }
        if odd > 0 {
            self.notes.push(format!("{odd} of its tags have no letter or digit and were left out"));
        }
        if lost > 0 {
            let most = Tag::MOST;
            self.notes.push(format!("it has more than {most} tags; {lost} were left out"));
        }
        let manuscript = std::mem::take(&mut self.manuscript);
        self.manuscript = manuscript.tagged(&kept);
    }

    fn fit_place(&mut self) {
        if self.manuscript.kind == Kind::Page {
            self.manuscript.pinned = false;
        }
        let range = 1..=Manuscript::MOST_PLACES;
        self.manuscript.menu = self.manuscript.menu.filter(|place| range.contains(place));
        if !self.manuscript.slug.is_empty() {
            match Slug::from_text(&self.manuscript.slug) {
                Some(slug) => self.manuscript.slug = slug.as_str().to_owned(),
                None => {
                    self.manuscript.slug.clear();
                    let note = "its address has no letter or digit; the title gave it another";
                    self.notes.push(note.to_owned());
                }
            }
        }
    }
}

/// Why nothing can be made of a text, in one go.
pub fn reasons(problems: Vec<Problem>) -> String {
    problems.into_iter().map(|problem| problem.message).collect::<Vec<_>>().join(" ")
}

/// As much of a text as has `most` characters, at the end of a word if it is cut.
fn cut(text: &str, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else { return text.to_owned() };
    let (room, _) = text.char_indices().nth(most - 1).unwrap_or_default();
    let begin = &text[..room];
    let word = begin.rfind(' ').filter(|at| *at > room / 2 && end < text.len());
    format!("{}…", begin[..word.unwrap_or(room)].trim_end())
}

#[cfg(test)]
mod tests {
    use super::super::parcel::Label;
    use super::*;

    fn parcel(title: &str, content: &str) -> Parcel {
        let label = Label { place: String::new(), source: String::new(), digest: [0; 32] };
        Parcel::new(label, title, content)
    }

    #[test]
    fn what_has_no_title_gets_its_first_words() {
        let mut untitled = parcel("", "<p>*One* two</p>\n\nthree");
        untitled.fit();
        assert_eq!(untitled.manuscript.title, "One* two three");
        assert_eq!(untitled.notes.len(), 1);
        let mut empty = parcel(" ", "");
        empty.fit();
        assert_eq!(empty.manuscript.title, "Untitled");
    }

    #[test]
    fn what_is_too_long_is_cut_and_told() {
        let mut long = parcel(&"word ".repeat(100), "x");
        long.manuscript.summary = "é".repeat(2000);
        long.tags = (0..100_000).map(|n| format!("tag {n}")).chain(["!!".to_owned()]).collect();
        long.fit();
        assert_eq!(long.manuscript.problems(), []);
        assert_eq!(long.notes.len(), 4, "{:?}", long.notes);
    }
}
