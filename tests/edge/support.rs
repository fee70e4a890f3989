//! An edge before a blog that answers with what it was asked.

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use monograph::edge::{Door, Edge, Origin, PageCache, Pass};
use monograph::settings::{Flags, Settings, figment};
use rocket::figment::Figment;
use rocket::tokio::net::TcpListener;
use rocket::tokio::runtime::{Builder, Runtime};
use rocket::tokio::spawn;
use rocket::tokio::sync::{Notify, oneshot};
use rocket::tokio::task::JoinHandle;
use std::convert::Infallible;
use std::future::Future;
use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::os::unix::net::UnixStream;
use std::sync::{Arc, Mutex};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// The edge, and behind it the blog.
pub struct Stage {
    pub runtime: Runtime,
    pub address: SocketAddr,
    pub blog: Arc<Blog>,
    stop: Option<oneshot::Sender<()>>,
    served: Option<JoinHandle<()>>,
}

/// What stands for the blog.
#[derive(Default)]
pub struct Blog {
    /// The requests that have reached it, and how long their bodies were.
    seen: Mutex<Vec<(String, usize)>>,
    /// Lets go whoever has asked for `/wait`.
    pub go: Notify,
    /// Somebody has asked for `/wait`.
    pub waits: Notify,
}

/// What is too long to be asked for at once.
pub const LONG: usize = 8 << 20;

impl Stage {
    /// With the usual settings.
    pub fn usual() -> Stage {
        Stage::with(|figment| figment)
    }

    /// With other settings.
    pub fn with(adjust: impl FnOnce(Figment) -> Figment) -> Stage {
        Stage::set(adjust, serve)
    }

    /// With room for what the blog answers: all of it may be kept.
    pub fn keeping(adjust: impl FnOnce(Figment) -> Figment) -> Stage {
        Stage::with(|figment| adjust(figment.merge(("page_cache", "64 MiB"))))
    }

    /// With whatever `start` starts in place of the blog.
    pub fn set<F: Future<Output = SocketAddr>>(
        adjust: impl FnOnce(Figment) -> Figment,
        start: impl FnOnce(Arc<Blog>) -> F,
    ) -> Stage {
        let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let figment = figment(&Flags { port: Some(0), ..Flags::default() });
        let figment = figment.merge(("page_cache", 0));
        let settings = Settings::extract(&adjust(figment)).unwrap();
        let blog = Arc::new(Blog::default());
        let (stop, stopped) = oneshot::channel::<()>();
        let (address, served) = runtime.block_on(async {
            let origin = start(blog.clone()).await;
            let door = Door::open(&settings).await.map_err(|(_, error)| error).unwrap();
            let address = door.address().unwrap();
            let origin = Origin::new(origin, Pass::random(), &settings.edge);
            let room = settings.edge.page_cache.as_u64();
            let cache = PageCache::new(room, &[], Arc::new(|| 0));
            let edge = Edge::new(&settings, origin, cache, None);
            (address, spawn(door.serve(edge, async move { drop(stopped.await) })))
        });
        Stage { runtime, address, blog, stop: Some(stop), served: Some(served) }
    }

    /// A client that has connected.
    pub fn client(&self) -> Client {
        Client::of(TcpStream::connect(self.address).unwrap())
    }

    /// What becomes of `request`, sent by itself.
    pub fn ask(&self, request: impl AsRef<[u8]>) -> Answer {
        let mut client = self.client();
        client.say(request);
        client.hear()
    }

    /// Asks the edge to end.
    pub fn ask_to_stop(&mut self) {
        drop(self.stop.take());
    }

    /// Waits for the end.
    pub fn end(&mut self) {
        self.ask_to_stop();
        let served = self.served.take().unwrap();
        self.runtime.block_on(served).unwrap();
    }
}

impl Blog {
    /// A request has reached it.
    pub fn see(&self, line: String, length: usize) {
        self.seen.lock().unwrap().push((line, length));
    }

    /// Forgets the requests; what they were.
    pub fn forget(&self) -> Vec<(String, usize)> {
        std::mem::take(&mut self.seen.lock().unwrap())
    }

