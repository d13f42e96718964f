//! Exports of other systems → plain history: what a telephone system writes, read without a word where that can be done.
//!
//! | file | what it does |
//! |---|---|
//! | [`files`], [`text`], [`dialect`], [`sheet`] | a file becomes rows of text: workbook, encoding, separator, header |
//! | [`scan`], [`parts`], [`dates`], [`numbers`], [`durations`] | one cell as a time, a number, a duration |
//! | [`profile`] | what stands in each column |
//! | [`roles`], [`names`], [`systems`], [`recognise`], [`columns`], [`handle_columns`], [`layouts`], [`layout`] | which column is what, and whose export it is |
//! | [`declared`], [`settle`], [`said`] | what the user says, what the file settles, and what is assumed |
//! | [`rows`], [`table`], [`gathered`], [`placing`] | rows read, what is wrong with them, and when they are |
//! | [`handle_time`], [`units`], [`doubles`], [`doubts`] | units of durations; several rows of one interval; what speaks against a reading |
//! | [`cells`], [`contacts`] | rows added up, contacts counted |
//! | [`patience`], [`habits`], [`people`] | what single contacts tell of customers, handle times and agents |
//! | [`history_file`], [`settings`] | what is written: history, and how the file was read |
//! | [`run`], [`imported`] | one import, from end to end |
//!
//! Nothing is guessed in silence: what the file does not settle is asked, with the key of `[history.import]` that answers, and what is
//! assumed is said.

mod cells;
mod columns;
mod contacts;
mod dates;
mod declared;
mod dialect;
mod doubles;
mod doubts;
mod durations;
mod files;
mod gathered;
mod handle_columns;
mod habits;
mod handle_time;
mod history_file;
mod names;
mod imported;
mod layout;
mod layouts;
mod numbers;
mod parts;
mod patience;
mod people;
mod placing;
mod profile;
mod recognise;
mod roles;
mod rows;
mod run;
mod said;
mod scan;
mod settings;
mod settle;
mod sheet;
mod systems;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod units;

use std::path::PathBuf;

pub use dates::DayOrder;
pub use declared::{Declared, Doubles};
pub use durations::TimeUnit;
pub use imported::Imported;
pub use layouts::Layout;
pub use numbers::DecimalMark;
pub use roles::Role;
pub use said::Said;
pub use text::Encoding;

use crate::domain::problem::Problems;
use crate::domain::time::Zone;
use run::Import;
use sheet::Sheet;

/// Reads an export of one or more files with the same columns. `zone`: of times without offset, unless the settings or the system name another.
///
/// # Errors
/// A file that cannot be read; what the file leaves open, with the key that settles it; cells that cannot be read, one line a cause.
pub fn import(paths: &[PathBuf], declared: &Declared, zone: Option<Zone>) -> Result<Imported, Problems> {
    let mut problems = Problems::none();
    let sheets = paths.iter().filter_map(|path| problems.keep(files::open(path, declared))).collect();
    let sheets = problems.or(sheets)?;
    Import::of(&Sheet::together(sheets)?, declared, zone)?.finish()
}
