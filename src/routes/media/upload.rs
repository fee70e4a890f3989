use crate::blog::{self, Media, User, media::parse_alt};
use crate::files::Error;
use crate::settings::Settings;
use crate::web::{Held, Paced, Store, Workshop, now};
use multer::{Field, Multipart};
use rocket::data::{ByteUnit, ToByteUnit};
use rocket::http::{ContentType, Status};
use rocket::request::{FromRequest, Outcome};
use rocket::tokio::fs::File;
use rocket::tokio::io::{AsyncWriteExt, BufWriter};
use rocket::{Data, Request};
use std::io;

/// The most files in one form.
const MOST_FILES: usize = 200;
/// A form may be as long as so many of the longest files.
const LONGEST_FILES: u64 = 20;

/// What became of a form with files: each is kept or refused for itself.
#[derive(Default)]
pub struct Upload {
    /// Those that are kept now.
    pub kept: Vec<Media>,
    /// Those that are not.
    pub refused: Vec<Refused>,
    /// What there is to see on them.
    pub alt: String,
}

/// A file that is not kept, or the form as a whole where there is no name.
pub struct Refused {
    /// What it was called.
    pub name: Option<String>,
    /// A sentence that says what to do.
    pub reason: String,
    /// The status that fits.
    pub status: Status,
}

/// Whoever takes files in, and what they need for it.
pub struct Desk<'a> {
    /// Who sends them.
    pub user: &'a User,
    /// Where they are kept.
    pub store: &'a Store,
    /// Where they are made ready.
    workshop: &'a Workshop,
    /// How large they may be.
    limit: ByteUnit,
    /// What the body is said to be.
    kind: Option<&'a ContentType>,
}

/// Open to whoever is signed in.
#[rocket::async_trait]
impl<'r> FromRequest<'r> for Desk<'r> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Desk<'r>, ()> {
        let settings: &Settings = request.rocket().state().expect("the settings are managed");
        <&User>::from_request(request).await.map(|user| Desk {
            user,
            store: request.rocket().state().expect("the store is managed"),
            workshop: request.rocket().state().expect("the workshop is managed"),
            limit: settings.upload_limit,
            kind: request.content_type(),
        })
    }
}

impl Desk<'_> {
    /// Reads a form part by part; no file is ever in memory as a whole.
    pub async fn receive(&self, body: Data<'_>) -> Upload {
        let mut upload = Upload::default();
        let boundary =
            self.kind.filter(|kind| kind.is_form_data()).and_then(|kind| kind.param("boundary"));
        if let Some(boundary) = boundary {
            let limit = self.limit * LONGEST_FILES + 1.mebibytes();
            let held = Held::default();
            let body = Paced::new(body.open(limit), held.clone());
            let mut form = Multipart::new(body, boundary);
            if let Err(error) = self.read(&mut form, &held, &mut upload).await {
                log::warn!("an upload broke off: {error}");
                upload.refuse_rest(held.all() >= limit);
            }
        }
        if upload.kept.is_empty() && upload.refused.is_empty() {
            upload.refuse(None, Status::UnprocessableEntity, "Please choose a file.".to_owned());
        }
        self.describe(&mut upload).await;
        upload
    }

    async fn read(
        &self,
        form: &mut Multipart<'_>,
        held: &Held,
        upload: &mut Upload,
    ) -> multer::Result<()> {
        let mut files = 0;
        while let Some(field) = form.next_field().await? {
            held.taken();
            let name = field.file_name().unwrap_or_default().to_owned();
            match field.name() {
                Some("alt") => upload.alt = text(field, held).await?,
                // A field for files in which none was chosen has no name.
                Some("file") if !name.is_empty() => {
                    files += 1;
                    if files > MOST_FILES {
                        let reason = format!(
                            "At most {MOST_FILES} files can be sent at once. Please send the rest again."
                        );
                        upload.refuse(None, Status::PayloadTooLarge, reason);
                        return Ok(());
                    }
                    self.file(field, name, held, upload).await?;
                }
                _ => drain(field, held).await?,
            }
        }
        Ok(())
    }

    /// Takes in one file: to the disk, made ready, into the database.
    async fn file(
        &self,
        field: Field<'_>,
        name: String,
        held: &Held,
        upload: &mut Upload,
    ) -> multer::Result<()> {
        let limit = self.limit;
        let arrived = match self.workshop.blank() {
            Ok(file) => copy(field, File::from_std(file), limit, held).await?,
            Err(error) => {
                drain(field, held).await?;
                Err(Stopped::Disk(error))
            }
        };
        let ready = match arrived {
            Ok(file) => self.workshop.prepare(name.clone(), file).await,
            Err(Stopped::Disk(error)) => Err(Error::Io(error)),
            Err(Stopped::TooLong) => {
                upload.refuse(Some(name), Status::PayloadTooLarge, too_long(limit));
                return Ok(());
            }
        };
        let kept = match ready {
            Ok(incoming) => {
                self.store.write(|tx| Media::keep(tx, Some(self.user), &incoming, now())).await
            }
            Err(Error::Io(error)) => Err(blog::Error::Unread(error)),
            Err(error) => {
                upload.refuse(Some(name), Status::UnprocessableEntity, error.to_string());
                return Ok(());
            }
        };
        match kept {
            Ok(media) => upload.kept.push(media),
            Err(error) => upload.fail(name, &error),
        }
        Ok(())
    }

    async fn describe(&self, upload: &mut Upload) {
        match parse_alt(&upload.alt) {
            Err(problem) => {
                upload.alt.clear();
                upload.refuse(None, Status::UnprocessableEntity, problem.message);
            }
            Ok(alt) if alt.is_empty() || upload.kept.is_empty() => upload.alt = alt,
            Ok(alt) => {
                upload.alt.clone_from(&alt);
                let user = self.user;
                let mut own = upload.kept.iter_mut().filter(|media| media.may_be_changed_by(user));
                let described =
                    self.store.write(|tx| own.try_for_each(|media| media.describe(tx, &alt)));
                if let Err(error) = described.await {
                    upload.fail("The description".to_owned(), &error);
                }
            }
        }
    }
}

