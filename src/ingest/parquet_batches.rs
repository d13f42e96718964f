//! Apache Parquet a batch of rows at a time: any batch by any thread, only the columns wanted, so that memory does not grow with the file.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use tr::tr;

use polars::prelude::{DataFrame, FileMetadata, ParallelStrategy, ParquetReader, PolarsError, SerReader};

use crate::domain::problem::{Problem, Problems};

use super::contents::{Contents, unread};
use super::params::{HistoryFormat, HistorySource};
use super::parquet::{Parquet, widened};
use super::polars_error::{brief, guarded};

/// Rows of a batch, about: as many as one thread holds at a time.
const ROWS: usize = 1 << 20;

/// A Parquet file that is read in batches.
pub(super) struct Batches {
    path: PathBuf,
    pub(super) shown: String,
    /// The columns that can be read.
    pub(super) header: Vec<String>,
    /// The columns that hold neither text, numbers nor times, and what they hold.
    pub(super) unreadable: Vec<(String, String)>,
    /// What the file says of itself, with columns as wide as they are read.
    metadata: Arc<FileMetadata>,
    /// In the order of the file.
    pub(super) parts: Vec<Batch>,
}

/// Rows that are read together: one or more row groups, or a part of one.
#[derive(Clone, Debug)]
pub(super) struct Batch {
    /// The number of its first row, from 0.
    pub(super) first: u64,
    /// How many rows.
    pub(super) rows: usize,
    groups: std::ops::Range<usize>,
    /// Rows of the first group that come before it.
    skipped: usize,
}

impl Batches {
    /// Opens a file.
    pub(super) fn open(path: &Path, shown: &str) -> Result<Self, Problems> {
        let source = HistorySource {
            path: path.to_path_buf(),
            contents: Contents::OnDisk,
            shown: shown.to_owned(),
            name: shown.to_owned(),
            format: HistoryFormat::Parquet,
        };
        let (parquet, _) = Parquet::open(&source)?;
        let (header, unreadable) = parquet.readable(shown)?;
        let metadata = guarded(|| widened(parquet.metadata(), &header)).map_err(|error| broken(shown, &error))?;
        let parts = batches(&rows_of(&metadata));
        Ok(Self { path: path.to_path_buf(), shown: shown.to_owned(), header, unreadable, metadata, parts })
    }

    /// Rows of the file.
    pub(super) fn rows(&self) -> u64 {
        self.parts.iter().map(|batch| batch.rows as u64).sum()
    }

    /// The columns wanted of a batch.
    pub(super) fn read(&self, batch: &Batch, wanted: &[String]) -> Result<DataFrame, Problems> {
        let file = Contents::open(&self.path).map_err(|error| unread(&error, &self.shown))?;
        let groups = self.metadata.row_groups[batch.groups.clone()].to_vec();
        let mut metadata = FileMetadata { row_groups: groups, ..FileMetadata::clone(&self.metadata) };
        metadata.num_rows = rows_of(&metadata).into_iter().sum();
        let frame = guarded(|| {
            let reader = ParquetReader::new(file).with_columns(Some(wanted.to_vec()));
            // Batches are what goes to threads: polars' own would wait for one another here.
            let mut reader = reader.read_parallel(ParallelStrategy::None).with_slice(Some((batch.skipped, batch.rows)));
            reader.set_metadata(Arc::new(metadata));
            reader.finish()
        });
        frame.map_err(|error| self.broken(&error))
    }

    /// What polars could not do.
    pub(super) fn broken(&self, error: &PolarsError) -> Problems {
        broken(&self.shown, error)
    }

    /// At most so many rows, evenly from the whole file: parts of batches, in order.
    pub(super) fn sample(&self, most: usize) -> Vec<Batch> {
        const PARTS: usize = 32;
        let rows = self.rows();
        if rows <= most as u64 {
            return self.parts.clone();
        }
        let length = most / PARTS;
        let first = |part: usize| (rows - length as u64) * part as u64 / (PARTS as u64 - 1);
        (0..PARTS).filter_map(|part| self.part(first(part), length)).collect()
    }

    /// Rows from one on, as many as its batch still has.
    fn part(&self, first: u64, length: usize) -> Option<Batch> {
        let batch = self.parts.iter().rfind(|batch| batch.first <= first)?;
        let into = usize::try_from(first - batch.first).ok()?;
        let rows = length.min(batch.rows.checked_sub(into)?);
        Some(Batch { first, rows, skipped: batch.skipped + into, groups: batch.groups.clone() })
    }
}

fn broken(shown: &str, error: &PolarsError) -> Problems {
    Problem::in_file(shown, tr!("this Parquet file cannot be read: {}", brief(error))).into()
}

/// Rows of each row group.
#[expect(clippy::redundant_closure_for_method_calls, reason = "polars does not name the type of a row group")]
fn rows_of(metadata: &FileMetadata) -> Vec<usize> {
    metadata.row_groups.iter().map(|group| group.num_rows()).collect()
}

/// Small row groups together, large ones in parts.
fn batches(groups: &[usize]) -> Vec<Batch> {
    let mut batches: Vec<Batch> = Vec::new();
    let mut first = 0;
    for (number, rows) in groups.iter().copied().enumerate() {
        match batches.last_mut() {
            Some(last) if last.rows + rows <= ROWS => {
                last.rows += rows;
                last.groups.end = number + 1;
            }
            _ => batches.extend((0..rows).step_by(ROWS).map(|skipped| Batch {
                first: first + skipped as u64,
                rows: ROWS.min(rows - skipped),
                groups: number..number + 1,
                skipped,
            })),
        }
        first += rows as u64;
    }
    batches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_groups_are_read_together_and_large_ones_in_parts() {
        let of = |groups: &[usize]| {
            let batch = |batch: Batch| (batch.first, batch.rows, batch.groups, batch.skipped);
            batches(groups).into_iter().map(batch).collect::<Vec<_>>()
        };
        assert_eq!(of(&[10, 20, 0, ROWS]), [(0, 30, 0..3, 0), (30, ROWS, 3..4, 0)]);
        assert_eq!(of(&[5, ROWS + 7, 1]), [(0, 5, 0..1, 0), (5, ROWS, 1..2, 0), (5 + ROWS as u64, 8, 1..3, ROWS)]);
    }
}
