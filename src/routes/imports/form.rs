//! The form with a file to import, read part by part.

use super::job::{System, Work};
use crate::blog::{Problem, Word};
use crate::db::Db;
use crate::settings::Settings;
use crate::text::file_name;
use crate::web::{Held, Owner, Paced, Store, Workshop};
use multer::{Field, Multipart};
use rocket::data::{ByteUnit, ToByteUnit};
use rocket::http::{ContentType, Status};
use rocket::request::{FromRequest, Outcome};
use rocket::tokio::fs::File;
use rocket::tokio::io::{AsyncSeekExt, AsyncWriteExt, BufWriter};
use rocket::{Data, Request};
use std::io;
use std::sync::Arc;

/// An export may be as long as so many of the longest files.
const LONGEST_FILES: u64 = 20;
/// The most bytes of a word in the form.
const LONGEST_WORD: usize = 100;

/// An owner who sends a file, and what is needed to take it.
pub struct Desk<'r> {
    store: &'r Store,
    limit: ByteUnit,
    kind: Option<&'r ContentType>,
}

/// What became of the form.
pub enum Received {
    /// A file, and what it is.
    Work(Work),
    /// Nothing that could be tried.
    Refused(Status, Problem),
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Desk<'r> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Desk<'r>, ()> {
        let settings: &Settings = request.rocket().state().expect("the settings are managed");
        Owner::from_request(request).await.map(|_| Desk {
            store: request.rocket().state().expect("the store is managed"),
            limit: settings.upload_limit,
            kind: request.content_type(),
        })
    }
}

/// What stands in the form.
#[derive(Default)]
struct Entered {
    kind: String,
    may_fetch: bool,
    file: Option<(String, File)>,
    is_empty: bool,
    is_too_long: bool,
}

impl Desk<'_> {
    /// Where it goes.
    pub fn db(&self) -> &Db {
        self.store.db()
    }

    /// Reads the form; no file is ever in memory as a whole.
    pub async fn receive(&self, body: Data<'_>, workshop: &Workshop) -> Received {
        let boundary =
            self.kind.filter(|kind| kind.is_form_data()).and_then(|kind| kind.param("boundary"));
        let mut entered = Entered::default();
        if let Some(boundary) = boundary {
            let held = Held::default();
            let limit = self.limit * LONGEST_FILES;
            let body = Paced::new(body.open(limit + 1.mebibytes()), held.clone());
            let mut form = Multipart::new(body, boundary);
            match entered.read(&mut form, &held, workshop, limit).await {
                Ok(()) => {}
                Err(Stopped::CutOff) if held.all() >= limit => entered.is_too_long = true,
                Err(Stopped::CutOff) => {
                    return refused(
                        Status::BadRequest,
                        "The upload was cut off. Please send it again.",
                    );
                }
                Err(Stopped::Disk(error)) => {
                    log::error!("keeping a file to import: {error}");
                    let reason =
                        "The blog could not keep this file: there may be no room on its disk.";
                    return refused(Status::ServiceUnavailable, reason);
                }
            }
        }
        self.work(entered).await
    }

    async fn work(&self, entered: Entered) -> Received {
        if entered.is_too_long {
            let limit = self.limit * LONGEST_FILES;
            let reason = format!(
                "A file to import may have {limit}. Please use `monograph import` on the server."
            );
            return refused(Status::PayloadTooLarge, &reason);
        }
        let Some(system) = System::from_word(&entered.kind) else {
            return Received::Refused(
                Status::UnprocessableEntity,
                Problem::new("kind", "Please say where the file comes from."),
            );
        };
        let Some((name, file)) = entered.file else {
            return refused(Status::UnprocessableEntity, "Please choose a file.");
        };
        if entered.is_empty {
            return refused(Status::UnprocessableEntity, "There is nothing in this file.");
        }
        Received::Work(Work {
            name: file_name(&name, &[]),
            system,
            may_fetch: entered.may_fetch,
            file: Arc::new(file.into_std().await),
            largest_file: self.limit.as_u64(),
        })
    }
}

fn refused(status: Status, reason: &str) -> Received {
    Received::Refused(status, Problem::new("file", reason))
}

/// Why a form was not read to its end.
enum Stopped {
    CutOff,
    Disk(io::Error),
}

impl From<multer::Error> for Stopped {
    fn from(_: multer::Error) -> Stopped {
        Stopped::CutOff
    }
}

impl From<io::Error> for Stopped {
    fn from(error: io::Error) -> Stopped {
        Stopped::Disk(error)
    }
}

impl Entered {
    async fn read(
        &mut self,
        form: &mut Multipart<'_>,
        held: &Held,
        workshop: &Workshop,
        limit: ByteUnit,
    ) -> Result<(), Stopped> {
        while let Some(field) = form.next_field().await? {
            held.taken();
            let name = field.file_name().unwrap_or_default().to_owned();
            match field.name() {
                Some("kind") => self.kind = word(field, held).await?,
                Some("fetch") => self.may_fetch = !word(field, held).await?.is_empty(),
                // A field for files in which none was chosen has no name.
                Some("file") if !name.is_empty() && self.file.is_none() => {
                    let mut file = File::from_std(workshop.blank()?);
                    let length = copy(field, &mut file, held, limit).await?;
                    (self.is_empty, self.is_too_long) = (length == 0, length > limit);
                    file.rewind().await?;
                    self.file = Some((name, file));
                }
                _ => drop(word(field, held).await?),
            }
        }
        Ok(())
    }
}

/// A word; what is too long ends up too long.
async fn word(mut field: Field<'_>, held: &Held) -> Result<String, Stopped> {
    let mut bytes = Vec::new();
    while let Some(piece) = field.chunk().await? {
        held.taken();
        if bytes.len() <= LONGEST_WORD {
            bytes.extend_from_slice(&piece);
        }
    }
    Ok(String::from_utf8_lossy(&bytes).trim().to_owned())
}

/// Copies a file to the disk, as far as `limit`; says how long it is.
async fn copy(
    mut field: Field<'_>,
    to: &mut File,
    held: &Held,
    limit: ByteUnit,
) -> Result<u64, Stopped> {
    let mut out = BufWriter::with_capacity(256 * 1024, to);
    let mut length = 0;
    while let Some(piece) = field.chunk().await? {
        held.taken();
        length += piece.len() as u64;
        if length <= limit {
            out.write_all(&piece).await?;
        }
    }
    out.flush().await?;
    Ok(length)
}