    /// The requests that have reached it: method and address.
    pub fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().iter().map(|(line, _)| line.clone()).collect()
    }

    async fn answer(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let (head, body) = request.into_parts();
        let line = format!("{} {}", head.method, head.uri);
        let mut said = line.clone();
        for (name, value) in &head.headers {
            said += &format!("\n{name}: {}", String::from_utf8_lossy(value.as_bytes()));
        }
        let Ok(body) = body.collect().await else {
            self.see(line + " (cut off)", 0);
            return Response::new(Full::default());
        };
        let length = body.to_bytes().len();
        self.see(line, length);
        match head.uri.path() {
            "/wait" => {
                let go = self.go.notified();
                self.waits.notify_one();
                go.await;
            }
            "/long" => return Response::new(Full::from(vec![b'x'; LONG])),
            _ => {}
        }
        let mut answer = Response::new(Full::from(format!("{said}\n{length} bytes")));
        answer.headers_mut().insert("cache-control", "public, max-age=60".parse().unwrap());
        answer
    }
}

async fn serve(blog: Arc<Blog>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let blog = blog.clone();
            spawn(async move {
                let service =
                    service_fn(|request| async { Ok::<_, Infallible>(blog.answer(request).await) });
                http1::Builder::new().serve_connection(TokioIo::new(stream), service).await
            });
        }
    });
    address
}

/// One end of a connection.
pub struct Client {
    stream: Box<dyn Both>,
    heard: Vec<u8>,
}

/// What can be read and written.
trait Both: Read + Write {}
impl<T: Read + Write> Both for T {}

/// So that a test that waits in vain ends.
const PATIENCE: Option<Duration> = Some(Duration::from_secs(60));

/// An answer, read.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Client {
    /// The client at this end of `stream`.
    pub fn of(stream: TcpStream) -> Client {
        stream.set_read_timeout(PATIENCE).unwrap();
        Client { stream: Box::new(stream), heard: Vec::new() }
    }

    /// The same through a socket in the file system.
    pub fn through(stream: UnixStream) -> Client {
        stream.set_read_timeout(PATIENCE).unwrap();
        Client { stream: Box::new(stream), heard: Vec::new() }
    }

    /// Sends some bytes; whoever has closed the connection does not take them.
    pub fn say(&mut self, bytes: impl AsRef<[u8]>) -> bool {
        self.stream.write_all(bytes.as_ref()).is_ok()
    }

    /// Reads an answer.
    pub fn hear(&mut self) -> Answer {
        self.hear_if_any().expect("an answer")
    }

    /// Reads an answer; nothing if the connection is closed instead.
    pub fn hear_if_any(&mut self) -> Option<Answer> {
        let end = loop {
            match self.heard.windows(4).position(|window| window == b"\r\n\r\n") {
                Some(end) => break end + 4,
                None if self.more() == 0 => return None,
                None => {}
            }
        };
        let head: Vec<u8> = self.heard.drain(..end).collect();
        let head = String::from_utf8(head).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let mut answer = Answer { status, head, body: Vec::new() };
        let length = answer.header("content-length").map_or(0, |text| text.parse().unwrap());
        let length = if status == 100 { 0 } else { length };
        while self.heard.len() < length && self.more() > 0 {}
        answer.body = self.heard.drain(..length.min(self.heard.len())).collect();
        Some(answer)
    }

    /// Waits until the connection is closed, and whatever comes before.
    pub fn closed(&mut self) -> Vec<u8> {
        while self.more() > 0 {}
        std::mem::take(&mut self.heard)
    }

    fn more(&mut self) -> usize {
        let mut bytes = vec![0; 65536];
        let count = match self.stream.read(&mut bytes) {
            Ok(count) => count,
            Err(error) if error.kind() == ErrorKind::ConnectionReset => 0,
            Err(error) => panic!("{error}"),
        };
        self.heard.extend_from_slice(&bytes[..count]);
        count
    }
}

impl Answer {
    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Whether the connection is closed after it.
    pub fn closes(&self) -> bool {
        self.header("connection") == Some("close")
    }
}

/// A request for `path` without anything special.
pub fn get(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: blog.example\r\n\r\n")
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
