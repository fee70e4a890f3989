//! HTTPS: certificates, and the handshake that comes before the first request.

mod acme;
mod certificates;
mod files;
mod pair;
mod source;

pub use acme::Safe;
pub use certificates::Certificates;
pub use pair::{Error, Pair};
pub use source::Source;

use rocket::tokio::io::AsyncWriteExt;
use rocket::tokio::net::TcpStream;
use std::io;
use std::sync::Arc;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring::{self, Ticketer};
use tokio_rustls::rustls::{self, ServerConfig};
use tokio_rustls::server::TlsStream;

/// The protocol with which a certificate authority asks for a proof (RFC 8737, section 6.2).
const ACME: &[u8] = b"acme-tls/1";
/// What is spoken once the line is safe, the better one first (RFC 7301).
const SPOKEN: [&[u8]; 3] = [b"h2", b"http/1.1", ACME];

/// Shakes hands with visitors who come over HTTPS.
#[derive(Clone)]
pub struct Tls {
    acceptor: TlsAcceptor,
    /// What is shown to them.
    pub certificates: Arc<Certificates>,
}

impl Tls {
    /// Shows `certificates`.
    pub fn new(certificates: Arc<Certificates>) -> Result<Tls, rustls::Error> {
        // TLS 1.2 and 1.3, and no cipher without forward secrecy: rustls knows no others.
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_cert_resolver(certificates.clone());
        config.alpn_protocols = SPOKEN.map(<[u8]>::to_vec).to_vec();
        // Who comes again shakes hands in one step, without our remembering them.
        config.ticketer = Ticketer::new()?;
        Ok(Tls { acceptor: TlsAcceptor::from(Arc::new(config)), certificates })
    }

    /// What comes through `stream`: the line made safe, where the client wants that.
    ///
    /// # Errors
    /// The client speaks no TLS that we do.
    pub async fn accept(&self, stream: TcpStream) -> io::Result<Accepted> {
        if !begins_tls(&stream).await? {
            return Ok(Accepted::InTheClear(stream));
        }
        let mut stream = self.acceptor.accept(stream).await?;
        if stream.get_ref().1.alpn_protocol() == Some(ACME) {
            stream.shutdown().await?;
            return Ok(Accepted::Proof);
        }
        Ok(Accepted::Safe(Box::new(stream)))
    }
}

/// How a client wants to talk.
pub enum Accepted {
    /// So that nobody else can listen.
    Safe(Box<TlsStream<TcpStream>>),
    /// As before there was TLS.
    InTheClear(TcpStream),
    /// Not at all: it was a certificate authority that wanted to see a proof, and has.
    Proof,
}

/// Whether the first byte is that of a handshake (RFC 8446, section 5.1), and not of a word of HTTP.
async fn begins_tls(stream: &TcpStream) -> io::Result<bool> {
    let mut first = [0];
    stream.peek(&mut first).await?;
    Ok(first == [22])
}
