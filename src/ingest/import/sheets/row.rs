//! One row of a table, and where it stands.

/// A row's place: the number of its file, and its line there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::ingest::import) struct Spot {
    pub(super) part: u32,
    /// Line of the file, or row of the workbook, from 1.
    pub(in crate::ingest::import) line: u64,
}

impl Spot {
    /// A line of one of the files of a table, by the file's number from 0.
    pub(in crate::ingest::import) const fn new(part: u32, line: u64) -> Self {
        Self { part, line }
    }
}

/// One row of a table.
pub(in crate::ingest::import) struct Row<'a> {
    pub(in crate::ingest::import) spot: Spot,
    pub(super) cells: Cells<'a>,
}

pub(super) enum Cells<'a> {
    Record(&'a csv::StringRecord),
    Strings(&'a [String]),
}

impl<'a> Row<'a> {
    /// A row of cells of text.
    pub(in crate::ingest::import) const fn of(spot: Spot, cells: &'a [String]) -> Self {
        Self { spot, cells: Cells::Strings(cells) }
    }

    /// The first cell beyond so many columns that is not empty.
    pub(in crate::ingest::import) fn beyond(&self, width: usize) -> Option<&str> {
        let count = match &self.cells {
            Cells::Record(record) => record.len(),
            Cells::Strings(strings) => strings.len(),
        };
        (width..count).map(|column| self.cell(column)).find(|cell| !cell.is_empty())
    }

    /// The text of a column, trimmed; empty where the row is shorter.
    pub(in crate::ingest::import) fn cell(&self, column: usize) -> &str {
        match &self.cells {
            Cells::Record(record) => record.get(column).unwrap_or_default().trim(),
            Cells::Strings(strings) => strings.get(column).map_or("", |text| text.trim()),
        }
    }
}
