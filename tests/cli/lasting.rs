//! What was acknowledged is there, whatever happens to the program.

use crate::blog::{Blog, Visitor};
use crate::support::{Folder, until};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

#[test]
fn a_killed_blog_loses_no_post_that_it_acknowledged() {
    let folder = Folder::with_owner();
    let mut blog = folder.serve();
    let writers = [blog.ada(), blog.ada()];
    let acknowledged = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for (n, writer) in writers.into_iter().enumerate() {
            let acknowledged = &acknowledged;
            scope.spawn(move || write(writer, n, acknowledged));
        }
        until("twenty posts", || (acknowledged.lock().unwrap().len() >= 20).then_some(()));
        blog.kill();
    });
    let acknowledged = acknowledged.into_inner().unwrap();
    // It was killed in the middle, or this would show nothing.
    assert!((20..100).contains(&acknowledged.len()), "{}", acknowledged.len());
    all_there(&folder.serve(), &acknowledged);
    assert_eq!(folder.ask("PRAGMA integrity_check"), ["ok"]);
}

#[test]
fn a_killed_blog_loses_no_working_copy_that_it_acknowledged() {
    let folder = Folder::with_owner();
    let mut blog = folder.serve();
    let mut writer = blog.ada();
    let id = "00000000-0000-4000-8000-00000000000a";
    let acknowledged = AtomicUsize::new(0);
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut text = String::new();
            for save in 1..=2000 {
                text += &format!("word{save} ");
                let form = [("title", "Diary"), ("content", text.as_str())];
                match writer.try_post(&format!("/posts/{id}/working-copy"), &form) {
                    Ok(answer) => assert_eq!(answer.status, 303, "{answer:?}"),
                    Err(_) => break,
                }
                acknowledged.store(save, Ordering::SeqCst);
            }
        });
        let reached = || (acknowledged.load(Ordering::SeqCst) >= 20).then_some(());
        until("twenty saves", reached);
        blog.kill();
    });
    let last = acknowledged.load(Ordering::SeqCst);
    assert!((20..2000).contains(&last), "{last}");
    let page = folder.serve().ada().get(&format!("/posts/{id}/edit")).text;
    assert!((1..=last).all(|save| page.contains(&format!("word{save} "))), "{last}: {page}");
    assert_eq!(folder.ask("PRAGMA integrity_check"), ["ok"]);
}

/// Writes fifty posts, or as many as can be written.
fn write(mut writer: Visitor, n: usize, acknowledged: &Mutex<Vec<String>>) {
    for post in 0..50 {
        let title = format!("Post {post} of {n}");
        let form = [("title", title.as_str()), ("content", "Words")];
        match writer.try_post("/posts", &form) {
            Ok(answer) => assert_eq!(answer.status, 303, "{answer:?}"),
            Err(_) => break,
        }
        acknowledged.lock().unwrap().push(title);
    }
}

fn all_there(blog: &Blog, titles: &[String]) {
    for title in titles {
        let path = format!("/posts/{}", title.to_lowercase().replace(' ', "-"));
        assert!(blog.visitor().get(&path).text.contains(title), "{title}");
    }
}
