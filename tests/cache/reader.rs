//! Somebody who speaks HTTP/1.1 by hand, so that nothing is added to what they send and nothing taken from what they get.

use crate::blog::Blog;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// A reader with one connection.
pub struct Reader {
    stream: BufReader<TcpStream>,
    /// What is sent with every request.
    pub headers: Vec<(String, String)>,
}

/// What they got.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
    headers: Vec<(String, String)>,
}

impl Reader {
    /// Connects to `blog`.
    pub fn of(blog: &Blog) -> Reader {
        let address = blog.url.strip_prefix("http://").unwrap();
        let stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        stream.set_nodelay(true).unwrap();
        let host = ("Host".to_owned(), address.to_owned());
        Reader { stream: BufReader::new(stream), headers: vec![host] }
    }

    /// The same reader, who sends one more header.
    pub fn sending(mut self, name: &str, value: &str) -> Reader {
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Looks at a page.
    pub fn get(&mut self, path: &str) -> Answer {
        self.ask("GET", path, &[])
    }

    /// Sends a request and reads the answer.
    pub fn ask(&mut self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send(method, path, headers);
        self.receive(method == "HEAD")
    }

    /// Sends a request.
    pub fn send(&mut self, method: &str, path: &str, headers: &[(&str, &str)]) {
        let mut text = format!("{method} {path} HTTP/1.1\r\n");
        let own = self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        for (name, value) in own.chain(headers.iter().copied()) {
            text += &format!("{name}: {value}\r\n");
        }
        self.stream.get_mut().write_all((text + "\r\n").as_bytes()).unwrap();
    }

    /// Sends a file as a form does, and says where it is then.
    pub fn upload(&mut self, name: &str, content: &[u8]) -> String {
        let head = format!(
            "--frontier\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
        );
        let body = [head.as_bytes(), content, b"\r\n--frontier--\r\n"].concat();
        let kind = "multipart/form-data; boundary=frontier";
        let length = body.len().to_string();
        let headers =
            [("Content-Type", kind), ("Content-Length", &length), ("Accept", "application/json")];
        self.send("POST", "/admin/media", &headers);
        self.stream.get_mut().write_all(&body).unwrap();
        let answer = self.receive(false);
        assert_eq!(answer.status, 201, "{}", answer.text());
        let told: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
        told["files"][0]["url"].as_str().unwrap().to_owned()
    }

    /// Reads the answer to a request that was sent, in their order.
    pub fn receive(&mut self, is_head: bool) -> Answer {
        let line = self.line();
        let status = line.split(' ').nth(1).unwrap().parse().unwrap();
        let mut headers = Vec::new();
        while let Some((name, value)) = self.line().split_once(": ") {
            headers.push((name.to_ascii_lowercase(), value.to_owned()));
        }
        let mut answer = Answer { status, headers, body: Vec::new() };
        if !is_head && status != 304 {
            answer.body = self.body(&answer);
        }
        answer
    }

    /// Whether nothing more comes.
    pub fn is_at_end(&mut self) -> bool {
        self.stream.fill_buf().unwrap().is_empty()
    }

    fn body(&mut self, answer: &Answer) -> Vec<u8> {
        let mut body = Vec::new();
        if answer.header("transfer-encoding") != "chunked" {
            body.resize(answer.header("content-length").parse().unwrap(), 0);
            self.stream.read_exact(&mut body).unwrap();
            return body;
        }
        loop {
            let length = usize::from_str_radix(&self.line(), 16).unwrap();
            let mut chunk = vec![0; length];
            self.stream.read_exact(&mut chunk).unwrap();
            self.line();
            if length == 0 {
                return body;
            }
            body.extend(chunk);
        }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        assert!(self.stream.read_line(&mut line).unwrap() > 0, "the connection was closed");
        line.trim_end().to_owned()
    }
}

impl Answer {
    /// The value of a header; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        let mut values = self.headers.iter().filter(|(known, _)| known == &name.to_lowercase());
        let value = values.next().map_or("", |(_, value)| value);
        assert!(values.next().is_none(), "{name} stands there twice");
        value
    }

    /// All headers, as they came.
    pub fn headers(&self) -> impl Iterator<Item = (String, String)> {
        self.headers.iter().cloned()
    }

    /// The values of some headers.
    pub fn headers_of<const N: usize>(&self, names: [&str; N]) -> [String; N] {
        names.map(|name| self.header(name).to_owned())
    }

    /// What the page says.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    /// Whether the page says this.
    pub fn says(&self, text: &str) -> bool {
        self.text().contains(text)
    }

    /// What the cache did.
    pub fn cache(&self) -> &str {
        let status = self.header("cache-status");
        status.strip_prefix("monograph; ").unwrap_or_else(|| panic!("{status:?}"))
    }
}
