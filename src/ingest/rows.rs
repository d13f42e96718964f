//! The rows of one file that can be used.

use super::lines::Lines;

/// Stands for the series of a row that is not used.
pub(super) const UNUSED: u32 = u32::MAX;

/// The rows of one file that can be used, column by column.
#[derive(Clone, Debug)]
pub(super) struct FileRows {
    /// Its path, for messages.
    pub(super) shown: String,
    /// Its name, for notes.
    pub(super) name: String,
    /// Its columns that are not read.
    pub(super) unread: Vec<String>,
    pub(super) lines: Lines,
    /// Rows of the file; rows beyond were added where one row covers two hours.
    pub(super) read: usize,
    /// The row each added row stems from.
    pub(super) origin: Vec<u32>,
    pub(super) key: Vec<u32>,
    /// Seconds since 1970.
    pub(super) start: Vec<i64>,
    /// Contacts; NaN where unknown.
    pub(super) offered: Vec<f64>,
    pub(super) handled: Option<Vec<f64>>,
    pub(super) aht: Option<Vec<f64>>,
}

impl FileRows {
    /// The line a row stands on.
    pub(super) fn line(&self, row: u32) -> u64 {
        let added = (row as usize).checked_sub(self.read);
        self.lines.of(added.map_or(row, |index| self.origin[index]))
    }

    /// Mean handle time of a row, where it tells.
    pub(super) fn aht(&self, row: u32) -> Option<f64> {
        self.aht.as_ref().map(|column| column[row as usize]).filter(|aht| !aht.is_nan())
    }

    /// The contacts a row's handle time is the mean of: those handled, or offered where the file does not tell.
    pub(super) fn weight(&self, row: u32) -> f64 {
        let handled = self.handled.as_ref().map(|column| column[row as usize]).filter(|handled| *handled >= 0.0);
        handled.unwrap_or(self.offered[row as usize])
    }

    /// Rows that are used, with their series.
    pub(super) fn used(&self) -> impl Iterator<Item = (u32, u32)> {
        (0_u32..).zip(self.key.iter().copied()).filter(|(_, key)| *key != UNUSED)
    }

    /// Adds a copy of a row with another start.
    pub(super) fn add_copy(&mut self, row: usize, read_row: u32, start: i64) {
        self.origin.push(read_row);
        self.key.push(self.key[row]);
        self.start.push(start);
        self.offered.push(self.offered[row]);
        for column in [&mut self.handled, &mut self.aht].into_iter().flatten() {
            column.push(column[row]);
        }
    }
}
