//! The executable itself, in a folder of its own.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::thread;
use tempfile::TempDir;

/// A blog that is served until this is dropped.
pub struct Blog {
    child: Child,
    port: String,
    folder: TempDir,
    address: String,
}

impl Blog {
    /// Starts one without accounts or posts.
    pub fn start() -> Blog {
        let folder = tempfile::tempdir().unwrap();
        let (child, line) = serve(&folder, "0");
        // Owned from here on, so that the program is stopped if the line is not what we think.
        let mut blog = Blog { child, port: String::new(), folder, address: String::new() };
        blog.address = line.trim().strip_prefix("Monograph is at ").unwrap().to_owned();
        blog.port = blog.address.rsplit(':').next().unwrap().to_owned();
        blog
    }

    /// Nobody reaches it any more.
    pub fn stop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// It is back, where it was.
    pub fn start_again(&mut self) {
        self.child = serve(&self.folder, &self.port).0;
    }

    /// The full address of `path`.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// Runs another command on the same database; what it printed.
    pub fn command(&self, arguments: &[&str], input: &str) -> String {
        let mut child = monograph(&self.folder)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let ran = child.wait_with_output().unwrap();
        assert!(ran.status.success(), "{arguments:?}");
        String::from_utf8(ran.stdout).unwrap()
    }
}

impl Drop for Blog {
    fn drop(&mut self) {
        self.stop();
        if thread::panicking() {
            eprintln!("{}", fs::read_to_string(self.folder.path().join("log")).unwrap_or_default());
        }
    }
}

/// The program, and the first line it says.
fn serve(folder: &TempDir, port: &str) -> (Child, String) {
    let log = File::options().create(true).append(true).open(folder.path().join("log")).unwrap();
    let mut child = monograph(folder)
        .args(["serve", "--port", port])
        .stdout(Stdio::piped())
        .stderr(log)
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    (child, line)
}

fn monograph(folder: &TempDir) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_monograph"));
    command.current_dir(folder).env("ROCKET_BCRYPT_COST", "4");
    command
}
