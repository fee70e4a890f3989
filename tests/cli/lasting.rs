//! What was acknowledged is there, whatever happens to the program.

use crate::blog::{Blog, Visitor};
use crate::support::{Folder, until};
use std::sync::Mutex;
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
