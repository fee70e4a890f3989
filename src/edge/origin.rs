use super::{Body, Client, Pass, Refusal, Upload, headers};
use hyper::client::conn::http1::{self, SendRequest};
use hyper::{Request, Response, Version};
use hyper_util::rt::TokioIo;
use rocket::tokio::net::TcpStream;
use rocket::tokio::spawn;
use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};

/// The way to the blog itself: connections to the private port that Rocket listens on.
pub struct Origin {
    address: SocketAddr,
    pass: Pass,
    idle: Mutex<Vec<SendRequest<Upload>>>,
}

impl Origin {
    /// The way to whoever listens at `address` and knows `pass`.
    pub fn new(address: SocketAddr, pass: Pass) -> Origin {
        Origin { address, pass, idle: Mutex::default() }
    }

    /// The blog's own answer to `request`, which `client` has made.
    ///
    /// # Errors
    /// Why there is none.
    pub async fn ask(
        &self,
        mut request: Request<Upload>,
        client: &Client,
    ) -> Result<Response<Body>, Refusal> {
        headers::to_origin(request.headers_mut());
        request.headers_mut().insert(Pass::HEADER, self.pass.stamp(client));
        *request.version_mut() = Version::HTTP_11;
        loop {
            let mut connection = self.connection().await?;
            match connection.try_send_request(request).await {
                Ok(mut answer) => {
                    headers::end_to_end(answer.headers_mut());
                    self.keep(connection);
                    return Ok(answer.map(Body::from));
                }
                // It had been closed before anything was sent.
                Err(mut error) => match error.take_message() {
                    Some(unsent) => request = unsent,
                    None => return Err(Refusal::Broken),
                },
            }
        }
    }

    async fn connection(&self) -> Result<SendRequest<Upload>, Refusal> {
        while let Some(connection) = self.idle().pop() {
            if connection.is_ready() {
                return Ok(connection);
            }
        }
        let stream = TcpStream::connect(self.address).await.map_err(|_| Refusal::Broken)?;
        let _ = stream.set_nodelay(true);
        let (sender, connection) =
            http1::handshake(TokioIo::new(stream)).await.map_err(|_| Refusal::Broken)?;
        spawn(connection);
        Ok(sender)
    }

    fn keep(&self, connection: SendRequest<Upload>) {
        self.idle().push(connection);
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<SendRequest<Upload>>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
