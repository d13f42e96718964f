//! The lock file beside OUT: `flock`, which dies with its holder.
//!
//! The file says whose it is. Something else of that name is somebody's own: it is let be, and the lock is taken at another name.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tr::tr;

use super::error::FolderError;
use super::sibling::sibling;

/// What a lock file of ours holds.
const MARK: &str = "obsada: a run is writing to the folder beside this file\n";

/// Held until dropped; the file goes with it.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    _file: File,
}

impl Lock {
    /// Takes the lock of a folder, or says that another run holds it.
    pub(super) fn acquire(target: &Path) -> Result<Self, FolderError> {
        let usual = sibling(target, "", ".lock");
        for path in [usual.clone(), sibling(target, ".", ".obsada-lock")] {
            if let Some(file) = locked(&path, target)? {
                return Ok(Self { path, _file: file });
            }
        }
        Err(FolderError::NoLock(usual))
    }
}

/// The locked file at a path; none where something that is not ours stands there.
fn locked(path: &Path, target: &Path) -> Result<Option<File>, FolderError> {
    let named = |error: io::Error| io::Error::new(error.kind(), tr!("lock `{}`: {error}", path.display(), error));
    loop {
        let file = match OpenOptions::new().create_new(true).write(true).open(path) {
            Ok(mut file) => {
                file.write_all(MARK.as_bytes()).map_err(named)?;
                file
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => match ours(path) {
                Some(file) => file,
                None if path.symlink_metadata().is_ok() => return Ok(None),
                // Its holder has removed it since.
                None => continue,
            },
            Err(error) => return Err(named(error).into()),
        };
        match file.try_lock() {
            Ok(()) if is_at(&file, path) => return Ok(Some(file)),
            // The holder before us removed the file between our opening and our locking it: take the new one.
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(FolderError::Held(target.to_owned())),
            Err(TryLockError::Error(error)) => return Err(named(error).into()),
        }
    }
}

/// Opens a lock file of ours. One that is still empty may be another run's that has just begun, which gets a moment to say so.
fn ours(path: &Path) -> Option<File> {
    const MOMENTS: u32 = 20;
    for _ in 0..MOMENTS {
        // A pipe would not open before somebody writes to it, and a link may lead to anything.
        if !path.symlink_metadata().is_ok_and(|file| file.is_file()) {
            return None;
        }
        let mut file = File::open(path).ok()?;
        let mut said = Vec::new();
        (&mut file).take(MARK.len() as u64 + 1).read_to_end(&mut said).ok()?;
        if !said.is_empty() {
            return (said == MARK.as_bytes()).then_some(file);
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    None
}

/// Whether the open file is still the one the path names.
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), path.metadata()) {
        (Ok(held), Ok(there)) => held.dev() == there.dev() && held.ino() == there.ino(),
        _ => false,
    }
}

impl Drop for Lock {
    /// Removed while still held, so that nobody else can hold the file that goes away.
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}
