//! The blog while it serves, and somebody who visits it.

use crate::running::{Ran, Running};
use crate::support::{PASSWORD, until};
use std::process::Command;
use ureq::Agent;
use ureq::http::Response;

/// The program while it serves.
pub struct Blog {
    running: Running,
    /// Where it is.
    pub url: String,
}

impl Blog {
    /// Starts `command` and waits until it is well.
    pub fn start(command: Command) -> Blog {
        let blog =
            Blog::try_start(command).unwrap_or_else(|ran| panic!("it did not start: {ran:?}"));
        assert_eq!(blog.visitor().get("/healthz").text, "ok");
        blog
    }

    /// Starts `command` and waits until it says where it is and answers, however it may be; what it said if it ended.
    pub fn try_start(command: Command) -> Result<Blog, Ran> {
        let mut running = Running::start(command);
        let url = until("the address", || {
            let out = running.out.so_far();
            let ready = out.contains("Its database is ");
            let url = ready.then(|| after(&out, "Monograph is at ").unwrap());
            (ready || running.has_ended()).then_some(url)
        });
        let Some(url) = url else { return Err(running.end()) };
        let blog = Blog { running, url };
        // Only once it answers does it listen to signals.
        blog.visitor().get("/healthz");
        Ok(blog)
    }

    /// What it printed so far.
    pub fn printed(&self) -> String {
        self.running.out.so_far()
    }

    /// The link that makes the first account, if it printed one.
    pub fn claim(&self) -> Option<String> {
        let line = "It has no account yet. Make the first one within 30 minutes: ";
        after(&self.printed(), line)
    }

    /// Somebody who has not signed in.
    pub fn visitor(&self) -> Visitor {
        let config = Agent::config_builder().http_status_as_error(false).max_redirects(0);
        Visitor { agent: config.build().into(), url: self.url.clone(), cookie: None }
    }

    /// Ada, signed in.
    pub fn ada(&self) -> Visitor {
        let mut visitor = self.visitor();
        assert_eq!(visitor.sign_in("Ada", PASSWORD).status, 303);
        visitor
    }

    /// Asks it to stop, as a service manager does.
    pub fn ask_to_stop(&self) {
        let pid = self.running.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    }

    /// Stops it; what it printed and logged in its life.
    pub fn stop(self) -> Ran {
        self.ask_to_stop();
        self.end()
    }

    /// Waits for its end.
    pub fn end(self) -> Ran {
        self.running.end()
    }

    /// Ends it in the middle of whatever it does.
    pub fn kill(&mut self) {
        self.running.kill();
    }
}

fn after(text: &str, beginning: &str) -> Option<String> {
    text.lines().find_map(|line| line.strip_prefix(beginning)).map(str::to_owned)
}

/// Somebody with a browser.
#[derive(Clone)]
pub struct Visitor {
    agent: Agent,
    url: String,
    /// What the browser sends along.
    pub cookie: Option<String>,
}

/// What they got.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub location: Option<String>,
    pub text: String,
}

impl Visitor {
    /// Looks at a page.
    pub fn get(&mut self, path: &str) -> Answer {
        let request = self.agent.get(self.address(path));
        let request = request.header("Cookie", self.cookie.as_deref().unwrap_or_default());
        self.keep(request.call().unwrap()).unwrap()
    }

    /// Sends a form.
    pub fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Answer {
        self.try_post(path, form).unwrap()
    }

    /// Sends a form to a blog that may be gone.
    pub fn try_post(&mut self, path: &str, form: &[(&str, &str)]) -> Result<Answer, ureq::Error> {
        let request = self.agent.post(self.address(path));
        let request = request.header("Cookie", self.cookie.as_deref().unwrap_or_default());
        request.send_form(form.iter().copied()).and_then(|response| self.keep(response))
    }

    /// Sends a file, as a program does, to a blog that may be gone.
    pub fn upload(&mut self, name: &str, bytes: &[u8]) -> Result<Answer, ureq::Error> {
        let head = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        let body = [head.as_bytes(), bytes, b"\r\n--edge--\r\n"].concat();
        let request = self.agent.post(self.address("/admin/media"));
        let request = request.header("Cookie", self.cookie.as_deref().unwrap_or_default());
        let request = request.header("Accept", "application/json");
        let request = request.header("Content-Type", "multipart/form-data; boundary=edge");
        request.send(&body).and_then(|response| self.keep(response))
    }

    /// The bytes of a file.
    pub fn download(&self, path: &str) -> Vec<u8> {
        self.agent.get(self.address(path)).call().unwrap().body_mut().read_to_vec().unwrap()
    }

    /// Signs in.
    pub fn sign_in(&mut self, name: &str, password: &str) -> Answer {
        self.post("/auth/login", &[("username", name), ("password", password)])
    }

    /// Whether the blog knows who this is.
    pub fn is_signed_in(&mut self) -> bool {
        match self.get("/admin").status {
            200 => true,
            303 => false,
            other => panic!("/admin answered {other}"),
        }
    }

    /// The same browser at a blog that has started again elsewhere.
    pub fn at(&self, blog: &Blog) -> Visitor {
        Visitor { cookie: self.cookie.clone(), ..blog.visitor() }
    }

    fn address(&self, path: &str) -> String {
        match path.starts_with('/') {
            true => format!("{}{path}", self.url),
            false => path.to_owned(),
        }
    }

    fn keep(&mut self, mut response: Response<ureq::Body>) -> Result<Answer, ureq::Error> {
        let set = response.headers().get_all("set-cookie").iter();
        let set: Vec<_> = set.map(|value| value.to_str().unwrap()).collect();
        if let Some(session) = set.iter().find(|value| value.starts_with("session=")) {
            self.cookie = session.split(';').next().map(str::to_owned);
        }
        let location = response.headers().get("location");
        let location = location.map(|value| value.to_str().unwrap().to_owned());
        let status = response.status().as_u16();
        Ok(Answer { status, location, text: response.body_mut().read_to_string()? })
    }
}
