use super::Error;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// What a database holds, told by the SHA-256 of each table and of the schema, so that two can be compared.
#[derive(Debug, PartialEq, Eq)]
pub struct Digests(BTreeMap<String, [u8; 32]>);

/// What SQLite keeps for itself is not content, and a virtual table keeps its own in others.
const TABLES: &str = "SELECT name FROM sqlite_schema
    WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND sql NOT LIKE 'CREATE VIRTUAL%'";
const SCHEMA: &str = "SELECT type, name, tbl_name, sql FROM sqlite_schema
    WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name";

impl Digests {
    /// Reads everything that `conn` sees.
    pub fn of(conn: &Connection) -> Result<Digests, Error> {
        let mut statement = conn.prepare(TABLES)?;
        let tables = statement.query_map([], |row| row.get(0))?;
        let mut digests = BTreeMap::from([("the schema".to_owned(), rows(conn, SCHEMA)?)]);
        for table in tables.collect::<rusqlite::Result<Vec<String>>>()? {
            // In the order of the table itself, which a copy has, too.
            let sql = format!("SELECT * FROM \"{table}\" NOT INDEXED");
            let digest = rows(conn, &sql)?;
            digests.insert(table, digest);
        }
        Ok(Digests(digests))
    }

    /// What is not the same in both, leaving out the tables in `except`.
    pub fn difference<'a>(&'a self, other: &'a Digests, except: &[&str]) -> Option<&'a str> {
        let names = self.0.keys().chain(other.0.keys()).map(String::as_str);
        names
            .filter(|name| !except.contains(name))
            .find(|name| self.0.get(*name) != other.0.get(*name))
    }

    /// All of it as one: 64 hexadecimal digits.
    pub fn whole(&self) -> String {
        let mut all = Sha256::new();
        for (name, digest) in &self.0 {
            all.update(name.as_bytes());
            all.update(digest);
        }
        all.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

fn rows(conn: &Connection, sql: &str) -> Result<[u8; 32], Error> {
    let mut statement = conn.prepare(sql)?;
    let columns = statement.column_count();
    let mut rows = statement.query([])?;
    let mut digest = Sha256::new();
    while let Some(row) = rows.next()? {
        take_in(&mut digest, row, columns)?;
    }
    Ok(digest.finalize().into())
}

/// Each value with its kind and its length, so that no two rows look the same that are not.
fn take_in(digest: &mut Sha256, row: &Row<'_>, columns: usize) -> rusqlite::Result<()> {
    for column in 0..columns {
        match row.get_ref(column)? {
            ValueRef::Null => digest.update(b"n"),
            ValueRef::Integer(number) => {
                digest.update(b"i");
                digest.update(number.to_le_bytes());
            }
            ValueRef::Real(number) => {
                digest.update(b"r");
                digest.update(number.to_le_bytes());
            }
            ValueRef::Text(bytes) => take_in_bytes(digest, b"t", bytes),
            ValueRef::Blob(bytes) => take_in_bytes(digest, b"b", bytes),
        }
    }
    Ok(())
}

fn take_in_bytes(digest: &mut Sha256, kind: &[u8], bytes: &[u8]) {
    digest.update(kind);
    digest.update((bytes.len() as u64).to_le_bytes());
    digest.update(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(sql: &str) -> Digests {
        let conn = Connection::open_in_memory().unwrap();
        conn.execute_batch(sql).unwrap();
        Digests::of(&conn).unwrap()
    }

    #[test]
    fn whatever_is_different_is_told_by_its_table() {
        let one = of("CREATE TABLE a (x, y); CREATE TABLE b (x); INSERT INTO a VALUES (1, 'one')");
        for other in [
            "CREATE TABLE a (x, y); CREATE TABLE b (x); INSERT INTO a VALUES ('1', 'one')",
            "CREATE TABLE a (x, y); CREATE TABLE b (x); INSERT INTO a VALUES (1, x'6f6e65')",
            "CREATE TABLE a (x, y); CREATE TABLE b (x); INSERT INTO a VALUES (1, NULL)",
            "CREATE TABLE a (x, y); CREATE TABLE b (x)",
        ] {
            assert_eq!(one.difference(&of(other), &[]), Some("a"), "{other}");
            assert_eq!(one.difference(&of(other), &["a"]), None, "{other}");
            assert_ne!(one.whole(), of(other).whole(), "{other}");
        }
        let same = "CREATE TABLE b (x); CREATE TABLE a (x, y); INSERT INTO a VALUES (1, 'one')";
        assert_eq!(one, of(same));
        assert_eq!(one.difference(&of("CREATE TABLE a (x, y)"), &["a", "the schema"]), Some("b"));
    }

    #[test]
    fn values_that_run_into_each_other_are_told_apart() {
        let row =
            |values: &str| of(&format!("CREATE TABLE a (x, y); INSERT INTO a VALUES ({values})"));
        assert_ne!(row("'ab', 'c'"), row("'a', 'bc'"));
    }
}
