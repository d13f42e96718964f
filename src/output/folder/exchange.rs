//! Putting a finished folder into OUT's place, and undoing what a killed run left half done.

use std::io;
use std::path::{Path, PathBuf};

use super::sibling;

/// Puts `partial` where `target` is; what stood there is removed afterwards.
pub(super) fn put_in_place(partial: &Path, target: &Path) -> io::Result<()> {
    if !target.exists() {
        fs_err::rename(partial, target)?;
    } else if !swap(partial, target)? {
        let previous = previous(target);
        fs_err::rename(target, &previous)?;
        fs_err::rename(partial, target)?;
        fs_err::remove_dir_all(previous)?;
    }
    target.parent().map_or(Ok(()), flush)
}

/// Flushes a folder's list of names to disk.
pub(super) fn flush(folder: &Path) -> io::Result<()> {
    fs_err::File::open(folder)?.sync_all()
}

/// Lets two folders change places in one step; false where the system or file system cannot.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn swap(one: &Path, other: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::NOSYS | Errno::INVAL | Errno::NOTSUP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Elsewhere there is no such step.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn swap(_: &Path, _: &Path) -> io::Result<bool> {
    Ok(false)
}

/// Where OUT waits between two renames.
fn previous(target: &Path) -> PathBuf {
    sibling(target, ".", ".previous")
}

/// Under the lock every sibling of ours belongs to a run that was killed: OUT goes back if it was moved away and
/// nothing took its place; the rest is removed.
pub(super) fn recover(target: &Path) -> io::Result<()> {
    let previous = previous(target);
    if previous.exists() && !target.exists() {
        fs_err::rename(&previous, target)?;
    }
    let Some(parent) = target.parent() else { return Ok(()) };
    let partial = sibling(target, ".", ".partial-");
    for entry in fs_err::read_dir(parent)? {
        let path = entry?.path();
        let is_partial = match (path.file_name(), partial.file_name()) {
            (Some(name), Some(prefix)) => name.as_encoded_bytes().starts_with(prefix.as_encoded_bytes()),
            _ => false,
        };
        if is_partial || path == previous {
            fs_err::remove_dir_all(&path)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_folders_change_places_where_the_system_can() {
        let home = tempfile::tempdir().expect("a folder");
        let path = |name: &str| home.path().join(name);
        for name in ["a", "b"] {
            fs_err::create_dir(path(name)).expect("made");
            fs_err::write(path(name).join("who"), name).expect("written");
        }
        if swap(&path("a"), &path("b")).expect("no error") {
            assert_eq!(fs_err::read_to_string(path("a/who")).expect("read"), "b");
        }
    }
}
