//! What somebody sent, and what the blog promised to keep of it.

use crate::blog::Blog;
use rusqlite::{Connection, OptionalExtension};
use std::collections::BTreeMap;

/// Everything that one writer sent.
#[derive(Default)]
pub struct Ledger {
    posts: BTreeMap<String, Post>,
    files: Vec<File>,
    /// How many saves and files were acknowledged.
    pub acknowledged: usize,
    /// What is known to be there, so that it need not be looked for again.
    seen_files: usize,
}

/// A post, by its name.
#[derive(Clone)]
struct Post {
    shelf: Shelf,
    /// What was acknowledged last.
    kept: Option<String>,
    /// What was sent since and not acknowledged.
    sent: Vec<String>,
}

/// A file that was acknowledged.
struct File {
    address: String,
    bytes: Vec<u8>,
}

/// Where the saves of a post go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shelf {
    /// Before readers.
    Published,
    /// Into a working copy.
    Draft,
}

/// What is not as it was acknowledged.
#[derive(Debug, Default)]
pub struct Lost(pub Vec<String>);

impl Ledger {
    /// The posts there are to go on with.
    pub fn posts(&self) -> Vec<(String, Shelf)> {
        let known = self.posts.iter().filter(|(_, post)| post.kept.is_some());
        known.map(|(id, post)| (id.clone(), post.shelf)).collect()
    }

    /// A text is on its way.
    pub fn sends(&mut self, id: &str, shelf: Shelf, text: &str) {
        let post = Post { shelf, kept: None, sent: Vec::new() };
        self.posts.entry(id.to_owned()).or_insert(post).sent.push(text.to_owned());
    }

    /// The blog said that it has the text.
    pub fn has_sent(&mut self, id: &str) {
        let post = self.posts.get_mut(id).unwrap();
        post.kept = post.sent.pop();
        post.sent.clear();
        self.acknowledged += 1;
    }

    /// The blog said that it has the file.
    pub fn has_uploaded(&mut self, address: String, bytes: Vec<u8>) {
        self.files.push(File { address, bytes });
        self.acknowledged += 1;
    }

    /// Compares everything with what the database holds and, of files that are new, with what a visitor gets; from then on
    /// what is there counts.
    pub fn compare(&mut self, conn: &Connection, blog: &Blog) -> Lost {
        let mut lost = Lost::default();
        for (id, post) in &mut self.posts {
            post.settle(id, found(conn, id, post.shelf), &mut lost);
        }
        for file in &self.files[self.seen_files..] {
            if blog.visitor().download(&file.address) != file.bytes {
                lost.0.push(format!("the file {}", file.address));
            }
        }
        self.seen_files = self.files.len();
        lost
    }

    /// What a copy lacks; it may be later than this.
    pub fn is_in(&self, conn: &Connection) -> Lost {
        let mut lost = Lost::default();
        for (id, post) in self.posts.iter().filter(|(_, post)| post.kept.is_some()) {
            let there = found(conn, id, post.shelf).map_or(0, |text| number(&text));
            if there < number(post.kept.as_ref().unwrap()) {
                lost.0.push(format!("post {id}"));
            }
        }
        for file in &self.files {
            let digest = file.address.split('/').nth(2).unwrap();
            let sql = "SELECT 1 FROM media WHERE digest = ?1";
            let there = conn.query_row(sql, [digest], |_| Ok(())).optional().unwrap();
            if there.is_none() {
                lost.0.push(format!("the file {}", file.address));
            }
        }
        lost
    }

    /// What is acknowledged by now, to hold a backup against.
    pub fn so_far(&self) -> Ledger {
        let posts = self
            .posts
            .iter()
            .map(|(id, post)| (id.clone(), Post { sent: Vec::new(), ..post.clone() }));
        let files =
            self.files.iter().map(|file| File { address: file.address.clone(), bytes: Vec::new() });
        Ledger { posts: posts.collect(), files: files.collect(), ..Ledger::default() }
    }
}

impl Post {
    /// What is there must be what was acknowledged, or what was sent after that.
    fn settle(&mut self, id: &str, found: Option<String>, lost: &mut Lost) {
        let is_known =
            found == self.kept || found.as_ref().is_some_and(|text| self.sent.contains(text));
        self.sent.clear();
        if !is_known {
            lost.0.push(format!("post {id}: {:?} instead of {:?}", found, self.kept));
        }
        self.kept = found;
    }
}

/// The text of a post: the working copy, which is also what readers see where it was published.
fn found(conn: &Connection, id: &str, shelf: Shelf) -> Option<String> {
    let sql = match shelf {
        Shelf::Draft => "SELECT versions.content FROM posts JOIN versions ON post_id = posts.id AND number = version
                         WHERE uuid = ?1",
        Shelf::Published => "SELECT posts.content FROM posts JOIN versions ON post_id = posts.id AND number = version
                             WHERE uuid = ?1 AND versions.content = posts.content AND posts.published_at IS NOT NULL",
    };
    conn.query_row(sql, [id], |row| row.get(0)).optional().unwrap()
}

/// The number in a text that says which save it is.
fn number(text: &str) -> usize {
    text.split(' ').nth(1).unwrap().parse().unwrap()
}
