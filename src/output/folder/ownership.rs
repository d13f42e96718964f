//! Whether a folder may be replaced: it is absent, empty, or holds nothing but what one of our runs wrote, as it wrote it.

use std::io;
use std::path::{Path, PathBuf};

use super::error::FolderError;
use crate::output::run_json;

/// What file managers drop into any folder they show.
const NOBODYS: [&str; 1] = [".DS_Store"];

/// Whether OUT may be replaced. A run that reads a file of OUT knows what stands there: such a file may have changed.
pub(super) fn check(folder: &Path, read: &[PathBuf]) -> Result<(), FolderError> {
    for (file, sha256) in listed(folder)? {
        let path = folder.join(file);
        if sha256.is_some_and(|sha256| !run_json::is_still(&path, &sha256)) && !is_among(&path, read) {
            return Err(FolderError::Changed(path));
        }
    }
    Ok(())
}

/// Whether a run of ours, and nobody else, put what is in a folder there. A link is not a folder.
pub(super) fn is_ours(folder: &Path) -> bool {
    folder.symlink_metadata().is_ok_and(|it| it.is_dir()) && listed(folder).is_ok()
}

/// Every file of a folder that is absent, empty or ours, with what its run says of it.
fn listed(folder: &Path) -> Result<Vec<(PathBuf, Option<String>)>, FolderError> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let found = files_within(folder, Path::new(""))?;
    let Some(first) = found.first().cloned() else { return Ok(Vec::new()) };
    let not_ours = || FolderError::NotOurs { folder: folder.to_owned(), file: first };
    let marker = folder.join(run_json::FILE);
    if !marker.symlink_metadata().is_ok_and(|file| file.is_file()) {
        return Err(not_ours());
    }
    let of_run = run_json::files_of_run(&fs_err::read(marker)?).ok_or_else(not_ours)?;
    let said = |file: PathBuf| match of_run.get(&file) {
        Some(sha256) => Ok((file, sha256.clone())),
        None => Err(FolderError::Foreign { folder: folder.to_owned(), file }),
    };
    found.into_iter().map(said).collect()
}

/// Whether a file is one of some, however their paths are written.
fn is_among(file: &Path, some: &[PathBuf]) -> bool {
    file.canonicalize().is_ok_and(|file| some.iter().any(|other| other.canonicalize().is_ok_and(|other| other == file)))
}

/// Every file below a folder, relative to it, in order of names; links are files and not followed.
fn files_within(root: &Path, below: &Path) -> io::Result<Vec<PathBuf>> {
    let mut entries = fs_err::read_dir(root.join(below))?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs_err::DirEntry::file_name);
    let mut files = Vec::new();
    for entry in entries {
        let path = below.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            files.extend(files_within(root, &path)?);
        } else if !NOBODYS.iter().any(|name| entry.file_name() == *name) {
            files.push(path);
        }
    }
    Ok(files)
}
