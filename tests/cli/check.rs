//! Looking a file through without a trace.

use crate::support::Folder;
use std::fs;

/// Checks and makes sure that nothing was changed by it.
#[track_caller]
fn checked(folder: &Folder, args: &[&str]) -> String {
    let bytes = |names: &[String]| {
        let files = names.iter().filter(|name| !name.ends_with("-shm"));
        files.map(|name| fs::read(folder.path(name)).unwrap()).collect::<Vec<_>>()
    };
    let names = folder.names();
    let before = bytes(&names);
    let said = folder.run(&[&["check"], args].concat()).done();
    assert_eq!(folder.names(), names);
    assert!(bytes(&names) == before);
    said
}

#[test]
fn a_closed_file_is_counted_and_left_alone() {
    let folder = Folder::with_owner();
    let said = checked(&folder, &[]);
    assert!(
        said.starts_with("monograph.db is sound.\nIt holds 0 posts, 0 pages, 0 drafts,"),
        "{said}"
    );
    assert!(said.contains(concat!("of Monograph ", env!("CARGO_PKG_VERSION"))), "{said}");
}

#[test]
fn what_there_is_is_counted() {
    let folder = Folder::empty();
    folder.load_fixture("schema-0007.sql");
    let said = checked(&folder, &["monograph.db"]);
    let counted = "It holds 3 posts, 1 page, 1 draft, 1 in the trash, 7 versions, 1 file (";
    assert!(said.contains(counted) && said.contains("2 accounts"), "{said}");
}

#[test]
fn an_early_file_is_counted_and_not_brought_up_to_date() {
    let folder = Folder::empty();
    folder.load_fixture("schema-0001.sql");
    let said = checked(&folder, &[]);
    assert!(said.contains("1 post, 0 pages, 1 draft") && said.contains("Schema: 1."), "{said}");
}

#[test]
fn a_file_that_is_served_is_counted_with_its_log() {
    let folder = Folder::with_owner();
    let mut blog = folder.serve();
    let form = [("title", "In the log"), ("content", "Words")];
    assert_eq!(blog.ada().post("/posts", &form).status, 303);
    assert!(folder.run(&["check"]).done().contains("1 post,"));
    blog.kill();
    // Whoever comes now finds a log that nobody has moved into the file.
    assert!(checked(&folder, &[]).contains("1 post,"));
    // And somewhere else perhaps without its index.
    fs::remove_file(folder.path("monograph.db-shm")).unwrap();
    assert!(checked(&folder, &[]).contains("1 post,"));
}

#[test]
fn damage_is_told_in_one_line() {
    let folder = Folder::with_owner();
    let whole = fs::read(folder.path("monograph.db")).unwrap();
    let damaged = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = whole.clone();
        change(&mut bytes);
        fs::write(folder.path("broken.db"), bytes).unwrap();
        let names = folder.names();
        let line = folder.run(&["check", "broken.db"]).failed();
        assert!(line.starts_with("broken.db is "), "{line}");
        assert_eq!(folder.names(), names);
        line
    };
    let cut = damaged(&|bytes| bytes.truncate(bytes.len() - 4096));
    assert!(cut.contains("broken.db is damaged: "), "{cut}");
    for page in [1, 2, 5, 20, 40] {
        let line = damaged(&|bytes| bytes[page * 4096..(page + 1) * 4096].fill(0xff));
        assert!(line.contains("broken.db is damaged: "), "{page}: {line}");
    }
    let line = damaged(&|bytes| bytes[..4096].fill(0));
    assert!(line.contains("is neither a backup nor a database of Monograph"), "{line}");
}
