//! Files of a generated workspace.

use std::path::PathBuf;

/// A file of a generated workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneratedFile {
    /// Where it belongs, relative to the workspace.
    pub path: PathBuf,
    /// What it holds.
    pub bytes: Vec<u8>,
}

impl GeneratedFile {
    /// A file with its bytes.
    #[must_use]
    pub fn new(path: &str, bytes: impl Into<Vec<u8>>) -> Self {
        Self { path: PathBuf::from(path), bytes: bytes.into() }
    }
}
