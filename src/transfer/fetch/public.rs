//! Which addresses belong to the public Internet.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

/// Whether an address is one of the public Internet (IANA's registries of special addresses), at a port of the web.
pub fn is_public(address: &SocketAddr) -> bool {
    matches!(address.port(), 80 | 443) && is_public_ip(address.ip())
}

/// Whether an address is one of the public Internet.
pub fn is_public_ip(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => {
            let [a, b, c, _] = ip.octets();
            !(ip.is_private()
                || ip.is_loopback()
                || ip.is_link_local()
                || ip.is_broadcast()
                || ip.is_documentation()
                || ip.is_multicast()
                || a == 0
                || a >= 240
                || (a == 100 && (64..128).contains(&b))
                || (a, b, c) == (192, 0, 0)
                || (a, b, c) == (192, 88, 99)
                || (a == 198 && (b == 18 || b == 19)))
        }
        IpAddr::V6(ip) => match hidden(ip) {
            Some(ip) => is_public_ip(ip),
            // Only 2000::/3 is given out, and of it not what is for documents or made of IPv4 in other ways.
            None => {
                let [a, b, ..] = ip.segments();
                (a & 0xE000) == 0x2000
                    && !(a == 0x2001 && (b < 0x200 || b == 0xDB8))
                    && a != 0x2002
                    && (a & 0xFFF0) != 0x3FF0
            }
        },
    }
}

/// The IPv4 address that an IPv6 address stands for.
fn hidden(ip: Ipv6Addr) -> Option<IpAddr> {
    let [a, b, c, d, e, f, g, h] = ip.segments();
    let last = || {
        let [one, two, three, four] = [(g >> 8) as u8, g as u8, (h >> 8) as u8, h as u8];
        IpAddr::from([one, two, three, four])
    };
    match [a, b, c, d, e, f] {
        [0, 0, 0, 0, 0, 0xFFFF] | [0x64, 0xFF9B, 0, 0, 0, 0] => Some(last()),
        _ => None,
    }
}
