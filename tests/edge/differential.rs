//! Rocket reads what the edge lets through exactly as the edge does: what one takes for a body the other never takes for
//! a request.

use crate::framing::{HIDDEN, NO_CHUNKS, REFUSED};
use crate::support::{Blog, Client, Stage};
use rocket::data::ToByteUnit;
use rocket::http::Method;
use rocket::route::{Handler, Outcome};
use rocket::tokio::spawn;
use rocket::tokio::sync::mpsc;
use rocket::{Data, Request, Route, async_trait, fairing::AdHoc};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;

/// What is in order, whole or in several parts, alone or with something behind it.
pub const IN_ORDER: [&str; 12] = [
    "GET /a HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET /a HTTP/1.1\nHost: a\n\n",
    "\r\n\r\nGET /a HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET http://a/b?c HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET /a HTTP/1.0\r\n\r\n",
    "GET /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello",
    "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello",
    "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
    "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
    "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n5;x=y\r\nhello\r\n0\r\nA: b\r\n\r\n",
    "PUT /a HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\nhello",
];

/// Whatever is asked, it notes what that was.
#[derive(Clone)]
struct Noting(Arc<Blog>);

#[async_trait]
impl Handler for Noting {
    async fn handle<'r>(&self, request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r> {
        let body = data.open(1.mebibytes()).into_bytes().await;
        let line = format!("{} {}", request.method(), request.uri());
        match body {
            Ok(body) => self.0.see(line, body.len()),
            // It broke off, and no answer would be read.
            Err(_) => return Outcome::Error(rocket::http::Status::BadRequest),
        }
        Outcome::from(request, "seen")
    }
}

/// Rocket by itself.
async fn rocket(blog: Arc<Blog>) -> SocketAddr {
    let (say, mut listens) = mpsc::channel(1);
    let figment = rocket::Config::figment()
        .merge(("port", 0))
        .merge(("log_level", "off"))
        .merge(("secret_key", vec![1u8; 64]))
        .merge(("shutdown.ctrlc", false));
    let methods = [Method::Get, Method::Post, Method::Put, Method::Options, Method::Trace];
    let noting = |method| Route::new(method, "/<path..>", Noting(blog.clone()));
    let routes: Vec<Route> = methods.into_iter().map(noting).collect();
    let rocket = rocket::custom(figment).mount("/", routes);
    let rocket = rocket.attach(AdHoc::on_liftoff("port", move |rocket| {
        let address = SocketAddr::new(rocket.config().address, rocket.config().port);
        Box::pin(async move { say.send(address).await.unwrap() })
    }));
    spawn(async { rocket.launch().await.map(drop).map_err(drop) });
    listens.recv().await.unwrap()
}

/// What Rocket sees of `bytes`, and how often it is answered, sent to `address`.
fn seen(stage: &Stage, address: SocketAddr, bytes: &str) -> (Vec<(String, usize)>, Vec<u16>) {
    let mut client = Client::of(TcpStream::connect(address).unwrap());
    client.say(bytes);
    client.say(HIDDEN.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
    let mut statuses = Vec::new();
    while let Some(answer) = client.hear_if_any() {
        statuses.extend(Some(answer.status).filter(|status| *status != 100));
    }
    (stage.blog.forget(), statuses)
}

#[test]
fn what_the_edge_lets_through_is_the_same_to_rocket() {
    let alone = std::sync::Mutex::new(None);
    let stage = Stage::set(
        |figment| figment,
        |blog| async {
            let address = rocket(blog).await;
            *alone.lock().unwrap() = Some(address);
            address
        },
    );
    let alone = alone.into_inner().unwrap().unwrap();
    let refused = REFUSED.iter().map(|(request, _)| (*request).to_owned());
    let chunks = NO_CHUNKS.iter().map(|chunks| {
        format!("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}")
    });
    let in_order = IN_ORDER.iter().map(|request| (*request).to_owned());
    let mut let_through = 0;
    for request in refused.chain(chunks).chain(in_order) {
        let (through, statuses) = seen(&stage, stage.address, &request);
        let (directly, _) = seen(&stage, alone, &request);
        let answered = statuses.iter().filter(|status| **status == 200).count();
        // Each request that Rocket sees has one answer, and none is seen that Rocket alone would not have seen so.
        assert_eq!(through.len(), answered, "{request:?}: {through:?} {statuses:?}");
        let plain = |(line, length): &(String, usize)| (line.replace("http://a", ""), *length);
        for (n, one) in through.iter().enumerate() {
            let same = directly.get(n).map(plain);
            assert_eq!(same, Some(plain(one)), "{request:?}: {directly:?}");
        }
        let_through += through.len();
    }
    // Those in order, and what is behind them where the connection goes on.
    assert!(let_through >= IN_ORDER.len(), "{let_through}");
}
