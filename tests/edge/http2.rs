//! A client that speaks HTTP/2.

use http_body_util::{BodyExt, Full};
use hyper::Request;
use hyper::body::Bytes;
use hyper::client::conn::http2::{self, SendRequest};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rocket::tokio::net::TcpStream;
use rocket::tokio::spawn;
use rocket::tokio::task::JoinHandle;
use std::net::SocketAddr;

/// A connection in HTTP/2.
pub struct Http2 {
    sender: SendRequest<Full<Bytes>>,
    connection: JoinHandle<hyper::Result<()>>,
}

impl Http2 {
    /// Waits until the edge has closed it.
    pub async fn ended(self) {
        self.connection.await.unwrap().unwrap();
        assert!(self.sender.is_closed());
    }
}

/// Asks for `path` in HTTP/2 and takes nothing of what is in the answer until it is broken off; then asks once more.
pub async fn take_nothing(address: SocketAddr, path: &str) -> bool {
    let stream = TcpStream::connect(address).await.unwrap();
    let mut settings = http2::Builder::new(TokioExecutor::new());
    settings.initial_stream_window_size(0);
    let handshake = settings.handshake::<_, Full<Bytes>>(TokioIo::new(stream));
    let (mut sender, connection) = handshake.await.unwrap();
    spawn(connection);
    let uri = format!("http://blog.example{path}");
    let request = || Request::builder().uri(&uri).body(Full::default()).unwrap();
    let mut answer = sender.send_request(request()).await.unwrap();
    let is_broken_off = answer.frame().await.unwrap().is_err();
    assert_eq!(sender.send_request(request()).await.unwrap().status(), 200);
    is_broken_off
}

/// Asks for `path` in HTTP/2, without having agreed on that.
pub async fn http2(address: SocketAddr, path: &str) -> (u16, String, Http2) {
    let stream = TcpStream::connect(address).await.unwrap();
    let handshake = http2::handshake(TokioExecutor::new(), TokioIo::new(stream));
    let (mut sender, connection) = handshake.await.unwrap();
    let connection = spawn(connection);
    let uri = format!("http://blog.example{path}");
    let request = Request::builder().uri(uri).body(Full::default()).unwrap();
    let answer = sender.send_request(request).await.unwrap();
    let status = answer.status().as_u16();
    let body = answer.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(body.into()).unwrap(), Http2 { sender, connection })
}
