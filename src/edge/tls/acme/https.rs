use super::Failure;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::header::{HOST, HeaderValue};
use hyper::{Request, Response, Uri};
use hyper_util::rt::TokioIo;
use instant_acme::{BodyWrapper, BytesResponse, Error, HttpClient};
use rocket::tokio::net::TcpStream;
use rocket::tokio::spawn;
use rocket::tokio::time::timeout;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long it may be, in bytes.
const LONGEST: usize = 1 << 20;

/// The way to the certificate authority: a connection for each of the dozen requests that a certificate takes.
#[derive(Clone)]
pub struct Https(TlsConnector);

impl Https {
    /// Trusts whom browsers trust, and who shows what `root` vouches for.
    pub fn new(root: Option<&Path>) -> Result<Https, String> {
        let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        if let Some(path) = root {
            let unusable = |error: &dyn ToString| {
                format!("acme_root {} cannot be used: {}", path.display(), error.to_string())
            };
            let root = CertificateDer::from_pem_file(path).map_err(|error| unusable(&error))?;
            roots.add(root).map_err(|error| unusable(&error))?;
        }
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| error.to_string())?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Https(TlsConnector::from(Arc::new(config))))
    }

    async fn ask(
        self,
        mut request: Request<BodyWrapper<Bytes>>,
    ) -> Result<Response<Full<Bytes>>, Failure> {
        let uri = request.uri().clone();
        let (Some("https"), Some(host)) = (uri.scheme_str(), uri.host()) else {
            return Err(format!("{uri} is no https address").into());
        };
        let name = host.trim_matches(['[', ']']);
        let stream = TcpStream::connect((name, uri.port_u16().unwrap_or(443))).await?;
        let stream = self.0.connect(ServerName::try_from(name.to_owned())?, stream).await?;
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        spawn(connection);

        let authority = uri.authority().map_or(host, |authority| authority.as_str());
        request.headers_mut().insert(HOST, HeaderValue::from_str(authority)?);
        *request.uri_mut() =
            Uri::from(uri.path_and_query().ok_or("an address without a path")?.clone());
        let (head, body) = sender.send_request(request).await?.into_parts();
        let body = Limited::new(body, LONGEST).collect().await?;
        Ok(Response::from_parts(head, Full::new(body.to_bytes())))
    }
}

impl HttpClient for Https {
    fn request(
        &self,
        request: Request<BodyWrapper<Bytes>>,
    ) -> Pin<Box<dyn Future<Output = Result<BytesResponse, Error>> + Send>> {
        let answer = self.clone().ask(request);
        Box::pin(async move {
            match timeout(PATIENCE, answer).await {
                Ok(answer) => Ok(BytesResponse::from(answer.map_err(Error::Other)?)),
                Err(late) => Err(Error::Other(Box::new(late))),
            }
        })
    }
}
