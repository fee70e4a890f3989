//! How an answer is packed for the way: <https://www.rfc-editor.org/rfc/rfc9110#section-8.4>.

use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;
use hyper::HeaderMap;
use hyper::body::Bytes;
use hyper::header::ACCEPT_ENCODING;
use std::io::Write;

/// What an answer is packed with, the smallest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    /// Nothing.
    Identity,
    /// RFC 1952.
    Gzip,
    /// RFC 7932.
    Brotli,
}

/// Above this, what is gained is less than what it costs while somebody waits: 16 KiB take less than a millisecond.
const BROTLI_QUALITY: i32 = 5;
const GZIP_LEVEL: u32 = 6;

impl Coding {
    /// The one that whoever sent `headers` likes best; of those liked alike, the smallest.
    pub fn wanted(headers: &HeaderMap) -> Coding {
        let values =
            headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
        let mut wishes = Wishes::default();
        values.flat_map(|value| value.split(',')).for_each(|part| wishes.add(part));
        let (gzip, brotli) = (wishes.of(wishes.gzip), wishes.of(wishes.brotli));
        // Without a word about it, what is not packed is welcome where nothing else is.
        let identity = wishes.identity.unwrap_or(0);
        match identity.max(gzip).max(brotli) {
            0 => Coding::Identity,
            best if brotli == best => Coding::Brotli,
            best if gzip == best => Coding::Gzip,
            _ => Coding::Identity,
        }
    }

    /// As it stands in `Content-Encoding`.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Coding::Identity => None,
            Coding::Gzip => Some("gzip"),
            Coding::Brotli => Some("br"),
        }
    }

    /// What the tag of an answer so packed ends in: other bytes, another tag (RFC 9110, section 8.8.3).
    pub fn mark(self) -> &'static str {
        match self {
            Coding::Identity => "",
            Coding::Gzip => "-gzip",
            Coding::Brotli => "-br",
        }
    }

    /// `bytes`, packed; `None` where that makes them no smaller.
    pub fn pack(self, bytes: &[u8]) -> Option<Bytes> {
        let packed = match self {
            Coding::Identity => return None,
            Coding::Gzip => gzip(bytes),
            Coding::Brotli => brotli(bytes),
        };
        packed.ok().filter(|packed| packed.len() < bytes.len()).map(Bytes::from)
    }
}

fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder =
        GzEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::new(GZIP_LEVEL));
    encoder.write_all(bytes)?;
    encoder.finish()
}

fn brotli(mut bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    // A window no larger than the text: the encoder's memory goes by it. Below 2^17 it goes about it in another way,
    // with a table of 32 MB, and takes ten times as long.
    let window = bytes.len().next_power_of_two().trailing_zeros().clamp(17, 20);
    let params = BrotliEncoderParams {
        quality: BROTLI_QUALITY,
        lgwin: window as i32,
        size_hint: bytes.len(),
        ..BrotliEncoderParams::default()
    };
    let mut packed = Vec::with_capacity(bytes.len() / 3);
    brotli::BrotliCompress(&mut bytes, &mut packed, &params)?;
    Ok(packed)
}

/// How much each coding is liked, in thousandths; `None` where nothing is said about it.
#[derive(Default)]
struct Wishes {
    identity: Option<u16>,
    gzip: Option<u16>,
    brotli: Option<u16>,
    others: Option<u16>,
}

impl Wishes {
    fn add(&mut self, part: &str) {
        let (name, weight) = part.split_once(';').unwrap_or((part, ""));
        let name = name.trim();
        let wish = if name.eq_ignore_ascii_case("br") {
            &mut self.brotli
        } else if name.eq_ignore_ascii_case("gzip") || name.eq_ignore_ascii_case("x-gzip") {
            &mut self.gzip
        } else if name.eq_ignore_ascii_case("identity") {
            &mut self.identity
        } else if name == "*" {
            &mut self.others
        } else {
            return;
        };
        *wish = Some(thousandths(weight));
    }

    fn of(&self, wish: Option<u16>) -> u16 {
        wish.or(self.others).unwrap_or(0)
    }
}

/// Reads `q=0.5`. Without a weight, or with one that makes no sense, it is liked as much as can be.
fn thousandths(weight: &str) -> u16 {
    let weight = weight.trim();
    let number = weight.strip_prefix("q=").or_else(|| weight.strip_prefix("Q="));
    let number = number.and_then(|number| number.trim().parse::<f32>().ok());
    number.map_or(1000, |number| (number.clamp(0.0, 1.0) * 1000.0) as u16)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn everybody_gets_what_they_like_best() {
        for (accepted, coding) in [
            ("", Coding::Identity),
            ("gzip", Coding::Gzip),
            ("X-GZIP", Coding::Gzip),
            ("br", Coding::Brotli),
            ("gzip, deflate, br, zstd", Coding::Brotli),
            ("br;q=0.5, gzip;q=0.8", Coding::Gzip),
            ("br;q=0.5,gzip;q=0.5", Coding::Brotli),
            ("br; q=0, gzip", Coding::Gzip),
            ("br;q=0, gzip;q=0.000", Coding::Identity),
            ("*", Coding::Brotli),
            ("*, br;q=0", Coding::Gzip),
            ("*;q=0", Coding::Identity),
            ("gzip;q=0, *", Coding::Brotli),
            ("identity, gzip;q=0.5", Coding::Identity),
            ("identity;q=0.5, gzip", Coding::Gzip),
            ("deflate, zstd", Coding::Identity),
            ("gzip;q=nonsense", Coding::Gzip),
            ("gzipped, br2", Coding::Identity),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_ENCODING, accepted.parse().unwrap());
            assert_eq!(Coding::wanted(&headers), coding, "{accepted}");
        }
        assert_eq!(Coding::wanted(&HeaderMap::new()), Coding::Identity);
    }

    #[test]
    fn what_was_packed_comes_out_as_it_was() {
        for length in [600, 9_000, 700_000] {
            let text = "All the same, and yet not quite. ".repeat(length / 30).into_bytes();
            let mut unpacked = Vec::new();
            let packed = Coding::Brotli.pack(&text).unwrap();
            brotli::Decompressor::new(&*packed, 4096).read_to_end(&mut unpacked).unwrap();
            assert!(unpacked == text && packed.len() * 3 < text.len());
            unpacked.clear();
            let packed = Coding::Gzip.pack(&text).unwrap();
            flate2::read::GzDecoder::new(&*packed).read_to_end(&mut unpacked).unwrap();
            assert!(unpacked == text && packed.len() * 3 < text.len());
        }
    }

    #[test]
    fn what_gets_no_smaller_stays_as_it_is() {
        assert!(
            Coding::Gzip.pack(b"short").is_none() && Coding::Brotli.pack(b"\x00\xff").is_none()
        );
    }
}
