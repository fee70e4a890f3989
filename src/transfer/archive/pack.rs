use super::{Cover, FORMAT, generators, page, place};
use crate::blog::whole::{Head, StoredFile, Writing};
use crate::db::{self, Db};
use crate::transfer::Error;
use rusqlite::Connection;
use std::fmt;
use std::fs::File;
use std::io::{self, BufWriter, Seek, Write};
use std::path::Path;
use tempfile::NamedTempFile;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// What an archive holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Packed {
    /// How many posts and pages.
    pub posts: usize,
    /// How many versions and saves of them.
    pub texts: usize,
    /// How many pictures and files, the narrower pictures counted.
    pub files: usize,
}

/// Writes everything to `path`, which is there whole at the end or as it was before. `progress` is told how many posts are
/// done.
///
/// # Errors
/// `path` may be an earlier archive, but no other file.
pub fn export(db: &Db, path: &Path, progress: &dyn Fn(usize)) -> Result<Packed, Error> {
    if path.is_dir() {
        let file = path.join("blog.zip");
        return Err(Error::Refused(format!(
            "{} is a folder; name a file, as {}",
            path.display(),
            file.display()
        )));
    }
    if path.exists() && !is_archive(path) {
        let path = path.display();
        return Err(Error::Refused(format!(
            "{path} is there already and is no archive of a blog; it was left as it is. Choose another name"
        )));
    }
    let unwritten = |error: io::Error| Error::from(db::Error::unwritten(path, &error));
    let folder =
        path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Its owner's alone, as everything that is made this way.
    let mut file = NamedTempFile::new_in(folder).map_err(unwritten)?;
    let packed = {
        let mut pack = Pack::new(BufWriter::new(file.as_file_mut()));
        let packed = db.read_at_once(|conn| pack.blog(conn, progress));
        packed.map_err(|failure: Failure| failure.at(path))?;
        pack.finish().map_err(|failure| failure.at(path))?
    };
    file.as_file().sync_all().map_err(unwritten)?;
    file.persist(path).map_err(|error| unwritten(error.error))?;
    // So that the name survives a power cut, too; where a folder cannot be opened, the system sees to it.
    if let Ok(folder) = File::open(folder) {
        folder.sync_all().map_err(unwritten)?;
    }
    Ok(packed)
}

/// Whether the file at `path` was made here, or has nothing in it.
fn is_archive(path: &Path) -> bool {
    let Ok(file) = File::open(path) else { return false };
    file.metadata().is_ok_and(|metadata| metadata.len() == 0)
        || ZipArchive::new(file).is_ok_and(|zip| zip.index_for_name(place::HEAD).is_some())
}

/// What can go wrong on the way: in the blog, or with the file.
enum Failure {
    Blog(crate::blog::Error),
    File(String),
}

/// An archive on its way.
struct Pack<W: Write + Seek> {
    zip: ZipWriter<W>,
    packed: Packed,
}

impl<W: Write + Seek> Pack<W> {
    fn new(to: W) -> Pack<W> {
        Pack { zip: ZipWriter::new(to), packed: Packed::default() }
    }

    fn blog(&mut self, conn: &Connection, progress: &dyn Fn(usize)) -> Result<(), Failure> {
        let head = Head::read(conn)?;
        let files = generators::files(&head.settings);
        let cover = serde_json::to_string_pretty(&Cover { format: FORMAT, head });
        self.text(place::HEAD, &cover.map_err(io::Error::from)?)?;
        files.iter().try_for_each(|(name, text)| self.text(name, text))?;
        self.files(conn)?;
        let mut last: Option<Writing> = None;
        while let Some(post) = Writing::after(conn, last.as_ref())? {
            self.post(conn, &post)?;
            progress(self.packed.posts);
            last = Some(post);
        }
        Ok(())
    }

    fn files(&mut self, conn: &Connection) -> Result<(), Failure> {
        self.start(place::FILES, CompressionMethod::Deflated, 0)?;
        let mut last: Option<StoredFile> = None;
        while let Some(file) = StoredFile::after(conn, last.as_ref())? {
            self.line(&file)?;
            last = Some(file);
        }
        last = None;
        while let Some(file) = StoredFile::after(conn, last.as_ref())? {
            // Most of them are packed already.
            self.start(&place::of_file(&file), CompressionMethod::Stored, file.size)?;
            file.write_to(conn, &mut self.zip)?;
            self.packed.files += 1;
            last = Some(file);
        }
        Ok(())
    }

    fn post(&mut self, conn: &Connection, post: &Writing) -> Result<(), Failure> {
        self.text(&place::of_post(post), &page::write(post).map_err(Failure::File)?)?;
        self.start(&place::of_history(&post.slug), CompressionMethod::Deflated, u64::MAX)?;
        post.each_past(conn, |past| {
            self.packed.texts += 1;
            self.line(&past)
        })?;
        self.packed.posts += 1;
        Ok(())
    }

    fn text(&mut self, name: &str, text: &str) -> Result<(), Failure> {
        self.start(name, CompressionMethod::Deflated, text.len() as u64)?;
        Ok(self.zip.write_all(text.as_bytes())?)
    }

    /// A line of JSON in the file that was started last.
    fn line(&mut self, of: &impl serde::Serialize) -> Result<(), Failure> {
        serde_json::to_writer(&mut self.zip, of).map_err(io::Error::from)?;
        Ok(self.zip.write_all(b"\n")?)
    }

    /// Begins a file. All have the same time: the same blog makes the same archive.
    fn start(&mut self, name: &str, method: CompressionMethod, size: u64) -> Result<(), Failure> {
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644)
            .large_file(size > u64::from(u32::MAX));
        Ok(self.zip.start_file(name, options).map_err(io::Error::from)?)
    }

    fn finish(self) -> Result<Packed, Failure> {
        self.zip.finish().and_then(|mut to| Ok(to.flush()?)).map_err(io::Error::from)?;
        Ok(self.packed)
    }
}

impl Failure {
    fn at(self, path: &Path) -> Error {
        match self {
            Failure::Blog(error) => error.into(),
            Failure::File(cause) => Error::Unwritten { path: path.to_owned(), cause },
        }
    }
}

impl From<crate::blog::Error> for Failure {
    fn from(error: crate::blog::Error) -> Failure {
        match error {
            // What is read is the database; only the archive is a file.
            crate::blog::Error::Unread(error) => error.into(),
            other => Failure::Blog(other),
        }
    }
}

impl From<crate::db::Error> for Failure {
    fn from(error: crate::db::Error) -> Failure {
        Failure::Blog(error.into())
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        Failure::File(error.to_string())
    }
}

impl fmt::Display for Packed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Packed { posts, texts, files } = self;
        write!(f, "{posts} posts and pages with {texts} versions and saves, {files} files.")
    }
}
