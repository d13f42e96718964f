//! Putting a finished folder into OUT's place, and undoing what a killed run left half done.

use std::io;
use std::path::{Path, PathBuf};

use super::ownership;
use super::sibling::{free, sibling};

/// Puts `partial` where `target` is; what stood there is removed afterwards.
pub(super) fn put_in_place(partial: &Path, target: &Path) -> io::Result<()> {
    if !target.exists() {
        fs_err::rename(partial, target)?;
    } else if swap(partial, target)? {
        clear(partial);
    } else {
        rename_twice(partial, target)?;
    }
    target.parent().map_or(Ok(()), flush)
}

/// Puts `partial` where `target` would be: a folder that has files in it is never renamed over, whoever made it.
pub(super) fn put_where_nothing_is(partial: &Path, target: &Path) -> io::Result<()> {
    fs_err::rename(partial, target)?;
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

/// Moves OUT away and the new folder there; OUT goes back if the new folder cannot take its place.
fn rename_twice(partial: &Path, target: &Path) -> io::Result<()> {
    let previous = free(&sibling(target, ".", PREVIOUS));
    fs_err::rename(target, &previous)?;
    if let Err(error) = fs_err::rename(partial, target) {
        fs_err::rename(&previous, target)?;
        return Err(error);
    }
    clear(&previous);
    Ok(())
}

/// Where OUT waits between two renames.
const PREVIOUS: &str = ".previous";

/// Where files are written before they take OUT's place.
pub(super) const PARTIAL: &str = ".partial-";

/// Under the lock every sibling that a run of ours wrote belongs to one that was killed: OUT goes back if it was moved away and
/// nothing took its place; the rest is removed. What others keep under such names is let be.
pub(super) fn recover(target: &Path) -> io::Result<()> {
    for previous in siblings(target, PREVIOUS) {
        if !target.exists() && ownership::is_ours(&previous) {
            fs_err::rename(&previous, target)?;
        }
        clear(&previous);
    }
    for partial in siblings(target, PARTIAL) {
        clear(&partial);
    }
    Ok(())
}

/// Removes a folder that a run of ours wrote, and nothing else. Where the system refuses, a later run tries again.
pub(super) fn clear(folder: &Path) {
    if ownership::is_ours(folder) {
        let _ = std::fs::remove_dir_all(folder);
    }
}

/// What stands beside OUT under a name of ours with this ending or more, in order of names; nothing where the folder cannot be listed.
fn siblings(target: &Path, ending: &str) -> Vec<PathBuf> {
    let first = sibling(target, ".", ending);
    let begins = |path: &PathBuf| match (path.file_name(), first.file_name()) {
        (Some(name), Some(prefix)) => name.as_encoded_bytes().starts_with(prefix.as_encoded_bytes()),
        _ => false,
    };
    let listed = target.parent().and_then(|parent| std::fs::read_dir(parent).ok()).into_iter().flatten();
    let mut found: Vec<PathBuf> = listed.flatten().map(|entry| entry.path()).filter(begins).collect();
    found.sort();
    found
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

    #[test]
    fn out_goes_back_when_the_second_of_two_renames_fails() {
        let home = tempfile::tempdir().expect("a folder");
        let (out, missing) = (home.path().join("out"), home.path().join(".out.partial-1"));
        fs_err::create_dir(&out).expect("made");
        assert!(rename_twice(&missing, &out).is_err());
        assert!(out.is_dir());
        assert_eq!(siblings(&out, PREVIOUS), Vec::<PathBuf>::new());
    }
}