impl Upload {
    /// 201 if all went well, else what fits the first that did not.
    pub fn status(&self) -> Status {
        self.refused.first().map_or(Status::Created, |refused| refused.status)
    }

    /// What went wrong, in one go.
    pub fn reasons(&self) -> String {
        let reasons = self.refused.iter().map(|refused| match &refused.name {
            Some(name) => format!("{name}: {}", refused.reason),
            None => refused.reason.clone(),
        });
        reasons.collect::<Vec<_>>().join(" ")
    }

    /// What there is to see on one of them.
    pub fn alt_of<'a>(&'a self, media: &'a Media) -> &'a str {
        if self.alt.is_empty() { &media.alt } else { &self.alt }
    }

    fn refuse_rest(&mut self, is_too_long: bool) {
        let (status, what) = match is_too_long {
            true => (Status::PayloadTooLarge, "These are too many files at once."),
            false => (Status::BadRequest, "The upload was cut off."),
        };
        let reason =
            format!("{what} What is listed here as new is kept; please send the rest again.");
        self.refuse(None, status, reason);
    }

    fn refuse(&mut self, name: Option<String>, status: Status, reason: String) {
        self.refused.push(Refused { name, reason, status });
    }

    fn fail(&mut self, name: String, error: &blog::Error) {
        log::error!("keeping a file: {error}");
        let reason = match error {
            error if error.is_full() => {
                "The disk of the blog is full, so this is not kept. Make room, then send it again."
            }
            blog::Error::Storage(cause) if cause.is_corrupt() => {
                "The database of the blog is damaged, so this is not kept. Have the last good backup restored."
            }
            _ => "The blog could not keep this. Please send it again in a moment.",
        };
        self.refuse(Some(name), Status::ServiceUnavailable, reason.to_owned());
    }
}

fn too_long(limit: ByteUnit) -> String {
    format!(
        "A file may have {limit}. Please make it smaller, or ask whoever runs the blog for a higher `upload_limit`."
    )
}

/// Why a file did not arrive.
enum Stopped {
    TooLong,
    Disk(io::Error),
}

/// Copies a file to the disk. What cannot be kept is read to its end all the same, so that the rest of the form is found.
async fn copy(
    mut field: Field<'_>,
    file: File,
    limit: ByteUnit,
    held: &Held,
) -> multer::Result<Result<std::fs::File, Stopped>> {
    let mut out = BufWriter::with_capacity(256 * 1024, file);
    let (mut length, mut stopped) = (0, None);
    while let Some(piece) = field.chunk().await? {
        held.taken();
        length += piece.len() as u64;
        if length > limit {
            stopped = Some(Stopped::TooLong);
        }
        if stopped.is_none() {
            stopped = out.write_all(&piece).await.err().map(Stopped::Disk);
        }
    }
    let written = match stopped {
        Some(stopped) => Err(stopped),
        None => out.flush().await.map_err(Stopped::Disk),
    };
    Ok(match written {
        Ok(()) => Ok(out.into_inner().into_std().await),
        Err(stopped) => Err(stopped),
    })
}

/// A short text; what is too long ends up too long.
async fn text(mut field: Field<'_>, held: &Held) -> multer::Result<String> {
    let mut bytes = Vec::new();
    while let Some(piece) = field.chunk().await? {
        held.taken();
        if bytes.len() <= 8 * Media::MAX_ALT {
            bytes.extend_from_slice(&piece);
        }
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

async fn drain(mut field: Field<'_>, held: &Held) -> multer::Result<()> {
    while field.chunk().await?.is_some() {
        held.taken();
    }
    Ok(())
}
