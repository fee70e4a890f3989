//! Going back to a backup.

use crate::support::{Folder, PASSWORD, ask};
use std::fs;

/// The file that was replaced.
fn replaced(folder: &Folder) -> String {
    let names = folder.names();
    let kept: Vec<_> =
        names.iter().filter(|name| name.starts_with("monograph.db.replaced.2")).collect();
    assert_eq!(kept.len(), 1, "{names:?}");
    kept[0].clone()
}

#[test]
fn a_backup_takes_the_place_of_the_database_which_is_kept() {
    let folder = Folder::with_owner();
    folder.run(&["backup", "copy.db"]).done();
    folder.add("Bo", "author");
    let copy = fs::read(folder.path("copy.db")).unwrap();
    let said = folder.run(&["restore", "copy.db", "--force"]).done();
    assert!(said.contains("1 account") && said.contains(&replaced(&folder)), "{said}");
    assert_eq!(folder.run(&["user", "list"]).done(), "owner   Ada\n");
    assert_eq!(ask(&folder.path(&replaced(&folder)), "SELECT name FROM users"), ["Ada", "Bo"]);
    assert_eq!(fs::read(folder.path("copy.db")).unwrap(), copy);
    assert_eq!(folder.names().len(), 3, "{:?}", folder.names());
}

#[test]
fn a_database_that_is_there_is_replaced_only_by_force() {
    let folder = Folder::with_owner();
    folder.run(&["backup", "copy.db"]).done();
    folder.add("Bo", "author");
    let before = fs::read(folder.path("monograph.db")).unwrap();
    let line = folder.run(&["restore", "copy.db"]).failed();
    assert!(line.contains("monograph.db is there already") && line.contains("--force"), "{line}");
    assert_eq!(fs::read(folder.path("monograph.db")).unwrap(), before);
    assert_eq!(folder.names(), ["copy.db", "monograph.db"]);
}

#[test]
fn where_there_is_no_database_a_backup_becomes_one() {
    let folder = Folder::with_owner();
    folder.run(&["backup", "copy.db"]).done();
    // A log that lost its file must not be taken for that of the new one.
    fs::rename(folder.path("monograph.db"), folder.path("old.db")).unwrap();
    folder.write("monograph.db-wal", "left over");
    folder.run(&["restore", "copy.db"]).done();
    assert_eq!(folder.names(), ["copy.db", "monograph.db", "old.db"]);
    let blog = folder.serve();
    assert!(blog.ada().is_signed_in());
}

#[test]
fn while_a_blog_serves_its_database_is_not_replaced() {
    let folder = Folder::with_owner();
    folder.run(&["backup", "copy.db"]).done();
    let blog = folder.serve();
    let mut ada = blog.ada();
    let line = folder.run(&["restore", "copy.db", "--force"]).failed();
    assert!(line.contains("monograph.db is in use; stop the Monograph that serves it"), "{line}");
    let form = [("title", "Still here"), ("content", "Words")];
    assert_eq!(ada.post("/posts", &form).status, 303);
    assert_eq!(ada.get("/posts/still-here").status, 200);
    blog.stop().done_serving();
    assert_eq!(folder.ask("SELECT title FROM posts"), ["Still here"]);
    assert_eq!(folder.names(), ["copy.db", "monograph.db"]);
}

#[test]
fn going_back_ends_every_session_and_brings_none_back() {
    let folder = Folder::with_owner();
    let blog = folder.serve();
    let ada = blog.ada();
    folder.run(&["backup", "copy.db"]).done();
    let recovery = folder.run(&["user", "recover", "Ada"]).done();
    blog.stop().done_serving();
    // A plain copy of the file holds them, and they do not come back from there either.
    fs::copy(folder.path("monograph.db"), folder.path("plain.db")).unwrap();
    for file in ["copy.db", "plain.db"] {
        folder.run(&["restore", file, "--force"]).done();
        let blog = folder.serve();
        assert!(!ada.at(&blog).is_signed_in(), "{file}");
        let path = format!("/auth/recover?{}", recovery.trim().split_once('?').unwrap().1);
        assert_ne!(blog.visitor().get(&path).status, 200, "{file}");
        assert!(blog.ada().is_signed_in());
        blog.stop().done_serving();
    }
}

