use super::Error;
use super::look::beside;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::NamedTempFile;

const BEGINNING: &str = ".monograph-";
const END: &str = ".part";

/// A file that is being written, for its owner only, and takes its name when it is whole. If it never is, it is removed,
/// and what had the name before stays as it was.
pub struct Part {
    file: NamedTempFile,
    _journal: Journal,
}

/// What SQLite keeps beside a file that it writes, and leaves there when it finds no room.
struct Journal(PathBuf);

impl Drop for Journal {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

impl Part {
    /// A new one in the folder of `target`. What killed programs left there is removed.
    pub fn beside(target: &Path) -> Result<Part, Error> {
        let folder = folder(target);
        remove_left(folder);
        let made = tempfile::Builder::new().prefix(BEGINNING).suffix(END).tempfile_in(folder);
        let file = made.map_err(|error| Error::unwritten(target, &error))?;
        // It tells others that this one is not left. Where a file system knows no locks nothing is removed there either.
        let _ = file.as_file().try_lock();
        let _journal = Journal(journal(file.path()));
        Ok(Part { file, _journal })
    }

    /// Where it is for now.
    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// Takes the name, once every byte is on the disk.
    pub fn take_name(self, target: &Path) -> Result<(), Error> {
        let unwritten = |error: io::Error| Error::unwritten(target, &error);
        self.file.as_file().sync_all().map_err(unwritten)?;
        self.file.persist(target).map_err(|error| unwritten(error.error))?;
        sync_folder(target).map_err(unwritten)
    }
}

/// The folder that `path` is in.
pub fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Sees to it that the disk knows the names in the folder of `path`.
pub fn sync_folder(path: &Path) -> io::Result<()> {
    match cfg!(unix) {
        true => File::open(folder(path))?.sync_all(),
        false => Ok(()),
    }
}

/// Removes what nobody works on any more. Where it cannot be removed, the new one is made all the same.
fn remove_left(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let (name, path) = (entry.file_name(), entry.path());
        let is_part =
            name.to_str().is_some_and(|name| name.starts_with(BEGINNING) && name.ends_with(END));
        if is_part && is_left(&path).unwrap_or(false) {
            let _ = fs::remove_file(&path);
            let _ = fs::remove_file(journal(&path));
        }
    }
}

fn journal(path: &Path) -> PathBuf {
    beside(path, "-journal")
}

/// Locked by nobody, and not because it was made in this very moment.
fn is_left(path: &Path) -> io::Result<bool> {
    let file = File::open(path)?;
    let age = file.metadata()?.modified()?.elapsed().unwrap_or_default();
    Ok(age > Duration::from_secs(60) && file.try_lock().is_ok())
}

/// What root makes for a blog belongs to whom the blog belongs to, or its own service could not touch it. Nobody else may
/// give files away, and need not.
#[cfg(unix)]
pub fn give_to_owner_of(model: &Path, path: &Path) {
    use std::os::unix::fs::{MetadataExt, chown};
    if let Ok(owner) = fs::metadata(model) {
        let _ = chown(path, Some(owner.uid()), Some(owner.gid()));
    }
}

/// Elsewhere a file belongs to whom its folder says.
#[cfg(not(unix))]
pub fn give_to_owner_of(_model: &Path, _path: &Path) {}
