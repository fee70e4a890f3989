use super::intake::{Unbrought, copy};
use std::fs::File;
use std::path::{Path, PathBuf};

/// A folder that files are taken from, and nothing from outside of it.
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// The folder at `path`, if there is one.
    pub fn open(path: &Path) -> Option<Folder> {
        let root = path.canonicalize().ok().filter(|root| root.is_dir())?;
        Some(Folder { root })
    }

    /// The file at `path`, names with `/` between them. What leads out of the folder, by whatever way, is not found.
    pub fn find(&self, path: &str) -> Option<PathBuf> {
        let mut place = self.root.clone();
        for name in path.split('/').filter(|name| !name.is_empty() && *name != ".") {
            match name {
                ".." if !place.pop() => return None,
                ".." => {}
                name if name.contains(['\\', '\0', ':']) => return None,
                name => place.push(name),
            }
        }
        let place = place.canonicalize().ok()?;
        (place.starts_with(&self.root) && place.is_file()).then_some(place)
    }
}

/// Copies a file, unless it is larger than `most` bytes.
pub fn copy_file(from: &Path, to: &mut File, most: u64) -> Result<(), Unbrought> {
    let mut from = File::open(from).map_err(|error| error.to_string())?;
    copy(&mut from, to, most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn what_is_outside_is_not_found() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("in/a")).unwrap();
        fs::write(dir.path().join("in/a/b.png"), "x").unwrap();
        fs::write(dir.path().join("secret"), "x").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(dir.path().join("secret"), dir.path().join("in/link")).unwrap();
        let folder = Folder::open(&dir.path().join("in")).unwrap();
        for inside in ["a/b.png", "/a/b.png", "./a//b.png", "a/../a/b.png"] {
            assert!(folder.find(inside).is_some(), "{inside}");
        }
        for outside in
            ["../secret", "/../secret", "a/../../secret", "link", "a", "", "a\\b.png", "a\0"]
        {
            assert!(folder.find(outside).is_none(), "{outside}");
        }
    }
}
