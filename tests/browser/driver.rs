//! Chromium and the program that steers it.

use fantoccini::error::NewSessionError;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use rocket::serde::json::{Value, from_str, json};
use std::env;
use std::io::{BufRead, BufReader, Write, stderr};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread;
use tempfile::TempDir;

/// Whether the browser runs the scripts of pages.
#[derive(Clone, Copy, PartialEq)]
pub enum Scripts {
    /// As it comes.
    On,
    /// As some people set it.
    Off,
}

/// A chromedriver with one window, closed when this is dropped.
pub struct Driver {
    child: Child,
    /// chromedriver stops when nobody can hear it.
    _out: BufReader<ChildStdout>,
    profile: TempDir,
    address: String,
    session: Option<String>,
}

impl Driver {
    /// Starts one, or says why there is none.
    pub fn start() -> Option<Driver> {
        let Some(program) = find(&["chromedriver"]).filter(|_| browser().is_some()) else {
            skip("Chromium and chromedriver are not in the search path");
            return None;
        };
        let mut child =
            Command::new(program).arg("--port=0").stdout(Stdio::piped()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let port = port(&mut out);
        let address = format!("http://127.0.0.1:{}", port.unwrap_or_default());
        let profile = tempfile::tempdir().unwrap();
        Some(Driver { child, _out: out, profile, address, session: None })
    }

    /// Opens the window. On a busy machine a browser may fail to start; that says nothing of the blog, so it gets
    /// another try with a driver of its own.
    pub async fn open(&mut self, scripts: Scripts) -> Client {
        let mut tries = 1;
        let client = loop {
            match self.connect(scripts).await {
                Ok(client) => break client,
                Err(error) => assert!(tries < 3, "the browser does not start: {error}"),
            }
            tries += 1;
            *self = Driver::start().unwrap();
        };
        self.session = client.session_id().await.unwrap();
        // Closed by `drop`, which also works while a test panics.
        client.persist().await.unwrap();
        client
    }

    /// Closes the window and the whole browser. What it keeps is there when it is opened again.
    pub fn close(&mut self) {
        if let Some(session) = self.session.take() {
            let _ = ureq::delete(format!("{}/session/{session}", self.address)).call();
        }
    }

    async fn connect(&self, scripts: Scripts) -> Result<Client, NewSessionError> {
        let wishes = json!({
            "goog:loggingPrefs": { "browser": "ALL" },
            // Together they let the question before leaving a page stay for us to answer.
            "unhandledPromptBehavior": { "default": "ignore", "beforeUnload": "ignore" },
            "webSocketUrl": true,
            "goog:chromeOptions": {
                "binary": browser(),
                "args": self.flags(),
                "prefs": match scripts {
                    Scripts::On => json!({}),
                    Scripts::Off => json!({ "profile.managed_default_content_settings.javascript": 2 }),
                },
            },
        });
        ClientBuilder::new(HttpConnector::new())
            .capabilities(wishes.as_object().unwrap().clone())
            .connect(&self.address)
            .await
    }

    /// A command of Chromium's own protocol.
    pub fn chromium(&self, command: &str, parameters: Value) {
        self.post("goog/cdp/execute", json!({ "cmd": command, "params": parameters }));
    }

    /// What the console said since the last time this was asked.
    pub fn console(&self) -> Vec<String> {
        let answer = self.post("se/log", json!({ "type": "browser" }));
        let lines = answer["value"].as_array().unwrap();
        lines.iter().map(|line| line["message"].as_str().unwrap().to_owned()).collect()
    }

    fn post(&self, command: &str, body: Value) -> Value {
        let url = format!("{}/session/{}/{command}", self.address, self.session.as_ref().unwrap());
        let mut answer = ureq::post(url).send(body.to_string()).unwrap();
        from_str(&answer.body_mut().read_to_string().unwrap()).unwrap()
    }

    fn flags(&self) -> Vec<String> {
        let profile = format!("--user-data-dir={}", self.profile.path().display());
        [
            "--headless=new",
            // Root, as in a container, can have no sandbox.
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-quic",
            "--window-size=1280,900",
            &profile,
        ]
        .map(str::to_owned)
        .to_vec()
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Without it the browser outlives its driver.
        self.close();
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The port chromedriver says it got.
fn port(out: &mut impl BufRead) -> Option<String> {
    let line = out.lines().map_while(Result::ok).find(|line| line.contains("successfully"))?;
    Some(line.rsplit_once(' ')?.1.trim_end_matches('.').to_owned())
}

fn browser() -> Option<PathBuf> {
    find(&["chromium", "chromium-browser", "google-chrome", "chrome"])
}

fn find(names: &[&str]) -> Option<PathBuf> {
    let folders: Vec<_> = env::split_paths(&env::var_os("PATH")?).collect();
    let paths = names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    paths.into_iter().find(|path| path.is_file())
}

/// Written past the test runner, which would keep it to itself.
pub fn skip(why: &str) {
    assert!(env::var("CI").as_deref() != Ok("true"), "{why}, and here the tests must run");
    let test = thread::current();
    let line = format!("skipped {}: {why}\n", test.name().unwrap_or_default());
    let _ = stderr().write_all(line.as_bytes());
}