#[test]
fn a_file_that_is_not_sound_replaces_nothing() {
    let folder = Folder::with_owner();
    folder.run(&["backup", "copy.db"]).done();
    let copy = fs::read(folder.path("copy.db")).unwrap();
    let mut torn = copy.clone();
    torn.truncate(copy.len() / 2);
    let mut scratched = copy.clone();
    scratched[8192..8192 + 4096 * 10].fill(0x5a);
    for (name, bytes) in [
        ("torn.db", &torn[..]),
        ("scratched.db", &scratched),
        ("text.db", b"Dear diary"),
        ("empty.db", b""),
    ] {
        fs::write(folder.path(name), bytes).unwrap();
    }
    let (before, names) = (fs::read(folder.path("monograph.db")).unwrap(), folder.names());
    for (name, hint) in [
        ("torn.db", "is damaged"),
        ("scratched.db", "is damaged"),
        ("text.db", "is neither a backup nor a database of Monograph"),
        ("empty.db", "is neither a backup nor a database of Monograph"),
        ("nothing.db", "there is no file at nothing.db"),
    ] {
        let line = folder.run(&["restore", name, "--force"]).failed();
        assert!(line.contains(name) && line.contains(hint), "{line}");
        assert_eq!(fs::read(folder.path("monograph.db")).unwrap(), before, "{name}");
        assert_eq!(folder.names(), names, "{name}");
    }
}

#[test]
fn a_damaged_database_is_replaced_and_kept_with_its_log() {
    let folder = Folder::with_owner();
    folder.run(&["backup", "copy.db"]).done();
    folder.write("monograph.db", &"no database ".repeat(1000));
    folder.write("monograph.db-wal", "a log");
    folder.run(&["restore", "copy.db", "--force"]).done();
    assert_eq!(folder.run(&["user", "list"]).done(), "owner   Ada\n");
    let names = folder.names();
    let kept: Vec<_> =
        names.iter().filter(|name| name.starts_with("monograph.db.replaced.")).collect();
    assert_eq!(kept.len(), 2, "{names:?}");
    assert!(fs::read_to_string(folder.path(kept[0])).unwrap().starts_with("no database"));
    assert_eq!(fs::read_to_string(folder.path(kept[1])).unwrap(), "a log");
}

#[test]
fn what_a_killed_blog_had_only_in_its_log_is_in_the_file_that_is_kept() {
    let folder = Folder::with_owner();
    folder.run(&["backup", "copy.db"]).done();
    let mut blog = folder.serve();
    let form = [("title", "In the log"), ("content", "Words")];
    assert_eq!(blog.ada().post("/posts", &form).status, 303);
    blog.kill();
    assert!(folder.path("monograph.db-wal").exists());
    folder.run(&["restore", "copy.db", "--force"]).done();
    assert_eq!(folder.ask("SELECT count(*) FROM posts"), ["0"]);
    let kept = replaced(&folder);
    assert!(!folder.names().iter().any(|name| name.ends_with("-wal")), "{:?}", folder.names());
    assert_eq!(ask(&folder.path(&kept), "SELECT title FROM posts"), ["In the log"]);
}

#[test]
fn a_backup_of_an_early_schema_is_brought_up_to_date_when_it_is_used() {
    let folder = Folder::empty();
    folder.load_fixture("schema-0001.sql");
    folder.run(&["backup", "early.db"]).done();
    let other = Folder::with_owner();
    fs::copy(folder.path("early.db"), other.path("early.db")).unwrap();
    other.run(&["restore", "early.db", "--force"]).done();
    assert_eq!(other.ask("PRAGMA user_version"), ["1"]);
    let blog = other.serve();
    assert_eq!(blog.visitor().get("/posts/ete").status, 200);
}

#[test]
fn a_backup_of_a_later_version_is_refused() {
    let folder = Folder::with_owner();
    folder.run(&["backup", "copy.db"]).done();
    let later = rusqlite::Connection::open(folder.path("copy.db")).unwrap();
    let sql =
        "PRAGMA user_version = 999; UPDATE settings SET value = '7.8.9' WHERE key = 'written_by'";
    later.execute_batch(sql).unwrap();
    later.close().unwrap();
    let before = fs::read(folder.path("monograph.db")).unwrap();
    let line = folder.run(&["restore", "copy.db", "--force"]).failed();
    assert!(line.contains("Run Monograph 7.8.9 or later"), "{line}");
    assert_eq!(fs::read(folder.path("monograph.db")).unwrap(), before);
}

#[test]
fn accounts_come_back_with_the_passwords_they_had() {
    let folder = Folder::with_owner();
    folder.run(&["backup", "copy.db"]).done();
    folder.tell("another quiet heron\n", &["user", "password", "Ada"]).done();
    folder.run(&["restore", "copy.db", "--force"]).done();
    let blog = folder.serve();
    assert_eq!(blog.visitor().sign_in("Ada", PASSWORD).status, 303);
    assert_eq!(blog.visitor().sign_in("Ada", "another quiet heron").status, 401);
}
