//! One file of a run, or why there is none.

use std::path::PathBuf;

/// One file of a run, relative to OUT.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artifact {
    /// Where it goes within OUT.
    pub path: PathBuf,
    /// What it holds.
    pub bytes: Vec<u8>,
}

impl Artifact {
    /// A file of this name.
    pub fn new(path: impl Into<PathBuf>, bytes: Vec<u8>) -> Self {
        Self { path: path.into(), bytes }
    }
}

/// Why a file could not be made: a fault of ours, not of the input, where nothing else is said.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// A table could not be written.
    #[error("write a table: {0}")]
    Table(#[from] csv::Error),
    /// A JSON file could not be written.
    #[error("write JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// A workbook could not be written.
    #[error("write a workbook: {0}")]
    Workbook(String),
    /// There is more than a format holds: the one case that is not ours.
    #[error("{0}")]
    TooLarge(String),
    /// A Parquet file could not be written.
    #[error("write Parquet: {0}")]
    Parquet(String),
    /// A chart could not be drawn.
    #[error("draw a chart: {0}")]
    Chart(String),
}
