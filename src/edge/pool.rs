use super::Upload;
use super::upstream::Upstream;
use hyper::body::Incoming;
use hyper::client::conn::TrySendError;
use hyper::client::conn::http1::{self, SendRequest};
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use rocket::tokio::io::{AsyncReadExt, AsyncWriteExt};
use rocket::tokio::net::TcpStream;
use rocket::tokio::task::JoinSet;
use rocket::tokio::time::timeout;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Connections to one address that are used again.
pub struct Pool {
    address: SocketAddr,
    idle: Mutex<Vec<SendRequest<Upload>>>,
    open: Mutex<JoinSet<()>>,
}

/// A connection that somebody uses.
pub struct Lease {
    connection: Option<SendRequest<Upload>>,
    pool: Arc<Pool>,
}

/// How long the other end is waited for when all is over.
const PATIENCE: Duration = Duration::from_secs(1);

/// The most connections that wait to be used.
const MOST_IDLE: usize = 32;

impl Pool {
    /// None yet.
    pub fn to(address: SocketAddr) -> Arc<Pool> {
        Arc::new(Pool { address, idle: Mutex::default(), open: Mutex::default() })
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
        Ok(Lease { connection: Some(connection), pool: self.clone() })
    }

    /// Ends those that wait, and waits until the other end has noticed.
    pub async fn close(&self) {
        self.idle().clear();
        let mut open = std::mem::take(&mut *self.open());
        let _ = timeout(PATIENCE, async { while open.join_next().await.is_some() {} }).await;
    }

    fn take(&self) -> Option<SendRequest<Upload>> {
        self.idle().pop()
    }

    async fn connect(&self) -> io::Result<SendRequest<Upload>> {
        let stream = TcpStream::connect(self.address).await?;
        stream.set_nodelay(true)?;
        let shaken = http1::handshake(TokioIo::new(Upstream(stream))).await;
        let (sender, connection) = shaken.map_err(io::Error::other)?;
        let mut open = self.open();
        while open.try_join_next().is_some() {}
        open.spawn(async {
            let Ok(parts) = connection.without_shutdown().await else { return };
            let Upstream(mut stream) = parts.io.into_inner();
            let _ = stream.shutdown().await;
            let _ = stream.read(&mut [0]).await;
        });
        Ok(sender)
    }

    fn open(&self) -> MutexGuard<'_, JoinSet<()>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
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

    /// All of the answer has been read.
    pub fn give_back(&mut self) {
        let Some(connection) = self.connection.take() else { return };
        let mut idle = self.pool.idle();
        if idle.len() < MOST_IDLE {
            idle.push(connection);
        }
    }
}
