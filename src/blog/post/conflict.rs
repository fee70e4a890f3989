use super::version::Version;
use super::{Aside, Manuscript, Post};
use crate::blog::{Error, Result, found};
use crate::text::{Merge, merge_value};
use rusqlite::{Connection, Transaction, named_params};

/// Two texts that were made from the same one.
pub struct Conflict {
    /// The text that stands beside the working copy.
    pub mine: Version,
    /// The working copy.
    pub theirs: Version,
    /// What both were made from, if it is still known.
    pub base: Option<Version>,
}

impl Conflict {
    /// The conflict about the text that was put aside under `number`.
    pub fn about(conn: &Connection, post: &Post, number: i64) -> Result<Conflict> {
        let mine = Version::at(conn, post, number)?;
        if mine.aside.is_none() {
            return Err(Error::NotFound);
        }
        let base = match Version::at(conn, post, mine.base) {
            Err(Error::NotFound) => None,
            found => Some(found?),
        };
        Ok(Conflict { mine, theirs: Version::working_copy(conn, post)?, base })
    }
}

/// How the two can come together.
pub struct Proposal {
    /// The text with what both changed.
    pub manuscript: Manuscript,
    /// In how many places both changed the same words, so that both stand there; `None` where nobody knows what the two
    /// were made from, and the proposal is mine as it is.
    pub tangles: Option<usize>,
}

impl Conflict {
    /// How the two can come together.
    pub fn proposal(&self) -> Proposal {
        let (mine, theirs) = (&self.mine.manuscript, &self.theirs.manuscript);
        let Some(base) = self.base.as_ref().map(|base| &base.manuscript) else {
            return Proposal { manuscript: mine.clone(), tangles: None };
        };
        let merged = Merge::of(&base.content, &mine.content, &theirs.content);
        let (content, tangles) = match merged {
            Merge::Clean(text) => (text, 0),
            Merge::Tangled(text, tangles) => (text, tangles),
        };
        Proposal {
            manuscript: Manuscript { content, ..mine.over(base, theirs) },
            tangles: Some(tangles),
        }
    }
}

impl Manuscript {
    /// The fields besides the text: theirs where they alone were changed.
    fn over(&self, base: &Manuscript, theirs: &Manuscript) -> Manuscript {
        fn pick<T: PartialEq + Clone>(base: &T, mine: &T, theirs: &T) -> T {
            merge_value(base, mine, theirs).unwrap_or(mine).clone()
        }
        Manuscript {
            title: pick(&base.title, &self.title, &theirs.title),
            content: self.content.clone(),
            slug: pick(&base.slug, &self.slug, &theirs.slug),
            summary: pick(&base.summary, &self.summary, &theirs.summary),
            tags: pick(&base.tags, &self.tags, &theirs.tags),
            publish_at: pick(&base.publish_at, &self.publish_at, &theirs.publish_at),
            visibility: pick(&base.visibility, &self.visibility, &theirs.visibility),
            kind: pick(&base.kind, &self.kind, &theirs.kind),
            series: pick(&base.series, &self.series, &theirs.series),
            series_position: pick(
                &base.series_position,
                &self.series_position,
                &theirs.series_position,
            ),
            menu: pick(&base.menu, &self.menu, &theirs.menu),
            pinned: pick(&base.pinned, &self.pinned, &theirs.pinned),
            language: pick(&base.language, &self.language, &theirs.language),
        }
    }
}

impl Post {
    /// Says that somebody has looked at the text that was put aside under `number`; it stays in the history.
    pub fn settle(&self, tx: &Transaction<'_>, number: i64) -> Result<()> {
        let sql = "UPDATE versions SET aside = 'settled'
                   WHERE post_id = :post AND number = :number AND aside IS NOT NULL";
        found(tx.execute(sql, named_params! { ":post": self.id, ":number": number })?)
    }

    /// The numbers of the texts that wait beside the working copy.
    pub fn open_asides(&self, conn: &Connection) -> Result<Vec<i64>> {
        let sql =
            "SELECT number FROM versions WHERE post_id = :post AND aside = 'open' ORDER BY number";
        let mut statement = conn.prepare_cached(sql)?;
        let numbers = statement.query_map(named_params! { ":post": self.id }, |row| row.get(0))?;
        Ok(numbers.collect::<rusqlite::Result<_>>()?)
    }
}

impl Version {
    /// Whether it stands beside the working copy and waits for somebody to look at it.
    pub fn is_open(&self) -> bool {
        self.aside == Some(Aside::Open)
    }
}
