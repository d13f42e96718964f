//! One row of a table, and the reading of its cells.

use crate::domain::problem::Problem;
use crate::workspace::place::{Place, Report};
use crate::workspace::words::{Read, Refusal};

/// One row, or an inline table with the same words: a cell for each column that is there.
#[derive(Debug)]
pub(crate) struct Row<'a> {
    place: Place,
    path: &'static str,
    cells: Vec<(&'static str, Place, String)>,
    report: &'a Report,
}

impl<'a> Row<'a> {
    /// A row of named cells, each with its place. `path` stands before the columns' names in problems: nothing in a
    /// table, the names of the tables around it in a settings file.
    pub(crate) fn new(
        place: Place,
        path: &'static str,
        cells: Vec<(&'static str, Place, String)>,
        report: &'a Report,
    ) -> Self {
        Self { place, path, cells, report }
    }

    fn shown(&self, column: &str) -> String {
        format!("{}{column}", self.path)
    }

    /// Where the row begins.
    pub(crate) fn place(&self) -> &Place {
        &self.place
    }

    fn cell(&self, column: &str) -> Option<(&Place, &str)> {
        let cell = self.cells.iter().find(|(name, ..)| *name == column)?;
        (!cell.2.is_empty()).then_some((&cell.1, &cell.2))
    }

    /// Whether a cell says anything.
    pub(crate) fn has(&self, column: &'static str) -> bool {
        self.cell(column).is_some()
    }

    /// A value, if its cell is not empty and can be read.
    pub(crate) fn optional<T>(&self, column: &'static str, read: impl Fn(&str) -> Read<T>) -> Option<T> {
        let (place, word) = self.cell(column)?;
        self.report.keep(read(word).map_err(|refusal| place.refused(&self.shown(column), word, refusal)))
    }

    /// A value that must be given.
    pub(crate) fn required<T>(&self, column: &'static str, read: impl Fn(&str) -> Read<T>) -> Option<T> {
        if !self.has(column) {
            let cause = if self.path.is_empty() { "empty" } else { "missing" };
            let accepted = read("").err().and_then(|refusal| refusal.accepted);
            self.report.problem(Problem { accepted, ..self.place.problem(cause).in_column(self.shown(column)) });
        }
        self.optional(column, read)
    }

    /// The items of a list joined by `|`.
    pub(crate) fn list<T>(&self, column: &'static str, read: impl Fn(&str) -> Read<T>) -> Vec<T> {
        let Some((place, word)) = self.cell(column) else { return Vec::new() };
        let kept = |item: &str| match read(item) {
            Ok(value) => Some(value),
            Err(refusal) => {
                self.report.problem(place.refused(&self.shown(column), item, refusal));
                None
            }
        };
        word.split('|').filter_map(|item| kept(item.trim())).collect()
    }

    /// Says why the value of a cell cannot be used.
    pub(crate) fn refuse(&self, column: &'static str, refusal: Refusal) {
        let (place, word) = self.cell(column).unwrap_or((&self.place, ""));
        self.report.problem(place.refused(&self.shown(column), word, refusal));
    }
}
