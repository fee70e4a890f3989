use super::Listed;
use ipnet::IpNet;
use serde::Deserialize;
use std::net::IpAddr;

/// The proxies whose word on a client counts: addresses, networks as in `10.0.0.0/8`, and `unix` for whoever comes
/// through a unix socket.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(try_from = "Listed")]
pub struct Proxies {
    networks: Vec<IpNet>,
    unix: bool,
}

impl Proxies {
    /// Those on this machine.
    pub fn here() -> Proxies {
        let networks = ["127.0.0.0/8", "::1/128"].map(|text| text.parse().expect("a network"));
        Proxies { networks: networks.into(), unix: true }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.networks.is_empty() && !self.unix
    }

    /// Whether whoever has `address` is one of them; without an address they come through a unix socket.
    pub fn include(&self, address: Option<IpAddr>) -> bool {
        address.map_or(self.unix, |address| {
            self.networks.iter().any(|network| network.contains(&address.to_canonical()))
        })
    }
}

impl TryFrom<Listed> for Proxies {
    type Error = String;

    fn try_from(Listed(words): Listed) -> Result<Proxies, String> {
        let mut proxies = Proxies::default();
        for word in words {
            let network = word.parse().or_else(|_| word.parse::<IpAddr>().map(IpNet::from));
            match (network, word.as_str()) {
                (Ok(network), _) => proxies.networks.push(network),
                (Err(_), "unix") => proxies.unix = true,
                (Err(_), other) => {
                    return Err(format!("{other:?} is no address, no network and not `unix`"));
                }
            }
        }
        Ok(proxies)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proxies(words: &[&str]) -> Result<Proxies, String> {
        Proxies::try_from(Listed(words.iter().map(|word| (*word).to_owned()).collect()))
    }

    #[test]
    fn addresses_networks_and_the_socket_are_proxies() {
        let proxies = proxies(&["10.0.0.0/8", "2001:db8::7", "unix"]).unwrap();
        let included = |text: &str| proxies.include(Some(text.parse().unwrap()));
        assert!(included("10.1.2.3") && included("::ffff:10.1.2.3") && included("2001:db8::7"));
        assert!(!included("11.1.2.3") && !included("2001:db8::8"));
        assert!(proxies.include(None) && !Proxies::default().include(None));
    }

    #[test]
    fn anything_else_is_none() {
        assert!(proxies(&["proxy.example"]).is_err() && proxies(&["10.0.0.0/99"]).is_err());
    }
}
