use super::Listed;
use serde::Deserialize;
use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;

/// A place to listen at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listen {
    /// An address and a port: `0.0.0.0:8080`, `[::]:8080`.
    Tcp(SocketAddr),
    /// A socket in the file system: `unix:/run/monograph/socket`.
    Unix(PathBuf),
}

/// Some places to listen at.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(try_from = "Listed")]
pub struct Places(pub Vec<Listen>);

impl TryFrom<Listed> for Places {
    type Error = String;

    fn try_from(Listed(words): Listed) -> Result<Places, String> {
        let place = |word: String| match word.strip_prefix("unix:") {
            Some(path) if !path.is_empty() => Ok(Listen::Unix(path.into())),
            _ => word.parse().map(Listen::Tcp).map_err(|_| {
                format!(
                    "{word:?} is no place to listen at, as `[::]:8000` or `unix:/run/socket` is"
                )
            }),
        };
        words.into_iter().map(place).collect::<Result<_, _>>().map(Places)
    }
}

impl fmt::Display for Listen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Listen::Tcp(address) => write!(f, "{address}"),
            Listen::Unix(path) => write!(f, "unix:{}", path.display()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_an_address_with_a_port_or_a_socket() {
        let places = |word: &str| Places::try_from(Listed(vec![word.to_owned()]));
        for word in ["0.0.0.0:8080", "[::]:8000", "unix:/run/monograph/socket"] {
            assert_eq!(places(word).unwrap().0[0].to_string(), word);
        }
        for word in ["", "8080", "::", "unix:", "blog.example:80"] {
            assert!(places(word).is_err(), "{word}");
        }
    }
}
