//! Files in, files out: what they are by their content, without what should not be published, and pictures in smaller
//! sizes. Nothing here holds more of a file in memory than it has to; `docs/SECURITY.md` says how much.

mod clean;
mod cover;
mod kind;
mod pixels;
mod smaller;

pub use cover::Cover;
pub use kind::{Kind, Use};
pub use smaller::Smaller;

use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::Path;

/// The most pixels a picture may say that it has.
const MAX_PIXELS: u64 = 100_000_000;
/// The most pixels of a side.
const MAX_SIDE: u32 = 30_000;

/// A file as it is to be kept.
#[derive(Debug)]
pub struct Prepared {
    /// What it is.
    pub kind: Kind,
    /// What it holds; an open file that has no name any more.
    pub file: File,
    /// How large it is shown, of a picture or a video.
    pub size: Option<Size>,
    /// The same picture, less wide; the narrowest first.
    pub smaller: Vec<Smaller>,
}

/// Width and height in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// From side to side.
    pub width: u32,
    /// From top to bottom.
    pub height: u32,
}

/// Why a file is not kept.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is nothing in it.
    #[error("This file is empty. Please choose another.")]
    Empty,
    /// It ends too early, or its parts do not fit together.
    #[error(
        "This file is cut off or damaged. Please open it on your device, save it anew and send that."
    )]
    Damaged,
    /// It says that it has more pixels than anybody shows.
    #[error("A picture may have 100 megapixels and 30,000 pixels a side; this one says it has {} × {}. Please make it smaller first.", .0.width, .0.height)]
    TooManyPixels(Size),
    /// It has to be turned, and that would take too much memory.
    #[error(
        "This picture lies on its side and is too large to be turned here. Please turn it on your device and send it again."
    )]
    NotTurned,
    /// A format that most browsers do not show.
    #[error("Most browsers cannot show HEIC pictures. Please save it as JPEG and send that.")]
    Heic,
    /// The disk failed, not the file.
    #[error("a file could not be prepared: {0}")]
    Io(io::Error),
}

/// The usual result here.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Looks at a file and makes it ready to be kept; files made on the way lie in `folder` and have no name. This is work for
/// a thread of its own.
///
/// # Errors
/// One sentence for whoever sent it; or what the disk said.
pub fn prepare(mut file: File, folder: &Path) -> Result<Prepared> {
    let kind = recognise(&mut file)?;
    match kind.used_as() {
        Use::Picture if kind != Kind::Avif => smaller::prepare(kind, file, folder),
        Use::Picture => {
            Ok(Prepared { size: Some(clean::avif(&mut file)?), ..Prepared::plain(kind, file) })
        }
        Use::Video => {
            Ok(Prepared { size: clean::video(kind, &mut file)?, ..Prepared::plain(kind, file) })
        }
        Use::Audio => {
            clean::audio(kind, &mut file)?;
            Ok(Prepared::plain(kind, file))
        }
        Use::Download => Ok(Prepared::plain(kind, file)),
    }
}

fn recognise(file: &mut File) -> Result<Kind> {
    let mut head = Vec::new();
    file.rewind()?;
    file.by_ref().take(kind::HEAD).read_to_end(&mut head)?;
    file.rewind()?;
    match head.is_empty() {
        true => Err(Error::Empty),
        false => Kind::of(&head).ok_or(Error::Heic),
    }
}

impl Prepared {
    fn plain(kind: Kind, file: File) -> Prepared {
        Prepared { kind, file, size: None, smaller: Vec::new() }
    }
}

impl Size {
    /// A size that is not absurd.
    fn checked(width: u32, height: u32) -> Result<Size> {
        let size = Size { width, height };
        match () {
            () if width == 0 || height == 0 => Err(Error::Damaged),
            () if width.max(height) > MAX_SIDE || size.area() > MAX_PIXELS => {
                Err(Error::TooManyPixels(size))
            }
            () => Ok(size),
        }
    }

    fn area(self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }
}

/// What ends before it should is damaged; anything else is the disk's fault.
impl From<io::Error> for Error {
    fn from(error: io::Error) -> Error {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Error::Damaged,
            _ => Error::Io(error),
        }
    }
}
