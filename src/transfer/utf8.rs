//! Any text as UTF-8, whatever it was written in, a piece at a time.

use encoding_rs::{Decoder, Encoding, UTF_8, WINDOWS_1252};
use std::io::{self, BufRead, Read};

/// How much is read at once.
const PIECE: usize = 64 * 1024;

/// Reads UTF-8. What is declared to be in another encoding is decoded from that; single bytes that are no UTF-8 are taken
/// for what browsers take them for (Encoding Standard, windows-1252). Control characters that no text has are left out.
pub struct Utf8<R> {
    from: R,
    decoder: Option<Decoder>,
    /// Bytes that are read and not yet decoded.
    raw: Vec<u8>,
    out: Vec<u8>,
    at: usize,
    is_at_end: bool,
    /// How many bytes were no UTF-8, or no text.
    mended: usize,
    /// How many bytes were read.
    read: u64,
    /// How many bytes may be given before [`Utf8::go_on`] is called.
    room: usize,
    most: usize,
}

impl<R: Read> Utf8<R> {
    /// Begins to read; looks for the encoding in the first bytes. Whoever wants more than `most` bytes for one thing gets
    /// an error.
    pub fn new(mut from: R, most: usize) -> io::Result<Utf8<R>> {
        let mut raw = Vec::new();
        from.by_ref().take(1024).read_to_end(&mut raw)?;
        let read = raw.len() as u64;
        let encoding = match Encoding::for_bom(&raw) {
            Some((encoding, length)) => {
                raw.drain(..length);
                encoding
            }
            None => declared(&raw).unwrap_or(UTF_8),
        };
        let decoder = (encoding != UTF_8).then(|| encoding.new_decoder_without_bom_handling());
        Ok(Utf8 {
            from,
            decoder,
            raw,
            out: Vec::new(),
            at: 0,
            is_at_end: false,
            mended: 0,
            read,
            room: most,
            most,
        })
    }

    /// How many bytes had to be mended so far.
    pub fn mended(&self) -> usize {
        self.mended
    }

    /// How many bytes were read so far.
    pub fn position(&self) -> u64 {
        self.read
    }

    /// What was read is done with.
    pub fn go_on(&mut self) {
        self.room = self.most;
    }

    fn refill(&mut self) -> io::Result<()> {
        self.out.clear();
        self.at = 0;
        while self.out.is_empty() && !(self.is_at_end && self.raw.is_empty()) {
            if !self.is_at_end {
                let length = (&mut self.from).take(PIECE as u64).read_to_end(&mut self.raw)?;
                self.read += length as u64;
                self.is_at_end = length == 0;
            }
            match &mut self.decoder {
                Some(decoder) => {
                    let mut text = String::new();
                    text.reserve(
                        decoder.max_utf8_buffer_length(self.raw.len()).unwrap_or(PIECE * 4),
                    );
                    let _ = decoder.decode_to_string(&self.raw, &mut text, self.is_at_end);
                    self.raw.clear();
                    self.out.extend(text.bytes());
                }
                None => self.mend(),
            }
            let before = self.out.len();
            self.out.retain(|byte| *byte >= b' ' || matches!(byte, b'\n' | b'\r' | b'\t'));
            self.mended += before - self.out.len();
        }
        Ok(())
    }

    /// Takes over what is UTF-8, and mends what is not; the beginning of a character at the end waits for its rest.
    fn mend(&mut self) {
        let mut rest = self.raw.as_slice();
        loop {
            match std::str::from_utf8(rest) {
                Ok(text) => {
                    self.out.extend_from_slice(text.as_bytes());
                    rest = &[];
                    break;
                }
                Err(error) => {
                    let (valid, after) = rest.split_at(error.valid_up_to());
                    self.out.extend_from_slice(valid);
                    rest = after;
                    if error.error_len().is_none() && !self.is_at_end {
                        break;
                    }
                    let odd = error.error_len().unwrap_or(after.len());
                    let (text, _, _) = WINDOWS_1252.decode(&after[..odd]);
                    self.out.extend_from_slice(text.as_bytes());
                    self.mended += odd;
                    rest = &after[odd..];
                }
            }
        }
        let kept = rest.len();
        self.raw.drain(..self.raw.len() - kept);
    }
}

impl<R: Read> BufRead for Utf8<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at == self.out.len() {
            self.refill()?;
        }
        if self.room == 0 && self.at < self.out.len() {
            let reason = format!("a single part of it is larger than {} MB", self.most / 1_000_000);
            return Err(io::Error::new(io::ErrorKind::InvalidInput, reason));
        }
        let end = self.out.len().min(self.at + self.room);
        Ok(&self.out[self.at..end])
    }

    fn consume(&mut self, amount: usize) {
        self.at += amount;
        self.room = self.room.saturating_sub(amount);
    }
}

impl<R: Read> Read for Utf8<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.fill_buf()?.read(buffer)?;
        self.consume(length);
        Ok(length)
    }
}

/// The encoding that an XML declaration names.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&head[..head.len().min(200)]).into_owned();
    let (_, label) = head.strip_prefix("<?xml")?.split('>').next()?.split_once("encoding=")?;
    let label = label.trim_start_matches(['"', '\'']).split(['"', '\'', '?']).next()?;
    Encoding::for_label(label.trim().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, usize) {
        let mut reader = Utf8::new(bytes, 1 << 30).unwrap();
        let mut text = String::new();
        reader.read_to_string(&mut text).unwrap();
        (text, reader.mended())
    }

    #[test]
    fn utf8_stays_as_it_is_however_it_is_parted() {
        let text = "aé漢😀".repeat(30_000);
        assert_eq!(read(text.as_bytes()), (text.clone(), 0));
        assert_eq!(read(&[b"\xEF\xBB\xBF", text.as_bytes()].concat()).0, text);
    }

    #[test]
    fn what_is_declared_or_marked_as_another_encoding_is_decoded() {
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?>caf\xe9";
        assert!(read(latin).0.ends_with("café"));
        let cyrillic =
            b"<?xml version=\"1.0\" encoding=\"windows-1251\" ?>\xcf\xf0\xe8\xe2\xe5\xf2";
        assert!(read(cyrillic).0.ends_with("Привет"));
        let utf16: Vec<u8> = "\u{FEFF}<a>é</a>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&utf16).0, "<a>é</a>");
    }

    #[test]
    fn bytes_that_are_none_are_mended_and_counted() {
        assert_eq!(read(b"caf\xe9 \x93x\x94 \xe2\x82"), ("café “x” â‚".to_owned(), 5));
        assert_eq!(read(b"a\0b\x08c\n"), ("abc\n".to_owned(), 2));
    }

    #[test]
    fn one_thing_without_end_is_an_error() {
        let bytes = vec![b'x'; 3000];
        let mut reader = Utf8::new(bytes.as_slice(), 1000).unwrap();
        let mut some = [0; 900];
        for _ in 0..3 {
            reader.read_exact(&mut some).unwrap();
            reader.go_on();
        }
        let mut reader = Utf8::new(bytes.as_slice(), 1000).unwrap();
        assert!(io::read_to_string(&mut reader).unwrap_err().to_string().contains("larger"));
    }
}
