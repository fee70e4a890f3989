use super::Scheme;
use super::link::Peer;
use super::stream::Stream;
use crate::settings::Listen;
use rocket::tokio::net::{TcpListener, TcpSocket, TcpStream, UnixListener, UnixStream};
use std::fs::{self, Permissions};
use std::io;
use std::net::SocketAddr;
use std::os::unix::fs::{FileTypeExt, PermissionsExt};
use std::os::unix::net::UnixListener as StdUnixListener;
use std::path::{Path, PathBuf};

/// One place that is listened at.
pub enum Listener {
    /// On the network.
    Tcp(TcpListener),
    /// In the file system; the path is there if the socket is ours to remove.
    Unix(UnixListener, Option<PathBuf>),
}

/// So many may wait to be let in, as far as the system allows: whoever finds no room tries again only after a second.
const WAITING: u32 = 4096;

impl Listener {
    /// Listens there.
    ///
    /// # Errors
    /// The system's, as when somebody else listens there.
    pub async fn open(place: &Listen) -> io::Result<Listener> {
        match place {
            Listen::Tcp(address) => Ok(Listener::Tcp(bind(*address)?)),
            Listen::Unix(path) => socket(path),
        }
    }

    /// The address on the network.
    pub fn address(&self) -> Option<SocketAddr> {
        match self {
            Listener::Tcp(listener) => listener.local_addr().ok(),
            Listener::Unix(..) => None,
        }
    }

    /// The next client.
    ///
    /// # Errors
    /// The system's, as when there are too many open files.
    pub async fn accept(&self) -> io::Result<(Stream, Peer)> {
        match self {
            Listener::Tcp(listener) => {
                let (stream, address) = listener.accept().await?;
                tcp(stream, address)
            }
            Listener::Unix(listener, _) => Ok(unix(listener.accept().await?.0)),
        }
    }

    /// Listens no more; those who had come by then.
    pub fn close(self) -> Vec<(Stream, Peer)> {
        match self {
            Listener::Tcp(listener) => {
                let Ok(listener) = listener.into_std() else { return Vec::new() };
                std::iter::from_fn(|| listener.accept().ok())
                    .filter_map(|(stream, address)| {
                        stream.set_nonblocking(true).ok()?;
                        tcp(TcpStream::from_std(stream).ok()?, address).ok()
                    })
                    .collect()
            }
            Listener::Unix(listener, path) => {
                path.map(fs::remove_file);
                let Ok(listener) = listener.into_std() else { return Vec::new() };
                std::iter::from_fn(|| listener.accept().ok())
                    .filter_map(|(stream, _)| {
                        stream.set_nonblocking(true).ok()?;
                        Some(unix(UnixStream::from_std(stream).ok()?))
                    })
                    .collect()
            }
        }
    }
}

/// As `TcpListener::bind` does it, but for how many may wait.
fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv6() { TcpSocket::new_v6()? } else { TcpSocket::new_v4()? };
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(WAITING)
}

fn tcp(stream: TcpStream, address: SocketAddr) -> io::Result<(Stream, Peer)> {
    stream.set_nodelay(true)?;
    let address = Some(address.ip().to_canonical());
    Ok((Stream::Tcp(stream), Peer { address, scheme: Scheme::Http }))
}

fn unix(stream: UnixStream) -> (Stream, Peer) {
    (Stream::Unix(stream), Peer { address: None, scheme: Scheme::Http })
}

/// A socket that its user and group may use; one that nobody listens at any more gives way.
fn socket(path: &Path) -> io::Result<Listener> {
    let is_socket = fs::metadata(path).is_ok_and(|found| found.file_type().is_socket());
    if is_socket {
        match std::os::unix::net::UnixStream::connect(path) {
            Ok(_) => return Err(io::ErrorKind::AddrInUse.into()),
            Err(_) => fs::remove_file(path)?,
        }
    }
    let listener = StdUnixListener::bind(path)?;
    fs::set_permissions(path, Permissions::from_mode(0o660))?;
    listener.set_nonblocking(true)?;
    Ok(Listener::Unix(UnixListener::from_std(listener)?, Some(path.to_owned())))
}
