//! Saving: every text that is acknowledged stays to be found, whoever saves next.

use super::version::{Aside, Version};
use super::{Manuscript, Post};
use crate::blog::{Media, Result, User, Word};
use crate::text::Delta;
use rusqlite::{OptionalExtension, Transaction, named_params};

/// What a save was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// Whatever there is.
    Latest,
    /// The version that its author had before them.
    Seen(i64),
    /// An earlier version, to be the latest again.
    Restored(i64),
}

impl Basis {
    /// Whether somebody else has saved `head` since.
    pub(super) fn misses(self, head: &Version) -> bool {
        matches!(self, Basis::Seen(base) if base != head.number)
    }
}

/// Where a save has gone; the number is that of its version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// It is the working copy now.
    Working(i64),
    /// Somebody else had saved in the meantime: it stands beside the working copy.
    Aside(i64),
}

const LATEST_ASIDE: &str = "SELECT * FROM versions
    WHERE post_id = :post AND aside = 'open' AND base = :base AND user_id = :user ORDER BY number DESC LIMIT 1";
const LAST_NUMBER: &str = "SELECT coalesce(max(number), 0) FROM versions WHERE post_id = :post";

impl Post {
    /// A stretch of work in which saves count as one version, in seconds.
    pub const STRETCH: i64 = 10 * 60;
    /// How long each single save inside a stretch of work can be gone back to, in seconds.
    pub const STEPS_LAST: i64 = 30 * 24 * 60 * 60;

    /// Keeps a text as the working copy; what readers see stays as it is. It is kept of a post in the trash, too.
    pub fn keep(
        &self,
        tx: &Transaction<'_>,
        by: &User,
        basis: Basis,
        manuscript: &Manuscript,
        now: i64,
    ) -> Result<Kept> {
        manuscript.fits()?;
        let head = Version::working_copy(tx, self)?;
        let manuscript = manuscript.within_rights(by, &head.manuscript);
        let kept = self.record(tx, by, basis, &head, &manuscript, now)?;
        if let Kept::Working(_) = kept
            && self.published_at.is_none()
        {
            self.follow(tx, &manuscript, now)?;
        }
        Ok(kept)
    }

    /// Adds a text to the history, as the working copy after `head` or beside it.
    pub(super) fn record(
        &self,
        tx: &Transaction<'_>,
        by: &User,
        basis: Basis,
        head: &Version,
        manuscript: &Manuscript,
        now: i64,
    ) -> Result<Kept> {
        if head.manuscript == *manuscript {
            return Ok(Kept::Working(head.number));
        }
        match basis {
            Basis::Seen(base) if basis.misses(head) => {
                self.put_aside(tx, by, base, manuscript, now).map(Kept::Aside)
            }
            _ => self.put_on_top(tx, by, basis, head, manuscript, now).map(Kept::Working),
        }
    }

    fn put_on_top(
        &self,
        tx: &Transaction<'_>,
        by: &User,
        basis: Basis,
        head: &Version,
        manuscript: &Manuscript,
        now: i64,
    ) -> Result<i64> {
        let number = match basis {
            Basis::Restored(restored) => {
                let entry = Entry { base: head.number, restored: Some(restored), aside: None };
                self.add_version(tx, Some(by), &entry, manuscript, now)?
            }
            _ if head.is_continued_by(by, now) => {
                self.continue_version(tx, head, manuscript, now)?
            }
            _ => {
                let entry = Entry { base: head.number, restored: None, aside: None };
                self.add_version(tx, Some(by), &entry, manuscript, now)?
            }
        };
        let sql = "UPDATE posts SET version = :number WHERE id = :post";
        tx.prepare_cached(sql)?.execute(named_params! { ":number": number, ":post": self.id })?;
        Media::note_uses(tx, self.id, &[&manuscript.content, &self.content])?;
        Ok(number)
    }

    fn put_aside(
        &self,
        tx: &Transaction<'_>,
        by: &User,
        base: i64,
        manuscript: &Manuscript,
        now: i64,
    ) -> Result<i64> {
        let values = named_params! { ":post": self.id, ":base": base, ":user": by.id };
        let latest =
            tx.prepare_cached(LATEST_ASIDE)?.query_row(values, Version::from_row).optional()?;
        match latest {
            Some(aside) if aside.manuscript == *manuscript => Ok(aside.number),
            Some(aside) if aside.is_continued_by(by, now) => {
                self.continue_version(tx, &aside, manuscript, now)
            }
            _ => {
                let entry = Entry { base, restored: None, aside: Some(Aside::Open) };
                self.add_version(tx, Some(by), &entry, manuscript, now)
            }
        }
    }

