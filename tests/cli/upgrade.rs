//! Files of earlier versions.

use crate::support::{Folder, ask};
use std::fs;
use std::path::Path;

/// A file of every schema that was ever released, and of the first.
fn fixtures() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let entries = fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = names.filter(|name| name.starts_with("schema-")).collect();
    names.sort();
    assert!(names.len() >= 2, "{names:?}");
    names
}

/// Everything that a schema says, without the layout of its text.
fn schema(folder: &Folder) -> Vec<String> {
    let sql = "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema
               WHERE name NOT LIKE 'sqlite_stat%' ORDER BY type, name";
    folder.ask(sql).iter().map(|row| row.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

/// The copy from before.
fn parachutes(folder: &Folder) -> Vec<String> {
    folder.names().into_iter().filter(|name| name.contains(".before-")).collect()
}

#[test]
fn every_earlier_file_gets_exactly_the_new_schema_and_keeps_what_it_holds() {
    let fresh = Folder::with_owner();
    for fixture in fixtures() {
        let folder = Folder::empty();
        folder.load_fixture(&fixture);
        let kept =
            "SELECT uuid, slug, title, content, html, version, published_at FROM posts ORDER BY id";
        let before = (folder.ask(kept), folder.ask("SELECT * FROM users"));
        let said = folder.run(&["upgrade"]).done();
        assert_eq!(schema(&folder), schema(&fresh), "{fixture}");
        assert_eq!((folder.ask(kept), folder.ask("SELECT * FROM users")), before, "{fixture}");
        assert!(folder.run(&["check"]).done().starts_with("monograph.db is sound"), "{fixture}");
        if said.contains("is up to date") {
            continue;
        }
        let parachutes = parachutes(&folder);
        assert_eq!(parachutes.len(), 1, "{fixture}: {:?}", folder.names());
        assert!(said.contains(&parachutes[0]), "{said}");
        assert_eq!(ask(&folder.path(&parachutes[0]), kept), before.0, "{fixture}");
        folder.run(&["check", &parachutes[0]]).done();
        assert!(folder.run(&["upgrade"]).done().contains("is up to date"), "{fixture}");
    }
}

#[test]
fn who_goes_back_and_tries_again_has_one_copy_from_before() {
    let folder = Folder::empty();
    folder.load_fixture("schema-0001.sql");
    folder.run(&["upgrade"]).done();
    let parachute = folder.path(&parachutes(&folder)[0]);
    fs::copy(&parachute, folder.path("monograph.db")).unwrap();
    assert_eq!(folder.ask("PRAGMA user_version"), ["1"]);
    folder.run(&["upgrade"]).done();
    assert_eq!(parachutes(&folder).len(), 1);
    // What was written in between is in a copy of its own.
    fs::copy(&parachute, folder.path("monograph.db")).unwrap();
    let conn = rusqlite::Connection::open(folder.path("monograph.db")).unwrap();
    conn.execute("UPDATE posts SET title = 'Later' WHERE id = 1", []).unwrap();
    drop(conn);
    folder.run(&["upgrade"]).done();
    assert_eq!(parachutes(&folder).len(), 2);
}

#[test]
fn an_early_file_is_served_at_once() {
    for fixture in fixtures() {
        let folder = Folder::empty();
        folder.load_fixture(&fixture);
        let blog = folder.serve();
        let slug = folder.ask("SELECT slug FROM posts WHERE title LIKE 'Été%'")[0].clone();
        let page = blog.visitor().get(&format!("/posts/{slug}"));
        assert!(page.status == 200 && page.text.contains("Words"), "{fixture}: {page:?}");
        assert_eq!(blog.visitor().get("/posts/draft").status, 404, "{fixture}");
        blog.stop().done_serving();
    }
}

#[test]
fn a_rehearsal_says_what_would_be_done_and_changes_nothing() {
    let folder = Folder::empty();
    folder.load_fixture("schema-0001.sql");
    folder.write("posts/hello.md", "# Hello\n\nWords.\n");
    let before = fs::read(folder.path("monograph.db")).unwrap();
    let said = folder.run(&["upgrade", "--dry-run"]).done();
    assert!(said.contains("from schema 1 to ") && said.contains("nothing was changed"), "{said}");
    folder.run(&["import", "markdown", "posts", "--dry-run"]).done();
    assert!(fs::read(folder.path("monograph.db")).unwrap() == before);
    assert_eq!(folder.names(), ["monograph.db", "posts"]);
}

/// A file of the first schema for which `sql` makes an upgrade impossible.
#[track_caller]
fn fails(sql: &str, hint: &str) {
    let folder = Folder::empty();
    folder.load_fixture("schema-0001.sql");
    rusqlite::Connection::open(folder.path("monograph.db")).unwrap().execute_batch(sql).unwrap();
    let before = fs::read(folder.path("monograph.db")).unwrap();
    for args in
        [&["upgrade"][..], &["upgrade", "--dry-run"], &["user", "list"], &["serve", "--port", "0"]]
    {
        let line = folder.run(args).failed();
        assert!(line.contains(hint), "{args:?}: {line}");
        assert!(fs::read(folder.path("monograph.db")).unwrap() == before, "{args:?}");
        assert_eq!(folder.names(), ["monograph.db"], "{args:?}");
    }
}

#[test]
fn what_a_change_of_schema_stumbles_over_leaves_the_file_as_it_was() {
    fails(
        "CREATE TABLE media (id INTEGER PRIMARY KEY) STRICT",
        ": table media already exists. It was left as it is",
    );
}

#[test]
fn without_room_for_the_copy_the_file_is_left_as_it_was() {
    let folder = Folder::empty();
    folder.load_fixture("schema-0001.sql");
    let before = fs::read(folder.path("monograph.db")).unwrap();
    let line = folder.run_with_files_of(100, &["upgrade"]).failed();
    assert!(line.contains("cannot write monograph.db.before-"), "{line}");
    assert!(fs::read(folder.path("monograph.db")).unwrap() == before);
    assert_eq!(folder.names(), ["monograph.db"]);
}

#[test]
fn a_file_that_is_not_whole_is_left_as_it_was() {
    let orphan = "PRAGMA foreign_keys = OFF; INSERT INTO redirects VALUES ('posts/nowhere', 4711)";
    fails(orphan, "is damaged: a row of redirects needs one of posts");
}

#[test]
fn rows_that_would_be_lost_stop_it() {
    // Stands for a mistake in a change of schema.
    let mistake = "CREATE TRIGGER mistake AFTER UPDATE OF live_version ON posts BEGIN DELETE FROM tags; END;
        CREATE TRIGGER later AFTER INSERT ON settings WHEN new.key = 'written_by' BEGIN DELETE FROM tags; END;
        DELETE FROM post_tags";
    fails(mistake, "of 2 rows of tags it would keep 0");
}

#[test]
fn a_file_from_later_names_the_version_that_can_open_it() {
    let folder = Folder::with_owner();
    let later = rusqlite::Connection::open(folder.path("monograph.db")).unwrap();
    let sql =
        "PRAGMA user_version = 999; UPDATE settings SET value = '7.8.9' WHERE key = 'written_by'";
    later.execute_batch(sql).unwrap();
    later.close().unwrap();
    let before = fs::read(folder.path("monograph.db")).unwrap();
    for args in [
        &["upgrade"][..],
        &["upgrade", "--dry-run"],
        &["check"],
        &["backup"],
        &["serve", "--port", "0"],
    ] {
        let line = folder.run(args).failed();
        assert!(
            line.contains("schema 999") && line.contains("Run Monograph 7.8.9 or later"),
            "{args:?}: {line}"
        );
        assert!(fs::read(folder.path("monograph.db")).unwrap() == before, "{args:?}");
    }
    assert_eq!(folder.names(), ["monograph.db"]);
}

#[test]
fn there_is_nothing_to_bring_up_to_date_where_there_is_no_file() {
    let folder = Folder::empty();
    assert!(folder.run(&["upgrade"]).failed().contains("there is no database at monograph.db"));
    assert!(folder.names().is_empty());
}
