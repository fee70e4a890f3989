use super::ledger::Full;
use super::link::{Link, Peer};
use super::listener::Listener;
use super::stream::Stream;
use super::{Edge, connection};
use crate::settings::{Listen, Settings};
use listenfd::ListenFd;
use rocket::tokio::net::{TcpListener, UnixListener};
use rocket::tokio::sync::watch;
use rocket::tokio::task::JoinSet;
use rocket::tokio::time::sleep;
use rocket::tokio::{select, spawn};
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

/// All places that are listened at.
pub struct Door {
    listeners: Vec<Listener>,
}

impl Door {
    /// Listens wherever the settings say; where systemd listens for us, instead of at `address` and `port`.
    ///
    /// # Errors
    /// The system's, and at which place, as when somebody else listens there.
    pub async fn open(settings: &Settings) -> Result<Door, (Listen, io::Error)> {
        let main = Listen::Tcp(SocketAddr::new(settings.address, settings.port));
        let mut listeners = inherited().map_err(|error| (main.clone(), error))?;
        let main = Some(&main).filter(|_| listeners.is_empty());
        for place in main.into_iter().chain(&settings.listen.0) {
            let opened = Listener::open(place).await;
            listeners.push(opened.map_err(|error| (place.clone(), error))?);
        }
        Ok(Door { listeners })
    }

    /// The first address on the network; with port 0 the system has chosen it.
    pub fn address(&self) -> Option<SocketAddr> {
        self.listeners.iter().find_map(Listener::address)
    }

    /// Lets everybody in until `stop`, then nobody more, and waits until all have what they asked for.
    pub async fn serve(self, edge: Arc<Edge>, stop: impl Future<Output = ()>) {
        let watch = spawn({
            let edge = edge.clone();
            async move { edge.ledger.watch().await }
        });
        let (stopping, stopped) = watch::channel(());
        let mut receiving = JoinSet::new();
        for listener in self.listeners {
            receiving.spawn(receive(listener, edge.clone(), stopped.clone()));
        }
        stop.await;
        drop(stopping);
        while receiving.join_next().await.is_some() {}
        edge.ledger.drain().await;
        watch.abort();
    }
}

/// The sockets that systemd has opened for us (sd_listen_fds(3)).
fn inherited() -> io::Result<Vec<Listener>> {
    let mut sockets = ListenFd::from_env();
    let mut listeners = Vec::new();
    for number in 0..sockets.len() {
        if let Ok(Some(listener)) = sockets.take_tcp_listener(number) {
            listener.set_nonblocking(true)?;
            listeners.push(Listener::Tcp(TcpListener::from_std(listener)?));
        } else if let Some(listener) = sockets.take_unix_listener(number)? {
            listener.set_nonblocking(true)?;
            listeners.push(Listener::Unix(UnixListener::from_std(listener)?, None));
        }
    }
    Ok(listeners)
}

async fn receive(listener: Listener, edge: Arc<Edge>, mut stopped: watch::Receiver<()>) {
    loop {
        let accepted = select! {
            biased;
            _ = stopped.changed() => break,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => {
                welcome(&edge, stream, peer);
                edge.ledger.settle().await;
            }
            Err(error) => cope(&edge, &error).await,
        }
    }
    for (stream, peer) in listener.close() {
        welcome(&edge, stream, peer);
    }
}

fn welcome(edge: &Arc<Edge>, stream: Stream, peer: Peer) {
    match Link::new(edge.clone(), peer) {
        Ok(link) => drop(spawn(connection::welcome(stream, link))),
        Err(full) => stream.say(match full {
            Full::ForClient => b"HTTP/1.1 429 Too Many Requests\r\nconnection: close\r\nretry-after: 5\r\ncontent-length: 0\r\n\r\n",
            Full::ForAll => b"HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\nretry-after: 5\r\ncontent-length: 0\r\n\r\n",
        }),
    }
}

/// A client that has gone again is nothing; a system without room for more needs a moment.
async fn cope(edge: &Edge, error: &io::Error) {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    if !matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset) {
        log::warn!("nobody more can come in for a moment: {error}");
        edge.ledger.make_room();
        sleep(Duration::from_millis(100)).await;
    }
}
