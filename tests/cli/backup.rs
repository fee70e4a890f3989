//! Copies of the whole blog.

use crate::running::Running;
use crate::support::{Folder, ask, until};
use std::fs;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, SystemTime};

/// The backups in the usual place.
fn made(folder: &Folder) -> Vec<String> {
    let entries = fs::read_dir(folder.path("monograph.db-backups")).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// What was begun and not finished.
fn parts(folder: &Folder) -> Vec<String> {
    folder.names().into_iter().filter(|name| name.starts_with(".monograph-")).collect()
}

/// Makes the blog large enough that a copy takes a while.
fn fill(folder: &Folder, megabytes: i64) {
    let conn = rusqlite::Connection::open(folder.path("monograph.db")).unwrap();
    let media = "INSERT INTO media (id, digest, name, type, size, alt, words, created_at)
                 VALUES (1, 'd', 'film.mp4', 'mp4', 1, '', '', 1)";
    conn.execute(media, []).unwrap();
    let chunk = "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
                 INSERT INTO media_chunks SELECT 1, i, randomblob(262144) FROM n";
    conn.execute(chunk, [megabytes * 4]).unwrap();
}

#[test]
fn a_backup_is_one_sound_file_in_the_folder_beside_the_database() {
    let folder = Folder::with_owner();
    let said = folder.run(&["backup"]).done();
    let names = made(&folder);
    assert_eq!(names.len(), 1);
    assert!(names[0].starts_with("monograph-2") && names[0].ends_with("Z.db"), "{names:?}");
    assert!(said.contains(&names[0]) && said.contains("1 account"), "{said}");
    assert_eq!(folder.names(), ["monograph.db", "monograph.db-backups"]);
    let checked = folder.run(&["check", &format!("monograph.db-backups/{}", names[0])]).done();
    let content = |said: &str| said.lines().last().unwrap().to_owned();
    assert!(content(&said).starts_with("Content: sha256:"), "{said}");
    assert_eq!(content(&checked), content(&said));
}

#[cfg(unix)]
#[test]
fn only_its_owner_may_read_a_backup() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::with_owner();
    folder.run(&["backup"]).done();
    folder.run(&["backup", "copy.db"]).done();
    let mode = |name: &str| fs::metadata(folder.path(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode("copy.db"), mode("monograph.db-backups")), (0o600, 0o700));
    assert_eq!(mode(&format!("monograph.db-backups/{}", made(&folder)[0])), 0o600);
}

#[test]
fn a_backup_goes_where_it_is_told_to_and_takes_the_place_of_an_earlier_one() {
    let folder = Folder::with_owner();
    folder.run(&["backup", "copy.db"]).done();
    folder.add("Bo", "author");
    assert!(folder.run(&["backup", "copy.db"]).done().contains("2 accounts"));
    assert_eq!(folder.names(), ["copy.db", "monograph.db"]);
    fs::create_dir(folder.path("elsewhere")).unwrap();
    let said = folder.run(&["backup", "elsewhere"]).done();
    assert!(said.starts_with("elsewhere/monograph-2"), "{said}");
}

#[test]
fn while_posts_are_written_a_backup_holds_all_that_was_acknowledged_before_it_began() {
    let folder = Folder::with_owner();
    let blog = folder.serve();
    let acknowledged = Mutex::new(Vec::new());
    let enough = AtomicBool::new(false);
    thread::scope(|scope| {
        for n in 0..3 {
            let (mut writer, acknowledged, enough) = (blog.ada(), &acknowledged, &enough);
            scope.spawn(move || {
                for post in 0.. {
                    if enough.load(Ordering::SeqCst) {
                        break;
                    }
                    let title = format!("Post {post} of {n}");
                    let form = [("title", title.as_str()), ("content", "Words")];
                    assert_eq!(writer.post("/posts", &form).status, 303);
                    acknowledged.lock().unwrap().push(title);
                }
            });
        }
        for round in 0..5 {
            let known = || acknowledged.lock().unwrap().len();
            let before = known();
            until("more posts", || (known() > before + 5).then_some(()));
            let before = acknowledged.lock().unwrap().clone();
            let name = format!("copy-{round}.db");
            folder.run(&["backup", &name]).done();
            let titles = ask(&folder.path(&name), "SELECT title FROM posts");
            assert!(before.iter().all(|title| titles.contains(title)), "{round}");
            assert_eq!(ask(&folder.path(&name), "PRAGMA integrity_check"), ["ok"]);
        }
        enough.store(true, Ordering::SeqCst);
    });
    blog.stop().done_serving();
}

