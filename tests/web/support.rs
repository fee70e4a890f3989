//! A blog for every test, spoken to as a visitor would.

use monograph::blog::{Hasher, Password, Role, User, UserName};
use monograph::db::Db;
use monograph::settings::{Flags, Settings, figment};
use monograph::web::{Claim, Store};
use rocket::Config;
use rocket::figment::Figment;
use rocket::http::uri::Host;
use rocket::http::{ContentType, Cookie, Header, Status};
use rocket::local::asynchronous::{Client, LocalRequest, LocalResponse};
use rocket::serde::json::from_str;
use rocket::tokio::runtime::{Builder, Runtime};
use rocket::uri;
use std::collections::HashMap;
use std::net::SocketAddr;

pub const PASSWORD: &str = "correct horse battery staple";

/// A blog of one's own, gone when dropped.
pub struct TestBlog {
    // Not the blocking client: several visitors may come at once, each on a thread of their own.
    runtime: Runtime,
    client: Client,
    pub claim: String,
    dir: tempfile::TempDir,
}

/// An answer, read.
pub struct Answer {
    pub status: Status,
    pub body: String,
    pub bytes: Vec<u8>,
    headers: HashMap<String, String>,
}

/// A browser with cookies of its own, somewhere on the network.
pub struct Visitor<'b> {
    blog: &'b TestBlog,
    jar: std::cell::RefCell<HashMap<String, String>>,
    address: SocketAddr,
    headers: Vec<(&'static str, String)>,
    /// Whether they ask for the blog by a name on the network even where it is on their own machine.
    by_name: bool,
}

impl TestBlog {
    /// A blog without an account.
    pub fn new() -> TestBlog {
        TestBlog::with(|figment| figment)
    }

    /// A blog without an account, with other settings of the operator's.
    pub fn with(adjust: impl FnOnce(Figment) -> Figment) -> TestBlog {
        let dir = tempfile::tempdir().unwrap();
        let db = Db::open(&dir.path().join("blog.db")).unwrap();
        let figment = figment(&Flags::default())
            .merge(("bcrypt_cost", 4))
            .merge(("log_level", "off"))
            .select(Config::DEFAULT_PROFILE);
        let figment = adjust(figment);
        let settings = Settings::extract(&figment).unwrap();
        let (claim, token) = Claim::new();
        let rocket = monograph::app::build(figment, settings, db, claim).unwrap();
        let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let client = runtime.block_on(Client::untracked(rocket)).unwrap();
        TestBlog { runtime, client, claim: token.to_string(), dir }
    }

    /// A blog that Ada owns, with the editor Ed and the authors Bo and Cy.
    pub fn inhabited() -> TestBlog {
        let blog = TestBlog::new();
        let people = [
            ("Ada", Role::Owner),
            ("Ed", Role::Editor),
            ("Bo", Role::Author),
            ("Cy", Role::Author),
        ];
        people.iter().for_each(|(name, role)| blog.add_user(name, *role));
        blog
    }

    pub fn add_user(&self, name: &str, role: Role) {
        let name = UserName::parse(name).unwrap();
        let hash = Hasher::new(4).hash(&Password::proven(PASSWORD)).unwrap();
        self.db().write(|tx| User::add(tx, &name, &hash, role, 0)).unwrap();
    }

    pub fn db(&self) -> &Db {
        self.rocket().state::<Store>().unwrap().db()
    }

    pub fn rocket(&self) -> &rocket::Rocket<rocket::Orbit> {
        self.client.rocket()
    }

    pub fn dir(&self) -> &std::path::Path {
        self.dir.path()
    }

    /// Somebody out on the network, without a session.
    pub fn stranger(&self) -> Visitor<'_> {
        self.visitor_from("192.0.2.1:5000")
    }

    pub fn visitor_from(&self, address: &str) -> Visitor<'_> {
        let address = address.parse().unwrap();
        Visitor {
            blog: self,
            jar: HashMap::new().into(),
            address,
            headers: Vec::new(),
            by_name: false,
        }
    }

    /// Somebody with an account, signed in.
    pub fn signed_in(&self, name: &str) -> Visitor<'_> {
        let visitor = self.stranger();
        let answer = visitor.sign_in(name, PASSWORD);
        assert_eq!(answer.status, Status::SeeOther, "{name} cannot sign in: {}", answer.body);
        visitor
    }
}

