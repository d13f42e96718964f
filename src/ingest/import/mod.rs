//! Exports of other systems → plain history: what a telephone system writes, read without a word where that can be done.
//!
//! | file | what it does |
//! |---|---|
//! | [`files`], [`text`], [`dialect`], [`sheet`] | a file becomes rows of text: workbook, encoding, separator, header |
//! | [`scan`], [`parts`], [`dates`], [`numbers`], [`durations`] | one cell as a time, a number, a duration |
//! | [`profile`] | what stands in each column |
//! | [`roles`], [`names`], [`systems`], [`columns`], [`layout`] | which column is what, and whose export it is |
//! | [`declared`], [`settle`], [`said`] | what the user says, what the file settles, and what is assumed |
//! | [`rows`], [`table`], [`gathered`], [`placing`] | rows read, what is wrong with them, and when they are |
//! | [`handle_time`], [`doubles`] | units of durations; several rows of one interval |
//! | [`cells`], [`contacts`] | rows added up, contacts counted |
//! | [`patience`], [`habits`], [`people`] | what single contacts tell of customers, handle times and agents |
//! | [`history_file`], [`settings`] | what is written: history, and how the file was read |
//! | [`run`] | one import, from end to end |
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
mod durations;
mod files;
mod gathered;
mod habits;
mod handle_time;
mod history_file;
mod names;
mod layout;
mod numbers;
mod parts;
mod patience;
mod people;
mod placing;
mod profile;
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

use std::path::PathBuf;

pub use dates::DayOrder;
pub use declared::{Declared, Doubles, Layout};
pub use durations::TimeUnit;
pub use numbers::DecimalMark;
pub use roles::Role;
pub use said::Said;
pub use text::Encoding;

use crate::domain::contact_records::{FoundAgent, Habits};
use crate::domain::problem::Problems;
use crate::domain::time::Zone;
use run::Import;
use sheet::Sheet;

/// An export that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// Plain history: the bytes of a `history.csv`.
    pub history: Vec<u8>,
    /// How it was read: keys and values of `[history.import]`.
    pub settings: Vec<(String, String)>,
    /// What was found and assumed.
    pub said: Said,
    /// Rows of the file, its header aside.
    pub rows: u64,
    /// Rows that were not read: how many, why, and where.
    pub left_out: Vec<String>,
    /// Queues of the history; one without a name where the file names none.
    pub queues: Vec<String>,
    /// Contacts in the history.
    pub contacts: f64,
    /// Of contact records, what they tell of each queue's customers and contacts.
    pub habits: Vec<Habits>,
    /// Of contact records, who handled them.
    pub agents: Vec<FoundAgent>,
}

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
