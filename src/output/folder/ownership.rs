//! Whether a folder may be replaced: it is absent, empty, or holds nothing but what one of our runs wrote.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use super::error::FolderError;
use crate::output::run_json;

/// What file managers drop into any folder they show.
const NOBODYS: [&str; 1] = [".DS_Store"];

pub(super) fn check(folder: &Path) -> Result<(), FolderError> {
    if !folder.exists() {
        return Ok(());
    }
    let found = files_within(folder, Path::new(""))?;
    let Some(first) = found.first().cloned() else { return Ok(()) };
    let not_ours = || FolderError::NotOurs { folder: folder.to_owned(), file: first };
    let marker = folder.join(run_json::FILE);
    if !marker.is_file() {
        return Err(not_ours());
    }
    let listed: BTreeSet<PathBuf> =
        run_json::files_of_run(&fs_err::read(marker)?).ok_or_else(not_ours)?.into_iter().map(PathBuf::from).collect();
    match found.into_iter().find(|file| !listed.contains(file)) {
        Some(file) => Err(FolderError::Foreign { folder: folder.to_owned(), file }),
        None => Ok(()),
    }
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