impl Visitor<'_> {
    /// The same visitor, sending one more header.
    pub fn sending(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// A program that goes on as the same visitor and asks for JSON.
    pub fn program(&self) -> Self {
        let headers =
            [self.headers.clone(), vec![("Accept", "application/json".to_owned())]].concat();
        Visitor {
            blog: self.blog,
            jar: self.jar.clone(),
            address: self.address,
            headers,
            by_name: self.by_name,
        }
    }

    /// The same visitor, who was led to their own machine by a name on the network.
    pub fn by_name(self) -> Self {
        Visitor { by_name: true, ..self }
    }

    pub fn sign_in(&self, name: &str, password: &str) -> Answer {
        self.post("/auth/login", &[("username", name), ("password", password)])
    }

    pub fn get(&self, path: &str) -> Answer {
        self.send(self.blog.client.get(path.to_owned()))
    }

    pub fn head(&self, path: &str) -> Answer {
        self.send(self.blog.client.head(path.to_owned()))
    }

    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let form = fields.iter().map(|(name, value)| format!("{name}={}", encode(value)));
        let body = form.collect::<Vec<_>>().join("&");
        self.send(self.blog.client.post(path.to_owned()).header(ContentType::Form).body(body))
    }

    /// Sends files as a form does; each with its name.
    pub fn upload(&self, files: &[(&str, &[u8])], alt: &str) -> Answer {
        let part = |head: String, content: &[u8]| {
            [
                format!("--frontier\r\nContent-Disposition: form-data; {head}\r\n\r\n").as_bytes(),
                content,
                b"\r\n",
            ]
            .concat()
        };
        let mut body: Vec<u8> = files
            .iter()
            .flat_map(|(name, content)| {
                part(format!("name=\"file\"; filename=\"{name}\""), content)
            })
            .collect();
        body.extend(part("name=\"alt\"".to_owned(), alt.as_bytes()));
        body.extend(b"--frontier--\r\n");
        self.send_form("/admin/media", body)
    }

    /// Sends a body that says it is a form with files.
    pub fn send_form(&self, path: &str, body: Vec<u8>) -> Answer {
        let kind = Header::new("Content-Type", "multipart/form-data; boundary=frontier");
        self.send(self.blog.client.post(path.to_owned()).header(kind).body(body))
    }

    pub fn request(&self, method: rocket::http::Method, path: &str) -> Answer {
        self.send(self.blog.client.req(method, path.to_owned()))
    }

    /// Writes a post and returns its name.
    pub fn write(&self, title: &str, content: &str) -> String {
        self.write_with(title, content, &[])
    }

    pub fn write_with(&self, title: &str, content: &str, more: &[(&str, &str)]) -> String {
        let fields = [&[("title", title), ("content", content)], more].concat();
        let answer = self.post("/posts", &fields);
        assert_eq!(answer.status, Status::SeeOther, "{}", answer.body);
        let db = self.blog.db();
        let sql = "SELECT uuid FROM posts ORDER BY id DESC LIMIT 1";
        db.read(|conn| Ok::<_, monograph::db::Error>(conn.query_row(sql, [], |row| row.get(0))?))
            .unwrap()
    }

    pub fn cookie(&self, name: &str) -> Option<String> {
        self.jar.borrow().get(name).cloned()
    }

    pub fn set_cookie(&self, name: &str, value: &str) {
        self.jar.borrow_mut().insert(name.to_owned(), value.to_owned());
    }

    fn send(&self, request: LocalRequest<'_>) -> Answer {
        let mut request = request.remote(self.address);
        let local = self.address.ip().is_loopback() && !self.by_name;
        let host =
            if local { Host::new(uri!("localhost:8000")) } else { Host::new(uri!("blog.example")) };
        request.inner_mut().set_host(host);
        for (name, value) in self.jar.borrow().iter() {
            let pair = format!("{name}={value}");
            let cookie = Cookie::parse_encoded(pair)
                .unwrap_or_else(|_| Cookie::new(name.clone(), value.clone()));
            request = request.cookie(cookie.into_owned());
        }
        for (name, value) in &self.headers {
            request.add_header(Header::new(*name, value.clone()));
        }
        self.blog.runtime.block_on(async {
            let response = request.dispatch().await;
            self.keep_cookies(&response);
            Answer::read(response).await
        })
    }

    fn keep_cookies(&self, response: &LocalResponse<'_>) {
        for cookie in response.headers().get("Set-Cookie") {
            let (pair, rest) = cookie.split_once(';').unwrap_or((cookie, ""));
            let (name, value) = pair.split_once('=').unwrap();
            match rest.contains("Max-Age=0") {
                true => self.jar.borrow_mut().remove(name),
                false => self.jar.borrow_mut().insert(name.to_owned(), value.to_owned()),
            };
        }
    }
}

impl Answer {
    async fn read(response: LocalResponse<'_>) -> Answer {
        let status = response.status();
        let mut headers = HashMap::new();
        for header in response.headers().iter() {
            let all: &mut String =
                headers.entry(header.name().as_str().to_lowercase()).or_default();
            all.push_str(header.value());
            all.push('\n');
        }
        let bytes = response.into_bytes().await.unwrap_or_default();
        Answer {
            status,
            headers,
            body: String::from_utf8(bytes.clone()).unwrap_or_default(),
            bytes,
        }
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(&name.to_lowercase()).map_or("", |value| value.trim_end())
    }

    pub fn location(&self) -> &str {
        self.header("Location")
    }

    pub fn json(&self) -> rocket::serde::json::Value {
        from_str(&self.body).unwrap()
    }

    pub fn says(&self, text: &str) -> bool {
        self.body.contains(text)
    }
}

/// A form field's value as a browser sends it.
pub fn encode(value: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    value
        .bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
