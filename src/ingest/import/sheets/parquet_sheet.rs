//! A Parquet file as a table: all of a small one as text; of a large one a sample, and the batches from which all rows are read.

use std::path::Path;

use polars::prelude::DataFrame;
use rayon::prelude::*;

use super::sheet::Sheet;
use crate::domain::problem::Problems;
use crate::ingest::decode::texts;
use crate::ingest::import::stated::declared::Declared;
use crate::ingest::parquet_batches::{Batch, Batches};

/// Rows from which is told what a file's columns are.
const SAMPLE: usize = 1 << 16;

/// Opens a file. Batches are kept unless its names of columns were not taken for a header.
pub(in crate::ingest::import) fn open(path: &Path, declared: &Declared, shown: &str) -> Result<Sheet, Problems> {
    let file = Batches::open(path, shown)?;
    let mut sheet = Sheet::of_cells(rows(&file, &file.sample(SAMPLE), shown)?, declared, shown)?;
    if sheet.header() != file.header.as_slice() || sheet.header_line() != Some(1) {
        sheet = Sheet::of_cells(rows(&file, &file.parts, shown)?, declared, shown)?;
        sheet.unreadable = file.unreadable;
        return Ok(sheet);
    }
    sheet.unreadable.clone_from(&file.unreadable);
    sheet.batches = vec![file];
    Ok(sheet)
}

/// The whole of a table of which a sample stands here, as text.
pub(in crate::ingest::import) fn whole(sample: &Sheet, declared: &Declared) -> Result<Sheet, Problems> {
    let of_file = |file: &Batches| {
        let shown = file.shown.as_str();
        let mut sheet = Sheet::of_cells(rows(file, &file.parts, shown)?, declared, shown)?;
        sheet.unreadable.clone_from(&file.unreadable);
        Ok(sheet)
    };
    Sheet::together(sample.batches.iter().map(of_file).collect::<Result<_, Problems>>()?)
}

/// Rows as text, the names of the columns first, each with its number.
fn rows(file: &Batches, batches: &[Batch], shown: &str) -> Result<Vec<(u64, Vec<String>)>, Problems> {
    let mut rows = vec![(1, file.header.clone())];
    let read = |batch: &Batch| -> Result<Vec<(u64, Vec<String>)>, Problems> {
        let frame = file.read(batch, &file.header)?;
        let columns = columns(&frame, shown)?;
        let cells = |row: usize| columns.iter().map(|column| column[row].clone()).collect();
        Ok((0..frame.height()).map(|row| (batch.first + row as u64 + 2, cells(row))).collect())
    };
    for batch in batches.par_iter().map(read).collect::<Vec<_>>() {
        rows.extend(batch?);
    }
    Ok(rows)
}

fn columns(frame: &DataFrame, shown: &str) -> Result<Vec<Vec<String>>, Problems> {
    frame.columns().iter().map(|column| texts(column, shown)).collect()
}
