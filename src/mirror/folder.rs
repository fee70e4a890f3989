//! The folder of the site: only what has changed is written, and only what an export wrote is taken away.

use super::Error;
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;
use walkdir::WalkDir;

/// The list of the files that exports wrote. It holds digests of their names: it is found by whoever finds the site, and
/// nobody shall read in it what no page leads to.
const LIST: &str = ".monograph";
/// What is half written has a name of its own.
const UNFINISHED: &str = ".monograph-";

type Name = [u8; 16];

/// A folder that a site is written to.
pub struct Folder {
    root: PathBuf,
    /// What earlier exports wrote, and what this one has.
    ours: HashSet<Name>,
    /// What belongs to the site as it is now.
    present: HashSet<Name>,
    list: File,
    /// How many files are new or have changed.
    pub written: usize,
}

impl Folder {
    /// Opens the folder, and makes it where it is not there.
    ///
    /// # Errors
    /// Where it holds files and no export has ever written to it. Hidden ones, as of Git, do not count.
    pub fn open(root: &Path) -> Result<Folder, Error> {
        fs::create_dir_all(root).map_err(unwritten(root))?;
        let path = root.join(LIST);
        let ours = match File::open(&path) {
            Ok(list) => BufReader::new(list)
                .lines()
                .map_while(Result::ok)
                .filter_map(|line| read(&line))
                .collect(),
            Err(_) => {
                refuse_foreign(root)?;
                HashSet::new()
            }
        };
        let list =
            OpenOptions::new().create(true).append(true).open(&path).map_err(unwritten(&path))?;
        Ok(Folder { root: root.to_owned(), ours, present: HashSet::new(), list, written: 0 })
    }

    /// Whether a file that never changes is here already. It belongs to the site from now on.
    pub fn has(&mut self, file: &Path) -> bool {
        let is_here = self.ours.contains(&name(file)) && self.root.join(file).is_file();
        if is_here {
            self.present.insert(name(file));
        }
        is_here
    }

    /// Puts a file in its place, unless it is there and is the same. Says whether it could: what the site has already stays.
    pub fn put(&mut self, file: &Path, bytes: &[u8]) -> Result<bool, Error> {
        // No file has others below it.
        if file.ancestors().any(|file| self.present.contains(&name(file))) {
            return Ok(false);
        }
        let path = self.root.join(file);
        self.claim(file, &path)?;
        if !fs::read(&path).is_ok_and(|old| old == bytes) {
            self.written += 1;
            replace(&path, bytes).map_err(unwritten(&path))?;
        }
        Ok(true)
    }

    /// Notes that the file is ours before it is, so that the next export knows it even if this one is cut off.
    fn claim(&mut self, file: &Path, path: &Path) -> Result<(), Error> {
        let name = name(file);
        self.present.insert(name);
        if !self.ours.contains(&name) {
            if path.symlink_metadata().is_ok() {
                return Err(Error::InTheWay(path.to_owned()));
            }
            writeln!(self.list, "{}", written(&name)).map_err(unwritten(&self.root.join(LIST)))?;
            self.ours.insert(name);
        }
        Ok(())
    }

    /// How many files the site has.
    pub fn len(&self) -> usize {
        self.present.len()
    }

    /// Takes away what earlier exports wrote and is not of the site any more; says how many files.
    pub fn close(self) -> Result<usize, Error> {
        let files = WalkDir::new(&self.root).into_iter().filter_map(Result::ok);
        let mut removed = 0;
        for entry in files.filter(|entry| !entry.file_type().is_dir()) {
            let is_unfinished = entry.file_name().to_string_lossy().starts_with(UNFINISHED);
            let name = name(entry.path().strip_prefix(&self.root).unwrap_or(entry.path()));
            let is_old = self.ours.contains(&name) && !self.present.contains(&name);
            if is_old || is_unfinished {
                self.remove(entry.path())?;
                removed += usize::from(is_old);
            }
        }
        let mut lines: Vec<_> = self.present.iter().map(|name| written(name) + "\n").collect();
        lines.sort();
        let path = self.root.join(LIST);
        replace(&path, lines.concat().as_bytes()).map_err(unwritten(&path))?;
        Ok(removed)
    }

