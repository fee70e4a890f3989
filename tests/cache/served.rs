//! A blog while it serves.

use crate::blog::{Blog, Visitor};
use crate::reader::Reader;
use crate::support::Folder;

/// A blog that Ada owns, while it serves.
pub struct Served {
    pub blog: Blog,
    pub folder: Folder,
}

impl Served {
    pub fn start() -> Served {
        Served::with(&[])
    }

    pub fn with(settings: &[(&str, &str)]) -> Served {
        let folder = Folder::with_owner();
        let mut command = folder.command(&["serve", "--port", "0"]);
        command
            .envs([("ROCKET_REQUEST_BURST", "1000000"), ("ROCKET_REQUESTS_PER_SECOND", "100000")]);
        command.envs(settings.iter().copied());
        Served { blog: Blog::start(command), folder }
    }

    pub fn reader(&self) -> Reader {
        Reader::of(&self.blog)
    }

    pub fn ada(&self) -> Visitor {
        self.blog.ada()
    }
}

/// Writes a post, as somebody does who is signed in; the answer is the way on.
pub fn write(by: &mut Visitor, title: &str, more: &[(&str, &str)]) {
    let text = format!("The text of {title}. {}", "It goes on and on. ".repeat(100));
    let fields = [&[("title", title), ("content", &*text)], more].concat();
    assert_eq!(by.post("/posts", &fields).status, 303);
}
