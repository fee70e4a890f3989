//! The disk is full.

use crate::blog::{Answer, Visitor};
use crate::chance::rounds;
use crate::disk::{Disk, leave};
use crate::running::Ran;
use crate::site::Site;
use crate::support::PASSWORD;
use rusqlite::Connection;
use std::fs;

/// Where there is so much room, in KiB, everything has to go well.
const ENOUGH: u64 = 1200;

/// Every room there can be, in KiB: each block of the disk, or some of them where there is no time for all.
fn rooms() -> impl Iterator<Item = u64> {
    (0..=ENOUGH).step_by(if rounds(3) < 100 { 200 } else { 4 })
}

#[test]
fn what_a_full_disk_cannot_take_comes_back_with_advice_and_nothing_else_is_lost() {
    let Some(disk) = Disk::in_memory(200_000) else { return };
    let site = Site::at(&disk.at());
    site.settle();
    let (blog, _) = site.serve();
    let mut ada = blog.ada();
    let witness = site.database();
    let (mut kept, mut refused) = (Vec::new(), 0);
    for room in rooms() {
        // As long as somebody reads, the log cannot begin anew and needs more room for each change.
        witness.execute_batch("BEGIN; SELECT count(*) FROM posts").unwrap();
        leave(&disk.at(), room);
        for n in 0..4 {
            let text = format!("Room {room}, {n}. {}", "Reeds and herons. ".repeat(300));
            let title = format!("Room {room} number {n}");
            let answer = ada.post("/posts", &[("title", &title), ("content", &text)]);
            match is_kept(&answer, &text) {
                true => kept.push((title, text)),
                false => refused += 1,
            }
            is_uploaded(&mut ada, room);
            assert_eq!(ada.get("/admin").status, 200);
            assert_eq!(blog.visitor().get("/posts").status, 200);
        }
        witness.execute_batch("COMMIT").unwrap();
    }
    assert!(refused > 0 && !kept.is_empty(), "{refused} refused, {} kept", kept.len());
    eprintln!("full: {} posts kept, {refused} refused", kept.len());
    fs::remove_file(disk.at().join("ballast")).unwrap();
    let answer = ada.post("/posts", &[("title", "Room again"), ("content", "Words")]);
    assert_eq!(answer.status, 303, "there is room again, and it needs no restart: {answer:?}");
    all_there(&witness, &kept);
    blog.stop().done_serving();
    site.is_whole();
    all_there(&site.database(), &kept);
}

/// Whether the post is kept; if not, it is in the page that came back, with what to do.
fn is_kept(answer: &Answer, text: &str) -> bool {
    if answer.status == 303 {
        return true;
    }
    assert_eq!(answer.status, 503, "{answer:?}");
    assert!(answer.text.contains("The disk of the blog is full"), "{answer:?}");
    assert!(answer.text.contains(text), "{answer:?}");
    false
}

fn is_uploaded(ada: &mut Visitor, room: u64) {
    let bytes: Vec<u8> = (0..9_000).map(|n| (n * room % 251) as u8).collect();
    let answer = ada.upload("noise.bin", &bytes).unwrap();
    let is_explained = answer.text.contains("The disk of the blog is full");
    assert!(answer.status == 201 || (answer.status == 503 && is_explained), "{answer:?}");
}

#[track_caller]
fn all_there(conn: &Connection, kept: &[(String, String)]) {
    for (title, text) in kept {
        let sql = "SELECT content FROM posts WHERE title = ?1";
        let found: String = conn.query_row(sql, [title], |row| row.get(0)).unwrap();
        assert!(found == *text, "{title}");
    }
}

#[test]
fn with_any_room_a_new_blog_starts_or_says_why_it_cannot() {
    let Some(disk) = Disk::in_memory(4_000) else { return };
    let site = Site::at(&disk.at());
    let (mut refused, mut halves, mut owned) = (0, 0, 0);
    for room in rooms() {
        leave(&disk.at(), room);
        match site.try_serve() {
            Err(ran) => {
                explained(ran);
                // Nothing is left, or a blog that goes on as soon as there is room.
                fs::remove_file(site.path("ballast")).unwrap();
                halves += usize::from(!names(&site).is_empty());
                site.serve().0.stop().done_serving();
                site.is_whole();
                refused += 1;
            }
            Ok(blog) => {
                let form = [("username", "Ada"), ("password", PASSWORD)];
                let status = blog.visitor().post("/users/register", &form).status;
                assert!([303, 503].contains(&status), "{room}: {status}");
                fs::remove_file(site.path("ballast")).unwrap();
                if status == 503 {
                    assert_eq!(blog.visitor().post("/users/register", &form).status, 303);
                }
                owned += 1;
                drop(blog.ada());
                blog.stop().done_serving();
                site.is_whole();
            }
        }
        for name in names(&site) {
            fs::remove_file(site.path(&name)).unwrap();
        }
    }
    eprintln!(
        "full: {refused} starts refused, {halves} of them with a file begun; {owned} blogs begun"
    );
    assert!(refused > 0 && owned > 0);
}

#[test]
fn with_any_room_a_command_succeeds_or_says_why_it_cannot() {
    let Some(disk) = Disk::in_memory(6_000) else { return };
    let posts = tempfile::tempdir().unwrap();
    for n in 0..10 {
        let text =
            format!("---\ntitle: Post {n}\ndate: 2020-01-01\n---\n{}", "Reeds. ".repeat(1_200));
        fs::write(posts.path().join(format!("{n}.md")), text).unwrap();
    }
    let (mut refused, mut done) = (0, 0);
    for room in rooms() {
        for name in ["monograph.db", "monograph.db-wal", "monograph.db-shm", "ballast", "copy.db"] {
            let _ = fs::remove_file(disk.at().join(name));
        }
        let site = Site::at(&disk.at());
        site.settle();
        leave(&disk.at(), room);
        let import = ["import", "markdown", posts.path().to_str().unwrap()];
        for args in [&import[..], &["settings", "set", "title", "Herons"], &["backup", "copy.db"]] {
            let ran = site.run(args);
            match ran.status {
                Some(0) => done += 1,
                // Not a command of this program.
                Some(2) => {}
                _ => {
                    explained(ran);
                    refused += 1;
                }
            }
        }
        fs::remove_file(site.path("ballast")).unwrap();
        site.is_whole();
        site.run(&import).done();
        let count = "SELECT count(*) FROM posts";
        let count: i64 = site.database().query_row(count, [], |row| row.get(0)).unwrap();
        assert_eq!(count, 10, "{room}");
    }
    eprintln!("full: {done} commands done, {refused} refused");
    assert!(refused > 0 && done > 0);
}

/// It said in one line that there is no room, and what to do.
#[track_caller]
fn explained(ran: Ran) {
    let line = ran.failed();
    assert!(line.contains("full") && line.to_lowercase().contains("make room"), "{line}");
}

fn names(site: &Site) -> Vec<String> {
    let entries = fs::read_dir(site.path(".")).unwrap();
    let mut names: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