    /// Removes a file, and the folders that are empty without it.
    fn remove(&self, path: &Path) -> Result<(), Error> {
        fs::remove_file(path).map_err(unwritten(path))?;
        let folders = path.ancestors().skip(1).take_while(|folder| *folder != self.root);
        // What is not empty cannot be removed, and what is around it neither.
        folders.map_while(|folder| fs::remove_dir(folder).ok()).for_each(drop);
        Ok(())
    }
}

fn refuse_foreign(root: &Path) -> Result<(), Error> {
    for entry in fs::read_dir(root).map_err(unwritten(root))? {
        let entry = entry.map_err(unwritten(root))?;
        if !entry.file_name().to_string_lossy().starts_with('.') {
            return Err(Error::InTheWay(entry.path()));
        }
    }
    Ok(())
}

/// Nobody ever reads half a file.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = NamedTempFile::with_prefix_in(UNFINISHED, folder)?;
    file.write_all(bytes)?;
    #[cfg(unix)]
    file.as_file().set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644))?;
    file.persist(path)?;
    Ok(())
}

fn unwritten(path: &Path) -> impl Fn(io::Error) -> Error {
    move |cause| Error::Unwritten { path: path.to_owned(), cause }
}

fn name(file: &Path) -> Name {
    let digest = Sha256::digest(file.to_string_lossy().as_bytes());
    let mut name = Name::default();
    name.copy_from_slice(&digest[..16]);
    name
}

fn written(name: &Name) -> String {
    name.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn read(line: &str) -> Option<Name> {
    let number = u128::from_str_radix(line, 16).ok().filter(|_| line.len() == 32)?;
    Some(number.to_be_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(root: &Path) -> Vec<String> {
        let files = WalkDir::new(root).sort_by_file_name().into_iter().map(Result::unwrap);
        let files = files.filter(|entry| entry.file_type().is_file());
        files.map(|entry| entry.path().strip_prefix(root).unwrap().display().to_string()).collect()
    }

    #[test]
    fn what_is_not_ours_stays() {
        let root = tempfile::tempdir().unwrap();
        let mut folder = Folder::open(root.path()).unwrap();
        folder.put(Path::new("a/b.html"), b"1").unwrap();
        folder.put(Path::new("c.html"), b"1").unwrap();
        assert_eq!((folder.written, folder.close().unwrap()), (2, 0));
        fs::write(root.path().join("CNAME"), "blog.example").unwrap();

        let mut folder = Folder::open(root.path()).unwrap();
        folder.put(Path::new("c.html"), b"1").unwrap();
        assert!(matches!(folder.put(Path::new("CNAME"), b"x"), Err(Error::InTheWay(_))));
        assert_eq!((folder.written, folder.close().unwrap()), (0, 1));
        assert_eq!(names(root.path()), [LIST, "CNAME", "c.html"]);
        assert!(!root.path().join("a").exists());
    }

    #[test]
    fn an_export_that_was_cut_off_is_known_again() {
        let root = tempfile::tempdir().unwrap();
        let mut folder = Folder::open(root.path()).unwrap();
        folder.put(Path::new("a.html"), b"1").unwrap();
        drop(folder);
        let mut folder = Folder::open(root.path()).unwrap();
        folder.put(Path::new("b.html"), b"1").unwrap();
        assert_eq!(folder.close().unwrap(), 1);
        assert_eq!(names(root.path()), [LIST, "b.html"]);
    }

    #[test]
    fn what_the_site_has_is_not_written_over() {
        let root = tempfile::tempdir().unwrap();
        let mut folder = Folder::open(root.path()).unwrap();
        assert!(folder.put(Path::new("a.html"), b"1").unwrap());
        assert!(!folder.put(Path::new("a.html"), b"2").unwrap());
        assert!(!folder.put(Path::new("a.html/index.html"), b"3").unwrap());
        assert_eq!((folder.written, folder.len()), (1, 1));
        assert_eq!(fs::read(root.path().join("a.html")).unwrap(), b"1");
    }

    #[test]
    fn a_folder_of_somebody_else_is_left_alone() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join(".git")).unwrap();
        drop(Folder::open(root.path()).unwrap());
        fs::remove_file(root.path().join(LIST)).unwrap();
        fs::write(root.path().join("index.html"), "mine").unwrap();
        assert!(matches!(Folder::open(root.path()), Err(Error::InTheWay(_))));
    }
}
