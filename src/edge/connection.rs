use super::stream::Stream;
use super::{Client, Edge, Scheme, answer};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::Arc;

/// Answers whatever comes through `stream` until it is closed.
pub async fn serve(edge: Arc<Edge>, stream: Stream, peer: Option<IpAddr>) {
    let service = service_fn(|request: Request<Incoming>| {
        let edge = edge.clone();
        async move {
            let client = Client { address: peer, scheme: Scheme::Http, forwarded: false };
            Ok::<Response<_>, Infallible>(answer(&edge, request, client).await)
        }
    });
    let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    if let Err(error) = connection.await {
        log::debug!("a connection ended: {error}");
    }
}
