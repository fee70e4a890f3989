use super::Upload;
use hyper::body::Incoming;
use hyper::client::conn::TrySendError;
use hyper::client::conn::http1::{self, SendRequest};
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use rocket::tokio::net::TcpStream;
use rocket::tokio::spawn;
use rocket::tokio::sync::OwnedSemaphorePermit;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Connections to one address that are used again.
pub struct Pool {
    address: SocketAddr,
    idle: Mutex<Vec<SendRequest<Upload>>>,
}

/// A connection that somebody uses.
pub struct Lease {
    connection: Option<SendRequest<Upload>>,
    pool: Arc<Pool>,
    /// What is taken for as long as this is.
    held: Option<OwnedSemaphorePermit>,
}

/// The most connections that wait to be used.
const MOST_IDLE: usize = 32;

impl Pool {
    /// None yet.
    pub fn to(address: SocketAddr) -> Arc<Pool> {
        Arc::new(Pool { address, idle: Mutex::default() })
    }

    /// A connection that was used before, else a new one.
    pub async fn lease(self: &Arc<Pool>) -> io::Result<Lease> {
        let used = loop {
            let Some(mut used) = self.take() else { break None };
            // It may have an answer behind it whose end it has not noticed yet.
            if used.ready().await.is_ok() {
                break Some(used);
            }
        };
        let connection = match used {
            Some(used) => used,
            None => self.connect().await?,
        };
        Ok(Lease { connection: Some(connection), pool: self.clone(), held: None })
    }

    /// Ends those that wait.
    pub fn close(&self) {
        self.idle().clear();
    }

    fn take(&self) -> Option<SendRequest<Upload>> {
        self.idle().pop()
    }

    async fn connect(&self) -> io::Result<SendRequest<Upload>> {
        let stream = TcpStream::connect(self.address).await?;
        stream.set_nodelay(true)?;
        let shaken = http1::handshake(TokioIo::new(stream)).await;
        let (sender, connection) = shaken.map_err(io::Error::other)?;
        spawn(connection);
        Ok(sender)
    }

    fn idle(&self) -> MutexGuard<'_, Vec<SendRequest<Upload>>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Lease {
    /// Sends a request and waits for the head of its answer.
    pub async fn send(
        &mut self,
        request: Request<Upload>,
    ) -> Result<Response<Incoming>, TrySendError<Request<Upload>>> {
        let connection = self.connection.as_mut().expect("it is given back once, at the end");
        connection.try_send_request(request).await
    }

    /// Keeps `permit` until the end.
    pub fn hold(&mut self, permit: OwnedSemaphorePermit) {
        self.held = Some(permit);
    }

    /// All of the answer has been read.
    pub fn give_back(&mut self) {
        self.held = None;
        let Some(connection) = self.connection.take() else { return };
        let mut idle = self.pool.idle();
        if idle.len() < MOST_IDLE {
            idle.push(connection);
        }
    }
}
