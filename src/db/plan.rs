//! How SQLite means to answer a question: for tests.

use super::Db;
use rusqlite::Connection;

/// Asks `question` of a new and empty database.
pub fn in_new_database(question: impl FnOnce(&Connection)) {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open(&folder.path().join("monograph.db")).unwrap();
    db.read(|conn| {
        question(conn);
        Ok::<_, super::Error>(())
    })
    .unwrap();
}

/// Stops the test if SQLite would read whole tables or indexes to answer `sql`.
#[track_caller]
pub fn assert_searched(conn: &Connection, sql: &str) {
    for step in steps(conn, sql) {
        // The few values in a row's JSON are no table.
        let is_small = step == "SCAN CONSTANT ROW" || step.starts_with("SCAN json_each ");
        assert!(!step.starts_with("SCAN") || is_small, "{step}: {sql}");
    }
}

/// The same, and if it would have to sort.
#[track_caller]
pub fn assert_in_order(conn: &Connection, sql: &str) {
    assert_searched(conn, sql);
    for step in steps(conn, sql) {
        assert!(!step.contains("TEMP B-TREE"), "{step}: {sql}");
    }
}

/// How SQLite would answer `sql`.
fn steps(conn: &Connection, sql: &str) -> Vec<String> {
    let mut statement = conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let details = statement.raw_query().mapped(|row| row.get("detail"));
    let steps: Vec<String> = details.map(|detail| detail.unwrap()).collect();
    assert!(!steps.is_empty(), "no plan for {sql}");
    steps
}