#[test]
fn a_backup_holds_nothing_that_lets_anybody_in() {
    let folder = Folder::with_owner();
    let blog = folder.serve();
    let mut ada = blog.ada();
    ada.post("/posts", &[("title", "Secret"), ("content", "x"), ("status", "draft")]);
    let id = folder.ask("SELECT uuid FROM posts")[0].clone();
    assert_eq!(ada.post(&format!("/posts/{id}/share"), &[("days", "7")]).status, 303);
    assert_eq!(ada.post("/admin/invites", &[("role", "owner"), ("days", "7")]).status, 303);
    folder.run(&["user", "recover", "Ada"]).done();
    folder.run(&["backup", "copy.db"]).done();
    let bytes = fs::read(folder.path("copy.db")).unwrap();
    for (table, column) in [
        ("sessions", "token_digest"),
        ("shares", "token_digest"),
        ("invites", "token_digest"),
        ("recoveries", "token_digest"),
        ("secrets", "value"),
    ] {
        let kept = folder.blobs(&format!("SELECT {column} FROM {table}"));
        assert!(!kept.is_empty(), "{table}");
        for key in kept {
            assert!(!bytes.windows(key.len()).any(|part| part == key), "{table}");
        }
        assert_eq!(ask(&folder.path("copy.db"), &format!("SELECT count(*) FROM {table}")), ["0"]);
    }
    assert_eq!(ask(&folder.path("copy.db"), "SELECT title FROM posts"), ["Secret"]);
    assert!(ada.is_signed_in());
}

#[test]
fn without_room_an_earlier_backup_stays_and_nothing_else_does() {
    let folder = Folder::with_owner();
    folder.run(&["backup", "copy.db"]).done();
    let before = fs::read(folder.path("copy.db")).unwrap();
    fill(&folder, 2);
    for blocks in [0, 1, 100, 1000, 4000] {
        let line = folder.run_with_files_of(blocks, &["backup", "copy.db"]).failed();
        assert!(line.contains("copy.db") || line.contains("monograph.db"), "{blocks}: {line}");
        assert_eq!(fs::read(folder.path("copy.db")).unwrap(), before, "{blocks}");
        assert_eq!(folder.names(), ["copy.db", "monograph.db"], "{blocks}");
    }
    folder.run(&["check", "copy.db"]).done();
    folder.run(&["check"]).done();
}

#[test]
fn where_nothing_can_be_written_the_message_says_what_to_do() {
    let folder = Folder::with_owner();
    folder.write("file", "no folder");
    for (place, hint) in
        [("nowhere/copy.db", "Make the folder first"), ("file/copy.db", "Make the folder first")]
    {
        let line = folder.run(&["backup", place]).failed();
        assert!(line.contains(place) && line.contains(hint), "{line}");
    }
    folder.write("monograph.db-backups", "no folder either");
    let line = folder.run(&["backup"]).failed();
    assert!(line.contains("monograph.db-backups"), "{line}");
    assert_eq!(folder.names(), ["file", "monograph.db", "monograph.db-backups"]);
}

