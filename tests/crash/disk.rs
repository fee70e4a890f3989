//! Disks of our own: small ones, and ones whose power can be cut.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// A file system in a folder of its own, gone at the end.
pub struct Disk {
    folder: TempDir,
    /// The file that holds it; none for one in memory.
    image: Option<PathBuf>,
}

impl Disk {
    /// A file system in memory with so much room, in KiB; `None`, with a word on it, where this user may make none.
    pub fn in_memory(kib: u32) -> Option<Disk> {
        let disk = Disk { folder: tempfile::tempdir().unwrap(), image: None };
        let size = format!("size={kib}k");
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &size, "none"]).arg(disk.at());
        disk.did(&mut mount)
    }

    /// An ext4 in a file, whose power can be cut.
    pub fn with_power() -> Option<Disk> {
        let folder = tempfile::tempdir().unwrap();
        let image = folder.path().join("image");
        std::fs::create_dir(folder.path().join("at")).unwrap();
        std::fs::File::create(&image).unwrap().set_len(128 << 20).unwrap();
        let disk = Disk { folder, image: Some(image.clone()) };
        disk.did(Command::new("mkfs.ext4").args(["-q", "-F"]).arg(&image))
            .and_then(|disk| disk.did(Command::new("xfs_io").arg("-V")))
            .filter(Disk::attach)
    }

    /// Where it is.
    pub fn at(&self) -> PathBuf {
        match self.image {
            Some(_) => self.folder.path().join("at"),
            None => self.folder.path().to_owned(),
        }
    }

    /// Cuts the power: what was not synced is gone, and nothing more arrives.
    pub fn cut(&self) {
        let cut = Command::new("xfs_io").args(["-x", "-c", "shutdown"]).arg(self.at()).status();
        assert!(cut.unwrap().success(), "the power could not be cut");
    }

    /// Takes it away, as it is when nobody uses it any more, and brings it back as the machine does at its start.
    pub fn restart(&self) {
        assert!(self.detach(), "the disk is still in use");
        assert!(self.attach(), "the disk does not come back");
    }

    fn attach(&self) -> bool {
        let mut mount = Command::new("mount");
        mount.args(["-o", "loop"]).args(&self.image).arg(self.at());
        self.is_done(&mut mount)
    }

    fn detach(&self) -> bool {
        self.is_done(Command::new("umount").arg(self.at()))
    }

    fn did(self, command: &mut Command) -> Option<Disk> {
        let done = self.is_done(command);
        done.then_some(self)
    }

    fn is_done(&self, command: &mut Command) -> bool {
        match command.output() {
            Ok(output) if output.status.success() => true,
            Ok(output) => {
                eprint!("skipped: {}", String::from_utf8_lossy(&output.stderr));
                false
            }
            Err(error) => {
                eprintln!("skipped: {:?}: {error}", command.get_program());
                false
            }
        }
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-q").arg(self.at()).output();
    }
}

/// Takes all the room there is in `folder` but so many KiB, or gives some back.
pub fn leave(folder: &Path, kib: u64) {
    let room = rustix::fs::statvfs(folder).unwrap();
    let (free, wanted) = (room.f_bavail * room.f_frsize, kib * 1024);
    let mut options = OpenOptions::new();
    let mut ballast = options.append(true).create(true).open(folder.join("ballast")).unwrap();
    match free.checked_sub(wanted) {
        Some(more) => ballast.write_all(&vec![0; more as usize]).unwrap(),
        None => {
            let length = ballast.metadata().unwrap().len();
            assert!(length > wanted - free, "the disk is too small for this test");
            ballast.set_len(length - (wanted - free)).unwrap();
        }
    }
}
