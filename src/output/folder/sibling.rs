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
