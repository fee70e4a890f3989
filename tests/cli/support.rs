//! A folder with the program in it.

use crate::blog::Blog;
use crate::running::Ran;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A password that anybody here may have.
pub const PASSWORD: &str = "a quiet heron at dusk";

/// A working directory of its own, gone at the end.
pub struct Folder(TempDir);

impl Folder {
    /// A folder with nothing in it.
    pub fn empty() -> Folder {
        Folder(tempfile::tempdir().unwrap())
    }

    /// A folder with a blog whose owner is called Ada.
    pub fn with_owner() -> Folder {
        let folder = Folder::empty();
        folder.add("Ada", "owner");
        folder
    }

    /// A place in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Puts a file into the folder.
    pub fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// What is in the folder.
    pub fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).unwrap();
        let name = |entry: fs::DirEntry| entry.file_name().into_string().unwrap();
        let mut names: Vec<_> = entries.map(|entry| name(entry.unwrap())).collect();
        names.sort();
        names
    }

    /// The program, in this folder and with no settings of the machine's.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_monograph"));
        let inherited = std::env::vars_os().map(|(name, _)| name);
        for name in inherited.filter(|name| name.to_string_lossy().starts_with("ROCKET_")) {
            command.env_remove(name);
        }
        command.args(args).current_dir(self.0.path()).env("ROCKET_BCRYPT_COST", "4");
        command
    }

    /// Runs a command that is told nothing.
    pub fn run(&self, args: &[&str]) -> Ran {
        self.tell("", args)
    }

    /// Runs a command with `input` on its standard input.
    pub fn tell(&self, input: &str, args: &[&str]) -> Ran {
        Ran::of(self.command(args), input)
    }

    /// Runs a command that may write files of so many half kilobytes: a stand-in for a full disk.
    pub fn run_with_files_of(&self, blocks: u32, args: &[&str]) -> Ran {
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
        let command = self.command(args);
        let mut limited = Command::new("sh");
        limited
            .args(["-c", &script])
            .arg(command.get_program())
            .args(args)
            .current_dir(self.0.path());
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => limited.env(name, value),
                None => limited.env_remove(name),
            };
        }
        Ran::of(limited, "")
    }

    /// Makes an account with the usual password.
    pub fn add(&self, name: &str, role: &str) {
        let args = ["user", "add", name, "--role", role];
        self.tell(&format!("{PASSWORD}\n"), &args).done();
    }

    /// Starts the blog at a port that the system chooses.
    pub fn serve(&self) -> Blog {
        Blog::start(self.command(&["serve", "--port", "0"]))
    }

    /// Asks the database itself, as a witness who is not the program.
    pub fn ask(&self, sql: &str) -> Vec<String> {
        ask(&self.path("monograph.db"), sql)
    }

    /// The first column of the answer, as bytes.
    pub fn blobs(&self, sql: &str) -> Vec<Vec<u8>> {
        let conn = rusqlite::Connection::open(self.path("monograph.db")).unwrap();
        let mut statement = conn.prepare(sql).unwrap();
        let found = statement.query_map([], |row| row.get(0)).unwrap();
        found.collect::<rusqlite::Result<_>>().unwrap()
    }

    /// Makes the database from a dump in `tests/fixtures`, as the program left it: with a log, and closed.
    pub fn load_fixture(&self, name: &str) {
        load_fixture(&self.path("monograph.db"), name);
    }
}

/// Makes the database at `path` from a dump in `tests/fixtures`.
pub fn load_fixture(path: &Path, name: &str) {
    let dump = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
    let conn = rusqlite::Connection::open(path).unwrap();
    conn.execute_batch(&fs::read_to_string(dump).unwrap()).unwrap();
    conn.execute_batch("PRAGMA journal_mode = WAL").unwrap();
    conn.close().unwrap();
}

/// Asks the database at `path`.
pub fn ask(path: &Path, sql: &str) -> Vec<String> {
    let conn = rusqlite::Connection::open(path).unwrap();
    let mut statement = conn.prepare(sql).unwrap();
    let columns = statement.column_count();
    let row = |row: &rusqlite::Row<'_>| {
        let values: rusqlite::Result<Vec<rusqlite::types::Value>> =
            (0..columns).map(|n| row.get(n)).collect();
        Ok(values?.iter().map(shown).collect::<Vec<_>>().join("|"))
    };
    statement.query_map([], row).unwrap().collect::<rusqlite::Result<_>>().unwrap()
}

fn shown(value: &rusqlite::types::Value) -> String {
    match value {
        rusqlite::types::Value::Text(text) => text.clone(),
        rusqlite::types::Value::Integer(number) => number.to_string(),
        other => format!("{other:?}"),
    }
}

/// Looks again and again until there is something to see.
#[track_caller]
pub fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + Duration::from_secs(60);
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < deadline, "waited in vain for {what}");
        sleep(Duration::from_millis(10));
    }
}
