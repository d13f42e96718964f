//! Exports of other systems → plain history: what a telephone system writes, read without a word where that can be done.
//!
//! | room or file | what it does |
//! |---|---|
//! | [`cell`] | one cell as a number, a date, a time of day, a duration |
//! | [`stated`] | what the user says, what is known of systems, and what is said back |
//! | [`sheets`] | a file becomes rows of text: workbook, queue log, encoding, separator, header; of large Parquet files a sample and batches |
//! | [`meaning`] | what stands in each column, which column is what, whose export it is, and what the file settles |
//! | [`reading`] | rows read, what is wrong with them, when they are; several rows of one interval; what speaks against a reading |
//! | [`counting`] | contacts counted, and what single ones tell of customers, handle times and agents; typed rows of large files |
//! | [`run`], [`units`], [`interval_run`], [`contact_run`], `batched` | one import, from end to end |
//! | [`imported`], [`settings`], [`history_file`] | what comes out: history, and how the file was read |
//!
//! Each room imports only what stands above it.
//!
//! Nothing is guessed in silence: what the file does not settle is asked, with the key of `[history.import]` that answers, and what is
//! assumed is said.

mod cell;
mod stated;
mod sheets;
mod meaning;
mod reading;
mod counting;
mod imported;
mod settings;
mod history_file;
mod run;
mod units;
mod interval_run;
mod contact_run;
#[cfg(feature = "parquet")]
mod batched;
#[cfg(test)]
mod tests;

use std::path::PathBuf;

pub use cell::dates::DayOrder;
pub use cell::durations::TimeUnit;
pub use cell::numbers::DecimalMark;
pub use imported::Imported;
pub use stated::declared::{Declared, Doubles, Overlap};
pub use stated::layouts::Layout;
pub use stated::roles::Role;
pub use stated::said::Said;

use crate::domain::problem::Problems;
use crate::domain::time::Zone;
use crate::ingest::foreign::refuse_ours;
use run::Import;
use sheets::files;
use sheets::sheet::Sheet;

/// Reads an export of one or more files with the same columns. `zone`: of times without offset, unless the settings or the system name another.
///
/// # Errors
/// A file that cannot be read; what the file leaves open, with the key that settles it; cells that cannot be read, one line a cause.
pub fn import(paths: &[PathBuf], declared: &Declared, zone: Option<Zone>) -> Result<Imported, Problems> {
    let mut problems = Problems::none();
    let sheets = paths.iter().filter_map(|path| problems.keep(files::open(path, declared))).collect();
    let mut sheets: Vec<Sheet> = problems.or(sheets)?;
    if sheets.iter().any(Sheet::is_sample) && !sheets.iter().all(Sheet::is_sample) {
        let text = |sheet: Sheet| if sheet.is_sample() { files::whole(&sheet, declared) } else { Ok(sheet) };
        sheets = sheets.into_iter().map(text).collect::<Result<_, _>>()?;
    }
    let sheet = Sheet::together(sheets)?;
    refuse_ours(sheet.header(), &sheet.shown)?;
    let import = Import::of(&sheet, declared, zone)?;
    if !sheet.is_sample() || import.is_of_contacts() {
        return import.finish();
    }
    Import::of(&files::whole(&sheet, declared)?, declared, zone)?.finish()
}