    /// Puts the text in the place of `before`, from which a step leads back to what was there.
    fn continue_version(
        &self,
        tx: &Transaction<'_>,
        before: &Version,
        manuscript: &Manuscript,
        now: i64,
    ) -> Result<i64> {
        let number = self.next_number(tx)?;
        let delta = Delta::back(&manuscript.content, &before.manuscript.content);
        let sql = "INSERT INTO steps (post_id, number, version_id, saved_at, fields, kept_start, kept_end, middle)
                   VALUES (:post, :number, :version, :saved, :fields, :start, :end, :middle)";
        tx.prepare_cached(sql)?.execute(named_params! {
            ":post": self.id, ":number": before.number, ":version": before.id, ":saved": before.saved_at,
            ":fields": before.manuscript.fields(), ":start": delta.kept_start as i64, ":end": delta.kept_end as i64,
            ":middle": delta.middle,
        })?;
        let sql = "UPDATE versions SET number = :number, saved_at = :now, fields = :fields, content = :content
                   WHERE id = :id";
        tx.prepare_cached(sql)?.execute(named_params! {
            ":id": before.id, ":number": number, ":now": now, ":fields": manuscript.fields(),
            ":content": manuscript.content,
        })?;
        Ok(number)
    }

    pub(super) fn add_version(
        &self,
        tx: &Transaction<'_>,
        by: Option<&User>,
        entry: &Entry,
        manuscript: &Manuscript,
        now: i64,
    ) -> Result<i64> {
        let number = self.next_number(tx)?;
        let sql = "INSERT INTO versions (post_id, number, base, user_id, byline, begun_at, saved_at, restored, aside,
                     fields, content)
                   VALUES (:post, :number, :base, :user, :byline, :now, :now, :restored, :aside, :fields, :content)";
        tx.prepare_cached(sql)?.execute(named_params! {
            ":post": self.id, ":number": number, ":base": entry.base, ":user": by.map(|user| user.id),
            ":byline": by.map_or("", |user| &user.name), ":now": now, ":restored": entry.restored, ":aside": entry.aside.map(Word::word),
            ":fields": manuscript.fields(), ":content": manuscript.content,
        })?;
        Ok(number)
    }

    fn next_number(&self, tx: &Transaction<'_>) -> Result<i64> {
        let values = named_params! { ":post": self.id };
        let last: i64 = tx.prepare_cached(LAST_NUMBER)?.query_row(values, |row| row.get(0))?;
        Ok(last + 1)
    }

    /// Forgets the single saves of work that had ended long before `now`; the versions stay. Says how many.
    pub fn forget_steps(tx: &Transaction<'_>, now: i64) -> Result<usize> {
        let sql = "DELETE FROM steps WHERE version_id IN (
                     SELECT version_id FROM steps JOIN versions ON versions.id = version_id
                     WHERE steps.saved_at <= :before AND versions.saved_at <= :before)";
        Ok(tx.execute(sql, named_params! { ":before": now - Post::STEPS_LAST })?)
    }
}

/// How a new version came about.
pub(super) struct Entry {
    pub(super) base: i64,
    pub(super) restored: Option<i64>,
    pub(super) aside: Option<Aside>,
}

impl Entry {
    /// Out of nothing.
    pub(super) const FIRST: Entry = Entry { base: 0, restored: None, aside: None };
}

impl Version {
    /// Whether a save by `by` at `now` is still the same stretch of work. What readers saw stays as it is.
    fn is_continued_by(&self, by: &User, now: i64) -> bool {
        self.published_at.is_none()
            && self.user_id == Some(by.id)
            && (0..Post::STRETCH).contains(&(now - self.begun_at))
    }
}

impl Word for Aside {
    const ALL: &'static [(Aside, &'static str)] =
        &[(Aside::Open, "open"), (Aside::Settled, "settled")];
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plan::{assert_in_order, assert_searched, in_new_database};

    #[test]
    fn saving_takes_as_long_with_a_long_history() {
        in_new_database(|conn| {
            assert_in_order(conn, LATEST_ASIDE);
            assert_searched(conn, LAST_NUMBER);
        });
    }
}
