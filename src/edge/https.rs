//! Where the blog speaks HTTPS, who comes in the clear is led to it.

use super::headers::promise;
use super::link::Peer;
use super::stream::Stream;
use super::tls::Accepted;
use super::{Body, Client, Edge, Refusal, Scheme};
use hyper::header::{HOST, HeaderValue, LOCATION};
use hyper::http::uri::Authority;
use hyper::{Request, Response, StatusCode};
use std::io;

impl Edge {
    /// `stream`, made safe where the client wants that; nothing, where all was said while shaking hands.
    ///
    /// # Errors
    /// The client speaks no TLS that we do.
    pub(super) async fn shake_hands(&self, stream: Stream) -> io::Result<Option<Stream>> {
        match (stream, &self.tls) {
            (Stream::Tcp(stream), Some(tls)) => Ok(match tls.accept(stream).await? {
                Accepted::Safe(stream) => Some(Stream::Tls(stream)),
                Accepted::InTheClear(stream) => Some(Stream::Tcp(stream)),
                Accepted::Proof => None,
            }),
            (stream, _) => Ok(Some(stream)),
        }
    }

    /// Whether `client` has to come again over HTTPS. Programs on this machine that come through a unix socket are not
    /// asked to.
    pub(super) fn wants_https(&self, client: &Client, peer: &Peer) -> bool {
        self.tls.is_some() && client.scheme == Scheme::Http && peer.address.is_some()
    }

    /// Leads to the same place over HTTPS.
    ///
    /// # Errors
    /// It is not known under which name.
    pub(super) fn to_https<B>(&self, request: &Request<B>) -> Result<Response<Body>, Refusal> {
        let place = request.uri().path_and_query().map_or("/", |place| place.as_str());
        let location = self.https_host(request).map(|host| format!("https://{host}{place}"));
        let Some(Ok(location)) = location.map(HeaderValue::try_from) else {
            return Err(Refusal::Malformed);
        };
        let mut answer = Response::new(Body::empty());
        *answer.status_mut() = StatusCode::PERMANENT_REDIRECT;
        answer.headers_mut().insert(LOCATION, location);
        promise(answer.headers_mut(), Scheme::Http);
        Ok(answer)
    }

    /// The name in `base_url`, else the one that was asked for.
    fn https_host<B>(&self, request: &Request<B>) -> Option<String> {
        if let Some(host) = &self.https_host {
            return Some(host.clone());
        }
        let asked = request.headers().get(HOST)?.to_str().ok()?.parse::<Authority>().ok()?;
        // Whoever came to the port of HTTP finds HTTPS at its own.
        let port = asked.port_u16().filter(|port| *port != 80);
        Some(port.map_or(asked.host().to_owned(), |port| format!("{}:{port}", asked.host())))
    }
}
