//! A file that is not what it was when it was written.

use crate::blog::Blog;
use crate::support::{Folder, PASSWORD};
use std::fs::{self, OpenOptions};
use std::io::{Seek, SeekFrom, Write};

/// A folder with a blog of some posts, closed.
fn folder() -> Folder {
    let folder = Folder::with_owner();
    for n in 0..20 {
        let text =
            format!("---\ntitle: Post {n}\ndate: 2020-01-01\n---\n{}", "Reeds. ".repeat(900));
        folder.write(&format!("posts/{n}.md"), &text);
    }
    folder.run(&["import", "markdown", "posts"]).done();
    folder
}

/// Writes over the first page of a table or an index, as a failing disk may.
fn break_page_of(folder: &Folder, name: &str) {
    let sql = format!("SELECT rootpage FROM sqlite_schema WHERE name = '{name}'");
    let page: u64 = folder.ask(&sql)[0].parse().unwrap();
    let size: u64 = folder.ask("PRAGMA page_size")[0].parse().unwrap();
    let mut file = OpenOptions::new().write(true).open(folder.path("monograph.db")).unwrap();
    file.seek(SeekFrom::Start((page - 1) * size)).unwrap();
    file.write_all(&[0xa5; 512]).unwrap();
}

fn try_serve(folder: &Folder) -> Blog {
    Blog::try_start(folder.command(&["serve", "--port", "0"])).unwrap()
}

#[test]
fn a_damaged_file_is_named_can_be_read_and_is_never_written_to() {
    let folder = folder();
    let blog = folder.serve();
    let mut ada = blog.ada();
    let told = ada.upload("noise.bin", b"noise").unwrap().text;
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    blog.stop().done_serving();
    break_page_of(&folder, "media_of_user");
    let before = fs::read(folder.path("monograph.db")).unwrap();

    let blog = try_serve(&folder);
    let health = blog.visitor().get("/healthz");
    assert_eq!((health.status, health.text.contains("damaged")), (503, true), "{health:?}");
    assert_eq!(blog.visitor().get("/posts/7").status, 200);
    assert_eq!(blog.visitor().download(told["files"][0]["url"].as_str().unwrap()), b"noise");
    assert_eq!(blog.visitor().sign_in("Ada", PASSWORD).status, 503);

    let mut ada = ada.at(&blog);
    let page = ada.get("/admin");
    assert!(page.text.contains("The database is damaged"), "{page:?}");
    let answer = ada.post("/posts", &[("title", "New"), ("content", "A text of mine")]);
    assert_eq!(answer.status, 503);
    assert!(
        answer.text.contains("A text of mine") && answer.text.contains("is damaged"),
        "{answer:?}"
    );
    let answer = ada.upload("more.bin", b"more").unwrap();
    assert_eq!(answer.status, 503);
    assert!(answer.text.contains("is damaged"), "{answer:?}");

    assert_eq!(folder.run(&["user", "list"]).done(), "owner   Ada\n");
    let line = folder.run(&["settings", "set", "title", "Mine"]).failed();
    assert!(line.contains("monograph.db is damaged") && line.contains("restore"), "{line}");
    let said = blog.stop().done_serving();
    assert!(said.err.contains("monograph.db is damaged: "), "{said:?}");
    assert!(fs::read(folder.path("monograph.db")).unwrap() == before);
}

#[test]
fn a_damaged_file_is_not_written_to_by_whoever_would_copy_it() {
    let folder = folder();
    let mut blog = folder.serve();
    assert_eq!(blog.ada().post("/posts", &[("title", "New"), ("content", "x")]).status, 303);
    break_page_of(&folder, "tags");
    blog.kill();
    let pages = || ["", "-wal"].map(|end| fs::read(folder.path(&format!("monograph.db{end}"))));
    let pages = || pages().map(|read| read.unwrap());
    assert!(!pages()[1].is_empty());
    let before = pages();
    let line = folder.run(&["backup", "copy.db"]).failed();
    assert!(line.contains("is damaged") && line.contains("It was left as it is"), "{line}");
    assert!(pages() == before);
}

#[test]
fn damage_that_a_page_meets_ends_all_writing() {
    let folder = folder();
    let blog = folder.serve();
    let mut ada = blog.ada();
    // Read for the first time when somebody looks for files.
    break_page_of(&folder, "media");
    assert_eq!(ada.get("/admin/media").status, 503);
    let before = fs::read(folder.path("monograph.db")).unwrap();
    assert_eq!(blog.visitor().get("/healthz").status, 503);
    assert_eq!(ada.post("/posts", &[("title", "New"), ("content", "x")]).status, 503);
    let said = blog.stop().done_serving();
    assert!(said.err.contains("monograph.db is damaged: "), "{said:?}");
    assert!(fs::read(folder.path("monograph.db")).unwrap() == before);
}
