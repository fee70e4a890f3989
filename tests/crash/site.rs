//! A blog in a folder that somebody else made.

use crate::blog::Blog;
use crate::chance::setting;
use crate::running::Ran;
use crate::support::PASSWORD;
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// A folder with a blog in it.
pub struct Site {
    folder: PathBuf,
    /// How durable its writes are, where that is not as it should be.
    synchronous: Option<&'static str>,
}

impl Site {
    /// The blog in `folder`.
    pub fn at(folder: &Path) -> Site {
        Site { folder: folder.to_owned(), synchronous: None }
    }

    /// The same with weaker promises: a control, which has to fail.
    pub fn with_synchronous(self, synchronous: &'static str) -> Site {
        Site { synchronous: Some(synchronous), ..self }
    }

    /// A place in its folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The program in this folder.
    pub fn command(&self, args: &[&str]) -> Command {
        let built = env!("CARGO_BIN_EXE_monograph").to_owned();
        let mut command = Command::new(setting("MONOGRAPH_PROGRAM").unwrap_or(built));
        command.args(args).current_dir(&self.folder).env("ROCKET_BCRYPT_COST", "4");
        command.envs(self.synchronous.map(|value| ("MONOGRAPH_SYNCHRONOUS", value)));
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, args: &[&str]) -> Ran {
        Ran::of(self.command(args), "")
    }

    /// Makes Ada the owner.
    pub fn settle(&self) {
        let args = ["user", "add", "Ada", "--role", "owner"];
        Ran::of(self.command(&args), &format!("{PASSWORD}\n")).done();
    }

    /// Starts the blog, and says how long that took.
    pub fn serve(&self) -> (Blog, Duration) {
        let begun = Instant::now();
        let blog = Blog::start(self.command(&["serve", "--port", "0"]));
        (blog, begun.elapsed())
    }

    /// Tries to start the blog; what it said if it did not.
    pub fn try_serve(&self) -> Result<Blog, Ran> {
        Blog::try_start(self.command(&["serve", "--port", "0"]))
    }

    /// The database, for a witness who is not the program.
    pub fn database(&self) -> Connection {
        Connection::open(self.path("monograph.db")).unwrap()
    }

    /// Nothing in the file is broken.
    #[track_caller]
    pub fn is_whole(&self) {
        is_whole(&self.database());
    }
}

/// Nothing in a database is broken.
#[track_caller]
pub fn is_whole(conn: &Connection) {
    let found: String = conn.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(found, "ok");
    let sql = "SELECT count(*) FROM pragma_foreign_key_check";
    let broken: i64 = conn.query_row(sql, [], |row| row.get(0)).unwrap();
    assert_eq!(broken, 0, "foreign keys");
}
