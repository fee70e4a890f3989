//! The program as a process of its own.

use crate::support::until;
use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;

/// A process; killed when a test ends before it.
pub struct Running {
    child: Child,
    pub out: Said,
    pub err: Said,
}

/// What a command said, and how it ended.
#[derive(Debug)]
pub struct Ran {
    pub status: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Running {
    /// Starts `command`.
    pub fn start(mut command: Command) -> Running {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let (out, err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
        Running { child, out: Said::by(out), err: Said::by(err) }
    }

    /// Gives it `input`, and no more after that.
    pub fn tell(&mut self, input: &str) {
        // A command that does not listen is none the worse for it.
        let _ = self.child.stdin.take().unwrap().write_all(input.as_bytes());
    }

    /// Its number.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Whether it has ended.
    pub fn has_ended(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }

    /// Waits for its end.
    pub fn end(mut self) -> Ran {
        let status = until("the end", || self.child.try_wait().unwrap()).code();
        Ran { status, out: self.out.in_the_end(), err: self.err.in_the_end() }
    }

    /// Ends it at once.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.kill();
    }
}

/// What comes out of a pipe, read while it comes.
pub struct Said {
    text: Arc<Mutex<Vec<u8>>>,
    reader: Option<thread::JoinHandle<()>>,
}

impl Said {
    fn by(mut pipe: impl Read + Send + 'static) -> Said {
        let text = Arc::new(Mutex::new(Vec::new()));
        let heard = text.clone();
        let reader = thread::spawn(move || {
            let mut chunk = [0; 65536];
            while let Ok(length @ 1..) = pipe.read(&mut chunk) {
                heard.lock().unwrap().extend_from_slice(&chunk[..length]);
            }
        });
        Said { text, reader: Some(reader) }
    }

    pub fn so_far(&self) -> String {
        String::from_utf8_lossy(&self.text.lock().unwrap()).into_owned()
    }

    fn in_the_end(&mut self) -> String {
        self.reader.take().map(thread::JoinHandle::join);
        self.so_far()
    }
}

impl Ran {
    /// Runs `command` to its end.
    pub fn of(command: Command, input: &str) -> Ran {
        let mut running = Running::start(command);
        running.tell(input);
        running.end()
    }

    /// It worked and had nothing to complain about; what it printed.
    #[track_caller]
    pub fn done(self) -> String {
        assert_eq!((self.status, self.err.as_str()), (Some(0), ""), "{self:?}");
        self.out
    }

    /// It failed, printed nothing and said why in one line; that line.
    #[track_caller]
    pub fn failed(self) -> String {
        assert_eq!((self.status, self.out.as_str()), (Some(1), ""), "{self:?}");
        let line = self.err.strip_suffix('\n').unwrap_or_default();
        let line = line.strip_prefix("monograph: ").unwrap_or_default();
        assert!(!line.is_empty() && !line.contains('\n'), "{self:?}");
        line.to_owned()
    }

    /// It was called wrongly and said how to call it.
    #[track_caller]
    pub fn misused(self) -> String {
        assert_eq!((self.status, self.out.as_str()), (Some(2), ""), "{self:?}");
        let says_how = self.err.contains("Usage: monograph") || self.err.contains("try '--help'");
        assert!(says_how, "{self:?}");
        self.err
    }

    /// It served and came to a good end.
    #[track_caller]
    pub fn done_serving(self) -> Ran {
        assert_eq!(self.status, Some(0), "{self:?}");
        self
    }
}
