use super::stream::Stream;
use super::{Edge, connection};
use rocket::tokio::net::TcpListener;
use rocket::tokio::spawn;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

/// The addresses that the edge listens on.
pub struct Door {
    listener: TcpListener,
}

impl Door {
    /// Listens at `address`.
    ///
    /// # Errors
    /// The system's, as when somebody else listens there.
    pub async fn open(address: SocketAddr) -> io::Result<Door> {
        Ok(Door { listener: TcpListener::bind(address).await? })
    }

    /// Where it really listens; port 0 lets the system choose.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Lets everybody in.
    pub async fn serve(self, edge: Arc<Edge>) {
        loop {
            if let Ok((stream, peer)) = self.listener.accept().await {
                let _ = stream.set_nodelay(true);
                spawn(connection::serve(edge.clone(), Stream::Tcp(stream), Some(peer.ip())));
            }
        }
    }
}
