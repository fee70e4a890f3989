//! Whether readers may see something else than before.

use rusqlite::Connection;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// What readers see, as a number: another one whenever it may have changed.
pub struct Generation {
    /// How often what is kept has changed, by the count that triggers keep in the file.
    changes: AtomicU64,
    /// How often the time came at which the same file reads differently.
    turns: AtomicU64,
    /// The next such time, in seconds since 1970.
    turns_at: AtomicI64,
    /// Up to when it is known which times were such times.
    known_until: Mutex<i64>,
}

impl Generation {
    /// The one that `conn` shows.
    pub fn of(conn: &Connection) -> rusqlite::Result<Generation> {
        Ok(Generation {
            changes: changes(conn)?.into(),
            turns: 0.into(),
            turns_at: i64::MAX.into(),
            known_until: i64::MIN.into(),
        })
    }

    /// Its number by `now`. Both counts only grow, so no two generations have the same.
    pub fn number(&self, now: i64) -> u64 {
        let at = self.turns_at.load(Ordering::Acquire);
        let turn =
            |at| self.turns_at.compare_exchange(at, i64::MAX, Ordering::AcqRel, Ordering::Acquire);
        if at <= now && turn(at).is_ok() {
            self.turns.fetch_add(1, Ordering::AcqRel);
        }
        self.changes.load(Ordering::Acquire) + self.turns.load(Ordering::Acquire)
    }

    /// Takes in what the file counted.
    pub fn saw(&self, changes: u64) {
        self.changes.fetch_max(changes, Ordering::AcqRel);
    }

    /// Finds out when it turns next: `next` says which time after the one that it is given is the first.
    pub fn look_ahead<E>(
        &self,
        now: i64,
        next: impl FnOnce(i64) -> Result<Option<i64>, E>,
    ) -> Result<(), E> {
        let mut known_until = self.known_until.lock().unwrap_or_else(PoisonError::into_inner);
        // Asked from where the last look ended, so that no time passes between two looks.
        let at = next(*known_until)?.unwrap_or(i64::MAX);
        self.number(now);
        self.turns_at.store(at, Ordering::Release);
        self.number(now);
        *known_until = now;
        Ok(())
    }
}

/// How often what readers may see has changed.
pub fn changes(conn: &Connection) -> rusqlite::Result<u64> {
    let count = |row: &rusqlite::Row<'_>| row.get::<_, i64>("number");
    let number = conn.prepare_cached("SELECT number FROM generation")?.query_one([], count)?;
    Ok(number.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plan::in_new_database;

    /// What readers never see; every change of anything else is counted.
    const UNSEEN: [&str; 29] = [
        "checkups",
        // Kept for later.
        "comments",
        "covers",
        "invites",
        "media.created_at",
        "media.user_id",
        "media.words",
        "media_chunks",
        "media_sources",
        "post_links",
        "post_media",
        "posts.created_at",
        "posts.front_matter",
        "posts.pictures_without_words",
        "posts.renderer",
        "posts.source",
        "posts.source_digest",
        "posts.version",
        "recoveries",
        // What is pending is not in the search yet.
        "search_pending.INSERT",
        "search_pending.post_id",
        "secrets",
        "sessions",
        "shares",
        "steps",
        "users.created_at",
        "users.password_hash",
        "users.role",
        "versions",
    ];

    #[test]
    fn every_change_of_what_readers_see_is_counted() {
        in_new_database(|conn| {
            conn.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON")
                .unwrap();
            let mut uncounted: Vec<String> =
                tables(conn).iter().flat_map(|table| silent(conn, table)).collect();
            uncounted.sort();
            assert_eq!(uncounted, UNSEEN);
        });
    }

    fn tables(conn: &Connection) -> Vec<String> {
        let sql = "SELECT name FROM pragma_table_list
                   WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%' AND name <> 'generation'";
        names(conn, sql)
    }

    fn names(conn: &Connection, sql: &str) -> Vec<String> {
        let mut statement = conn.prepare(sql).unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    }

    /// Which changes of a table are not counted; its name alone where none is.
    fn silent(conn: &Connection, table: &str) -> Vec<String> {
        let columns = names(
            conn,
            &format!("SELECT name FROM pragma_table_xinfo('{table}') WHERE hidden = 0"),
        );
        let types = names(
            conn,
            &format!("SELECT type FROM pragma_table_xinfo('{table}') WHERE hidden = 0"),
        );
        let values: Vec<_> = types.iter().map(|of| value(of, 1)).collect();
        let insert =
            format!("INSERT INTO {table} ({}) VALUES ({})", columns.join(", "), values.join(", "));
        conn.execute(&format!("DELETE FROM {table}"), []).unwrap();
        let mut changes = vec![("INSERT".to_owned(), insert)];
        for (column, of) in columns.iter().zip(&types) {
            changes
                .push((column.clone(), format!("UPDATE {table} SET {column} = {}", value(of, 2))));
        }
        changes.push(("DELETE".to_owned(), format!("DELETE FROM {table}")));
        let count = changes.len();
        let silent: Vec<_> = changes
            .into_iter()
            .filter(|(_, sql)| {
                let before = super::changes(conn).unwrap();
                conn.execute(sql, []).unwrap_or_else(|error| panic!("{sql}: {error}"));
                super::changes(conn).unwrap() == before
            })
            .map(|(what, _)| format!("{table}.{what}"))
            .collect();
        if silent.len() == count { vec![table.to_owned()] } else { silent }
    }

    fn value(of: &str, n: u8) -> String {
        match of {
            "TEXT" => format!("'{n}'"),
            "BLOB" => format!("x'0{n}'"),
            _ => n.to_string(),
        }
    }

    #[test]
    fn it_turns_when_a_time_comes_and_once_only() {
        in_new_database(|conn| {
            let generation = Generation::of(conn).unwrap();
            let look = |now, times: &[i64]| {
                let next =
                    |after| Ok::<_, ()>(times.iter().copied().filter(|at| *at > after).min());
                generation.look_ahead(now, next).unwrap();
            };
            look(100, &[]);
            let before = generation.number(100);
            look(100, &[105, 107]);
            assert_eq!(generation.number(104), before);
            assert_eq!(generation.number(105), before + 1);
            assert_eq!(generation.number(105), before + 1);
            // Nobody asked while the second came.
            look(110, &[105, 107]);
            assert_eq!(generation.number(110), before + 2);
            look(111, &[105, 107]);
            assert_eq!(generation.number(111), before + 2);
        });
    }
}
