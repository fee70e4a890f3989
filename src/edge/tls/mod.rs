//! HTTPS: certificates, and the handshake that comes before the first request.

pub mod acme;
mod certificates;
mod files;
mod pair;

pub use certificates::Certificates;
pub use files::Files;
pub use pair::{Error, Pair};

use rocket::tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use rocket::tokio::time::timeout;
use std::io;
use std::sync::Arc;
use std::time::Duration;
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
    patience: Duration,
}

impl Tls {
    /// Shows `certificates`, and gives up on who takes longer than `patience` to shake hands.
    pub fn new(certificates: Arc<Certificates>, patience: Duration) -> Result<Tls, rustls::Error> {
        // TLS 1.2 and 1.3, and no cipher without forward secrecy: rustls knows no others.
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_cert_resolver(certificates);
        config.alpn_protocols = SPOKEN.map(<[u8]>::to_vec).to_vec();
        // Who comes again shakes hands in one step, without our remembering them.
        config.ticketer = Ticketer::new()?;
        Ok(Tls { acceptor: TlsAcceptor::from(Arc::new(config)), patience })
    }

    /// The line made safe; none when it was a certificate authority that only wanted to see a proof.
    ///
    /// # Errors
    /// The visitor speaks no TLS that we do, or was too slow.
    pub async fn accept<IO>(&self, stream: IO) -> io::Result<Option<TlsStream<IO>>>
    where
        IO: AsyncRead + AsyncWrite + Unpin,
    {
        timeout(self.patience, async {
            let mut stream = self.acceptor.accept(stream).await?;
            if stream.get_ref().1.alpn_protocol() != Some(ACME) {
                return Ok(Some(stream));
            }
            stream.shutdown().await?;
            Ok(None)
        })
        .await?
    }
}
