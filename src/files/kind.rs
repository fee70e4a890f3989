/// How much of a file is looked at to tell what it is.
pub(super) const HEAD: u64 = 4096;

/// What a file is, by its content alone. Browsers show a dozen formats; everything else is for downloading, so there is
/// no need to know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A picture.
    Jpeg,
    /// A picture.
    Png,
    /// A picture, perhaps a moving one.
    Gif,
    /// A picture.
    WebP,
    /// A picture.
    Avif,
    /// A film.
    Mp4,
    /// A film.
    QuickTime,
    /// A film.
    WebM,
    /// A film.
    OggVideo,
    /// Sound.
    Mp3,
    /// Sound.
    Mp4Audio,
    /// Sound.
    Aac,
    /// Sound.
    Ogg,
    /// Sound.
    Flac,
    /// Sound.
    Wav,
    /// A document.
    Pdf,
    /// A drawing, which may hold scripts.
    Svg,
    /// Text of any kind, HTML and scripts included.
    Text,
    /// Anything else.
    Unknown,
}

/// What a page can do with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// Show it.
    Picture,
    /// Play it.
    Audio,
    /// Play and show it.
    Video,
    /// Offer it for downloading, and nothing else.
    Download,
}

impl Kind {
    /// Every kind with its media type.
    pub const ALL: &'static [(Kind, &'static str)] = &[
        (Kind::Jpeg, "image/jpeg"),
        (Kind::Png, "image/png"),
        (Kind::Gif, "image/gif"),
        (Kind::WebP, "image/webp"),
        (Kind::Avif, "image/avif"),
        (Kind::Mp4, "video/mp4"),
        (Kind::QuickTime, "video/quicktime"),
        (Kind::WebM, "video/webm"),
        (Kind::OggVideo, "video/ogg"),
        (Kind::Mp3, "audio/mpeg"),
        (Kind::Mp4Audio, "audio/mp4"),
        (Kind::Aac, "audio/aac"),
        (Kind::Ogg, "audio/ogg"),
        (Kind::Flac, "audio/flac"),
        (Kind::Wav, "audio/wav"),
        (Kind::Pdf, "application/pdf"),
        (Kind::Svg, "image/svg+xml"),
        (Kind::Text, "text/plain"),
        (Kind::Unknown, "application/octet-stream"),
    ];

    /// The kind that begins with `head`; `None` for HEIC, which looks like a picture and is none to most browsers.
    pub(super) fn of(head: &[u8]) -> Option<Kind> {
        let at = |offset: usize, bytes: &[u8]| {
            head.get(offset..).is_some_and(|rest| rest.starts_with(bytes))
        };
        Some(match head {
            _ if at(0, b"\xFF\xD8\xFF") => Kind::Jpeg,
            _ if at(0, b"\x89PNG\r\n\x1A\n") => Kind::Png,
            _ if at(0, b"GIF87a") || at(0, b"GIF89a") => Kind::Gif,
            _ if at(0, b"RIFF") && at(8, b"WEBP") => Kind::WebP,
            _ if at(0, b"RIFF") && at(8, b"WAVE") => Kind::Wav,
            _ if at(4, b"ftyp") => return iso_media(head),
            _ if at(0, b"\x1A\x45\xDF\xA3") && contains(head, b"webm") => Kind::WebM,
            _ if at(0, b"OggS") && contains(head, b"theora") => Kind::OggVideo,
            _ if at(0, b"OggS") => Kind::Ogg,
            _ if at(0, b"fLaC") => Kind::Flac,
            _ if at(0, b"ID3") => Kind::Mp3,
            [0xFF, second, third, ..] if is_mpeg_audio(*second, *third) => Kind::Mp3,
            [0xFF, 0xF0 | 0xF1 | 0xF8 | 0xF9, ..] => Kind::Aac,
            _ if at(0, b"%PDF-") => Kind::Pdf,
            _ => text(head),
        })
    }

    /// The media type that it is sent with.
    pub fn mime(self) -> &'static str {
        let known = Kind::ALL.iter().find(|(kind, _)| *kind == self);
        known.map_or("application/octet-stream", |(_, mime)| mime)
    }

    /// What a page can do with it.
    pub fn used_as(self) -> Use {
        match self {
            Kind::Jpeg | Kind::Png | Kind::Gif | Kind::WebP | Kind::Avif => Use::Picture,
            Kind::Mp4 | Kind::QuickTime | Kind::WebM | Kind::OggVideo => Use::Video,
            Kind::Mp3 | Kind::Mp4Audio | Kind::Aac | Kind::Ogg | Kind::Flac | Kind::Wav => {
                Use::Audio
            }
            Kind::Pdf | Kind::Svg | Kind::Text | Kind::Unknown => Use::Download,
        }
    }

    /// What names of such files end in, the usual one first; of what is only downloaded, any name will do.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Kind::Jpeg => &["jpg", "jpeg", "jpe", "jfif"],
            Kind::Png => &["png", "apng"],
            Kind::Gif => &["gif"],
            Kind::WebP => &["webp"],
            Kind::Avif => &["avif"],
            Kind::Mp4 => &["mp4", "m4v", "3gp"],
            Kind::QuickTime => &["mov"],
            Kind::WebM => &["webm"],
            Kind::OggVideo => &["ogv", "ogg"],
            Kind::Mp3 => &["mp3"],
            Kind::Mp4Audio => &["m4a", "m4b", "mp4"],
            Kind::Aac => &["aac"],
            Kind::Ogg => &["ogg", "oga", "opus", "spx"],
            Kind::Flac => &["flac"],
            Kind::Wav => &["wav"],
            Kind::Pdf => &["pdf"],
            Kind::Svg => &["svg"],
            Kind::Text | Kind::Unknown => &[],
        }
    }
}