#[test]
fn a_backup_that_is_killed_leaves_the_earlier_one_and_is_cleared_away_by_the_next() {
    let folder = Folder::with_owner();
    folder.run(&["backup", "copy.db"]).done();
    let before = fs::read(folder.path("copy.db")).unwrap();
    fill(&folder, 60);
    let mut running = Running::start(folder.command(&["backup", "copy.db"]));
    let part = until("the copy to begin", || {
        let names = parts(&folder);
        let name = names.iter().find(|name| name.ends_with(".part"))?;
        let length = fs::metadata(folder.path(name)).ok()?.len();
        (length > 0).then(|| folder.path(name))
    });
    assert!(!running.has_ended());
    running.kill();
    assert_eq!(fs::read(folder.path("copy.db")).unwrap(), before);
    assert!(part.exists());
    // Another that has just begun is not taken for one that is left.
    folder.run(&["backup", "other.db"]).done();
    assert!(part.exists());
    let past = SystemTime::now() - Duration::from_secs(120);
    fs::File::options().write(true).open(&part).unwrap().set_modified(past).unwrap();
    folder.run(&["backup", "copy.db"]).done();
    assert_eq!(parts(&folder), [""; 0]);
    assert!(fs::metadata(folder.path("copy.db")).unwrap().len() > 60_000_000);
}

#[test]
fn a_backup_replaces_nothing_but_a_backup() {
    let folder = Folder::with_owner();
    folder.write("diary.txt", &"Dear diary, ".repeat(100));
    folder
        .tell("a quiet heron at dusk\n", &["user", "add", "Eve", "--database", "other.db"])
        .done();
    for (name, hint) in [
        ("monograph.db", "It is the database itself"),
        ("./monograph.db", "It is the database itself"),
        ("diary.txt", "It is no backup"),
        ("other.db", "It is no backup"),
    ] {
        let before = fs::read(folder.path(name)).unwrap();
        let line = folder.run(&["backup", name]).failed();
        assert!(line.contains(hint), "{line}");
        assert_eq!(fs::read(folder.path(name)).unwrap(), before, "{name}");
    }
}

#[test]
fn a_backup_of_an_early_file_leaves_it_as_it_is() {
    let folder = Folder::empty();
    folder.load_fixture("schema-0001.sql");
    let before = fs::read(folder.path("monograph.db")).unwrap();
    let said = folder.run(&["backup", "copy.db"]).done();
    assert!(
        said.contains("1 post, 0 pages, 1 draft, 1 in the trash") && said.contains("Schema: 1"),
        "{said}"
    );
    assert_eq!(fs::read(folder.path("monograph.db")).unwrap(), before);
    assert_eq!(folder.names(), ["copy.db", "monograph.db"]);
}

#[cfg(unix)]
#[test]
fn behind_a_link_is_the_blog_with_all_that_was_acknowledged() {
    let folder = Folder::with_owner();
    std::fs::create_dir(folder.path("disk")).unwrap();
    std::fs::rename(folder.path("monograph.db"), folder.path("disk/blog.db")).unwrap();
    std::os::unix::fs::symlink("disk/blog.db", folder.path("monograph.db")).unwrap();
    let blog = folder.serve();
    let mut ada = blog.ada();
    assert_eq!(ada.post("/posts", &[("title", "New"), ("content", "Words")]).status, 303);
    for file in ["monograph.db", "disk/blog.db"] {
        let said = folder.run(&["check", file]).done();
        assert!(said.contains("1 post"), "{file}: {said}");
    }
    assert!(folder.run(&["backup", "copy.db"]).done().contains("1 post"));
    blog.stop().done_serving();
    folder.run(&["restore", "copy.db", "--force"]).done();
    assert!(folder.path("monograph.db").is_symlink());
    assert_eq!(folder.ask("SELECT title FROM posts"), ["New"]);
    assert_eq!(folder.run(&["user", "list"]).done(), "owner   Ada\n");
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_no_text_is_a_name_all_the_same() {
    use std::os::unix::ffi::OsStringExt;
    let folder = Folder::with_owner();
    let odd = std::ffi::OsString::from_vec(b"copy \xff?mode=ro%20.db".to_vec());
    let mut command = folder.command(&["backup"]);
    command.arg(&odd);
    crate::running::Ran::of(command, "").done();
    let mut command = folder.command(&["check"]);
    command.arg(&odd);
    crate::running::Ran::of(command, "").done();
}
