use serde::{Deserialize, Serialize};
use std::net::SocketAddr;

/// An address and a port that only programs on this machine come to: `127.0.0.1:9100`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "String")]
pub struct Loopback(SocketAddr);

impl Loopback {
    /// The same for the system.
    pub const fn address(self) -> SocketAddr {
        self.0
    }
}

impl TryFrom<String> for Loopback {
    type Error = String;

    fn try_from(text: String) -> Result<Loopback, String> {
        match text.parse::<SocketAddr>() {
            Ok(address) if address.ip().is_loopback() => Ok(Loopback(address)),
            _ => Err(format!(
                "{text:?} must be an address and port of this machine alone, as in 127.0.0.1:9100"
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_this_machine() {
        for text in ["127.0.0.1:9100", "[::1]:9100", "127.0.0.2:0"] {
            assert!(Loopback::try_from(text.to_owned()).is_ok(), "{text}");
        }
        for text in ["0.0.0.0:9100", "[::]:9100", "192.0.2.1:9100", "127.0.0.1", "9100", ""] {
            assert!(Loopback::try_from(text.to_owned()).is_err(), "{text}");
        }
    }
}