/// The family of MP4 says what it holds by its brands: the main one, a version, then all that it is compatible with.
fn iso_media(head: &[u8]) -> Option<Kind> {
    let length = head.first_chunk().map_or(0, |length| u32::from_be_bytes(*length)) as usize;
    let brands: Vec<_> =
        head.get(8..length.min(head.len())).unwrap_or_default().chunks_exact(4).collect();
    let first: &[u8] = brands.first().copied().unwrap_or_default();
    let any = |names: &[&[u8]]| brands.iter().any(|brand| names.contains(brand));
    match first {
        b"M4A " | b"M4B " | b"M4P " => Some(Kind::Mp4Audio),
        b"qt  " => Some(Kind::QuickTime),
        _ if any(&[b"avif", b"avis"]) => Some(Kind::Avif),
        _ if any(&[b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"]) => None,
        _ if any(&[
            b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ",
            b"dash",
        ]) =>
        {
            Some(Kind::Mp4)
        }
        _ => Some(Kind::Unknown),
    }
}

/// MPEG-1 or 2, layer 1 to 3, with a bit rate and a sample rate that exist.
fn is_mpeg_audio(second: u8, third: u8) -> bool {
    second & 0xE0 == 0xE0
        && second & 0x18 != 0x08
        && second & 0x06 != 0
        && third & 0xF0 != 0xF0
        && third & 0x0C != 0x0C
}

fn text(head: &[u8]) -> Kind {
    let is_text = match std::str::from_utf8(head) {
        Ok(_) => true,
        // The last character may be cut in half.
        Err(error) => error.error_len().is_none() && head.len() as u64 == HEAD,
    };
    let is_plain = head.iter().all(|byte| *byte >= 0x20 || b"\t\n\x0C\r\x1B".contains(byte));
    match is_text && is_plain {
        true if contains(&head.to_ascii_lowercase(), b"<svg") => Kind::Svg,
        true => Kind::Text,
        false => Kind::Unknown,
    }
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides_what_a_file_is() {
        for (head, kind) in [
            (b"\xFF\xD8\xFF\xE0".as_slice(), Kind::Jpeg),
            (b"\x89PNG\r\n\x1A\n", Kind::Png),
            (b"RIFF\0\0\0\0WEBPVP8 ", Kind::WebP),
            (b"RIFF\0\0\0\0WAVEfmt ", Kind::Wav),
            (b"\0\0\0\x18ftypisom\0\0\0\0mp42avc1", Kind::Mp4),
            (b"\0\0\0\x1Cftypmif1\0\0\0\0avifmiafMA1B", Kind::Avif),
            (b"\0\0\0\x14ftypM4A \0\0\0\0isom", Kind::Mp4Audio),
            (b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", Kind::QuickTime),
            (b"OggS\0\x02........OpusHead", Kind::Ogg),
            (b"ID3\x04", Kind::Mp3),
            (b"\xFF\xFB\x90\x64", Kind::Mp3),
            (b"\xFF\xF1\x50\x80", Kind::Aac),
            (b"%PDF-1.7", Kind::Pdf),
            (b"<?xml version=\"1.0\"?>\n<SVG onload=alert(1)>", Kind::Svg),
            (b"<!doctype html><script>alert(1)</script>", Kind::Text),
            ("Grüße\n".as_bytes(), Kind::Text),
            (b"MZ\x90\0\x03", Kind::Unknown),
            (b"\x7FELF\x02\x01", Kind::Unknown),
            (b"PK\x03\x04", Kind::Unknown),
        ] {
            assert_eq!(Kind::of(head), Some(kind), "{}", head.escape_ascii());
        }
        assert_eq!(Kind::of(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"), None);
    }

    #[test]
    fn what_can_hold_a_script_is_only_downloaded() {
        for kind in [Kind::Svg, Kind::Text, Kind::Pdf, Kind::Unknown] {
            assert_eq!(kind.used_as(), Use::Download);
        }
    }
}
