//! What a service manager is told (sd_notify(3)).

use std::env;
use std::ffi::OsStr;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::net::{SocketAddr, UnixDatagram};

/// Tells it `state`, if there is one that listens.
pub fn say(state: &str) {
    let Some(socket) = env::var_os("NOTIFY_SOCKET") else { return };
    if let Err(error) = send(socket.as_bytes(), state) {
        log::warn!("the service manager could not be told {state}: {error}");
    }
}

fn send(socket: &[u8], state: &str) -> io::Result<usize> {
    let address = address(socket)?;
    UnixDatagram::unbound()?.send_to_addr(state.as_bytes(), &address)
}

/// A path, or behind an `@` a name that Linux keeps without a file.
fn address(socket: &[u8]) -> io::Result<SocketAddr> {
    #[cfg(target_os = "linux")]
    if let Some(name) = socket.strip_prefix(b"@") {
        use std::os::linux::net::SocketAddrExt;
        return SocketAddr::from_abstract_name(name);
    }
    SocketAddr::from_pathname(OsStr::from_bytes(socket))
}
