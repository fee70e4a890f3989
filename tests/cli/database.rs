//! Files that are not ours to write to, and places where there is no file.

use crate::support::{Folder, PASSWORD};
use rusqlite::Connection;
use std::fs;

const COMMANDS: [&[&str]; 14] = [
    &["serve", "--port", "0"],
    &["user", "list"],
    &["user", "add", "Eve"],
    &["user", "remove", "Ada"],
    &["user", "role", "Ada", "author"],
    &["user", "password", "Ada"],
    &["user", "recover", "Ada"],
    &["settings", "list"],
    &["settings", "set", "title", "Mine now"],
    &["import", "markdown", "posts"],
    &["backup"],
    &["backup", "copy.db"],
    &["check"],
    &["upgrade"],
];

/// Every command refuses the file with this hint and leaves it, and the folder, as they are.
#[track_caller]
fn refused(folder: &Folder, hint: &str) {
    folder.write("posts/hello.md", "# Hello\n\nWords.\n");
    let (names, bytes) = (folder.names(), fs::read(folder.path("monograph.db")).unwrap());
    let rehearsal: &[&str] = &["import", "markdown", "posts", "--dry-run"];
    for args in COMMANDS.into_iter().chain([rehearsal]) {
        let line = folder.tell(PASSWORD, args).failed();
        assert!(line.contains(hint) && line.contains("monograph.db"), "{args:?}: {line}");
        assert_eq!(folder.names(), names, "{args:?}");
        assert!(fs::read(folder.path("monograph.db")).unwrap() == bytes, "{args:?}");
    }
}

#[test]
fn a_file_that_is_no_database_is_left_alone() {
    let folder = Folder::empty();
    folder.write("monograph.db", &"Dear diary, ".repeat(100));
    refused(&folder, "is not a database of Monograph; it was left as it is");
}

#[test]
fn a_short_text_file_is_left_alone() {
    let folder = Folder::empty();
    folder.write("monograph.db", "milk, eggs");
    refused(&folder, "is not a database of Monograph; it was left as it is");
}

#[test]
fn the_database_of_another_program_is_left_alone() {
    let folder = Folder::empty();
    let other = Connection::open(folder.path("monograph.db")).unwrap();
    other
        .execute_batch("CREATE TABLE birds (name TEXT); INSERT INTO birds VALUES ('heron');")
        .unwrap();
    other.close().unwrap();
    refused(&folder, "is not a database of Monograph; it was left as it is");
}

#[test]
fn an_empty_database_that_another_program_has_marked_is_left_alone() {
    let folder = Folder::empty();
    let other = Connection::open(folder.path("monograph.db")).unwrap();
    other.execute_batch("PRAGMA application_id = 42;").unwrap();
    other.close().unwrap();
    refused(&folder, "is not a database of Monograph; it was left as it is");
}

#[test]
fn a_database_from_a_later_version_is_left_alone() {
    let folder = Folder::with_owner();
    let later = Connection::open(folder.path("monograph.db")).unwrap();
    later.execute_batch("PRAGMA user_version = 999;").unwrap();
    later.close().unwrap();
    refused(&folder, "Run the later version");
}

#[test]
fn a_file_that_was_cut_off_is_left_alone() {
    let folder = Folder::with_owner();
    let file = fs::OpenOptions::new().write(true).open(folder.path("monograph.db")).unwrap();
    file.set_len(file.metadata().unwrap().len() / 2).unwrap();
    refused(&folder, "is damaged");
}

#[test]
fn to_look_at_what_is_not_there_makes_nothing() {
    let folder = Folder::empty();
    for args in [
        &["user", "list"][..],
        &["user", "remove", "Ada"],
        &["user", "role", "Ada", "editor"],
        &["user", "password", "Ada"],
        &["user", "recover", "Ada"],
        &["settings", "list"],
        &["settings", "get", "title"],
    ] {
        let line = folder.tell(PASSWORD, args).failed();
        assert!(line.contains("there is no database at monograph.db"), "{line}");
        assert!(line.contains("--database FILE"), "{line}");
    }
    assert!(folder.names().is_empty());
}

#[test]
fn a_place_that_cannot_be_written_is_named() {
    let folder = Folder::empty();
    folder.write("file", "no folder");
    for place in ["file/blog.db", "nowhere/blog.db", "."] {
        for args in [&["serve", "--port", "0"][..], &["user", "add", "Ada"]] {
            let args = [args, &["--database", place]].concat();
            let line = folder.tell(PASSWORD, &args).failed();
            let hint = "check that the folder exists and may be written";
            assert!(line.contains(place) && line.contains(hint), "{line}");
        }
    }
    assert_eq!(folder.names(), ["file"]);
}

#[cfg(unix)]
#[test]
fn a_folder_without_the_right_to_write_stays_empty() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::empty();
    let set_mode = |mode| {
        fs::set_permissions(folder.path("."), fs::Permissions::from_mode(mode)).unwrap();
    };
    set_mode(0o500);
    if fs::write(folder.path("probe"), "").is_ok() {
        eprintln!("skipped: this user may write everywhere");
        return;
    }
    let line = folder.run(&["serve", "--port", "0"]).failed();
    set_mode(0o700);
    assert!(line.contains("check that the folder exists and may be written"), "{line}");
    assert!(folder.names().is_empty());
}

#[cfg(unix)]
#[test]
fn only_its_owner_may_read_the_file() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::with_owner();
    let mode = || fs::metadata(folder.path("monograph.db")).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(), 0o600);
    let blog = folder.serve();
    assert_eq!(mode(), 0o600);
    for name in folder.names() {
        let mode = fs::metadata(folder.path(&name)).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{name}");
    }
    blog.stop().done_serving();
}

#[test]
fn an_empty_file_becomes_a_blog() {
    let folder = Folder::empty();
    folder.write("monograph.db", "");
    folder.add("Ada", "owner");
    assert_eq!(folder.run(&["user", "list"]).done(), "owner   Ada\n");
}

#[test]
fn commands_leave_a_single_file() {
    let folder = Folder::with_owner();
    for args in [
        &["user", "list"][..],
        &["settings", "set", "title", "Herons"],
        &["user", "recover", "Ada"],
    ] {
        for _ in 0..5 {
            folder.run(args).done();
            assert_eq!(folder.names(), ["monograph.db"], "{args:?}");
        }
    }
}
