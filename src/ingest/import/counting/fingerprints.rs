//! Rows of large files that stand there before, found without keeping the rows: eight bytes of each are.

use std::collections::HashSet;

use polars::prelude::DataFrame;
use rayon::prelude::*;

use crate::domain::problem::Problems;
use crate::ingest::import::sheets::row::Spot;
use crate::ingest::typed;

/// A number for each row that rows with the same cells share.
pub(in crate::ingest::import) fn of_rows(frame: &DataFrame, shown: &str) -> Result<Vec<u64>, Problems> {
    let mut rows = vec![0; frame.height()];
    for column in frame.columns() {
        typed::add_fingerprints(&mut rows, column, shown)?;
    }
    Ok(rows)
}

/// The fingerprints that stand there more than once.
#[derive(Debug, Default)]
pub(in crate::ingest::import) struct Alike {
    pub(in crate::ingest::import) fingerprints: HashSet<u64>,
    /// Rows whose fingerprint stands there before.
    pub(in crate::ingest::import) repeated: usize,
    /// All rows.
    pub(in crate::ingest::import) rows: usize,
}

/// Finds fingerprints that stand there more than once.
pub(in crate::ingest::import) fn alike(mut fingerprints: Vec<u64>) -> Alike {
    fingerprints.par_sort_unstable();
    let rows = fingerprints.len();
    let mut alike = Alike { rows, ..Alike::default() };
    for pair in fingerprints.windows(2).filter(|pair| pair[0] == pair[1]) {
        alike.repeated += 1;
        alike.fingerprints.insert(pair[0]);
    }
    alike
}

/// Looks for rows that stand there before, in the order of the file.
#[derive(Debug, Default)]
pub(in crate::ingest::import) struct Repeats {
    seen: HashSet<u64>,
    pub(in crate::ingest::import) repeated: HashSet<Spot>,
}

impl Repeats {
    /// Adds the next rows.
    pub(in crate::ingest::import) fn add(&mut self, rows: Vec<(Spot, u64)>) {
        for (spot, fingerprint) in rows {
            if !self.seen.insert(fingerprint) {
                self.repeated.insert(spot);
            }
        }
    }
}
