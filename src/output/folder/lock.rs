//! The lock file beside OUT: `flock`, which dies with its holder.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::error::FolderError;
use super::sibling::sibling;

/// Held until dropped; the file goes with it.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    _file: File,
}

impl Lock {
    /// Takes the lock of a folder, or says that another run holds it.
    pub(super) fn acquire(target: &Path) -> Result<Self, FolderError> {
        let path = sibling(target, "", ".lock");
        loop {
            let named = |error: io::Error| io::Error::new(error.kind(), format!("lock `{}`: {error}", path.display()));
            let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(named)?;
            match file.try_lock() {
                Ok(()) if is_at(&file, &path) => return Ok(Self { path, _file: file }),
                // The holder before us removed the file between our opening and our locking it: take the new one.
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(FolderError::Held(target.to_owned())),
                Err(TryLockError::Error(error)) => return Err(named(error).into()),
            }
        }
    }
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
