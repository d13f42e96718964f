//! Paths beside the output folder.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// A path beside the folder: its name between `before` and `after`.
pub(super) fn sibling(target: &Path, before: &str, after: &str) -> PathBuf {
    let mut name = OsString::from(before);
    name.push(target.file_name().unwrap_or_else(|| OsStr::new("out")));
    name.push(after);
    target.with_file_name(name)
}

/// The path, or with a number behind it the first at which nothing stands.
pub(super) fn free(path: &Path) -> PathBuf {
    let is_free = |path: &PathBuf| path.symlink_metadata().is_err();
    let numbered = (2..=u16::MAX).map(|number| sibling(path, "", &format!("-{number}")));
    std::iter::once(path.to_owned()).chain(numbered).find(is_free).unwrap_or_else(|| path.to_owned())
}
