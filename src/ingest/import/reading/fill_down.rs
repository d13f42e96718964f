//! Names that are printed once for a group of rows, as reports do: blank cells below mean the one above.

use crate::ingest::import::meaning::columns::Columns;
use crate::ingest::import::sheets::row::Row;
use crate::ingest::import::sheets::sheet::Sheet;
use crate::ingest::import::stated::declared::Declared;
use crate::ingest::import::stated::layouts::Layout;
use crate::ingest::import::stated::roles::{Role, is_total};
use crate::ingest::import::stated::said::Said;
use tr::tr;

/// The columns of queues or dates whose blank cells are those above: at least half of the rows that have all else lack them, and the first has it.
/// `fill_down` of the settings says so of any of them, or of none.
pub(in crate::ingest::import) fn columns(
    sheet: &Sheet,
    columns: &Columns,
    declared: &Declared,
    said: &mut Said,
) -> Vec<usize> {
    if columns.layout != Layout::Intervals || declared.fill_down == Some(false) {
        return Vec::new();
    }
    let others = |column: usize| -> Vec<usize> {
        let roles = [Role::Start, Role::Time, Role::Offered].into_iter().filter_map(|role| columns.one(role));
        roles.filter(|other| *other != column).collect()
    };
    let mut found = Vec::new();
    for column in [Role::Queue, Role::Date].into_iter().filter_map(|role| columns.one(role)) {
        let (others, mut pattern) = (others(column), Vec::new());
        sheet.rows(|row| {
            let is_whole = others.iter().all(|other| !row.cell(*other).is_empty());
            if is_whole && !sheet.repeats_header(&row) {
                pattern.push(row.cell(column).is_empty());
            }
        });
        let blank = pattern.iter().filter(|is_blank| **is_blank).count();
        let is_likely = 2 * blank >= pattern.len() && others.len() > 1;
        if blank == 0 || pattern.first() != Some(&false) || !is_likely && declared.fill_down.is_none() {
            continue;
        }
        let name = &sheet.header()[column];
        let sentence =
            tr!("`{name}` stands once for a group of rows: {blank} blank cells are the one above", name, blank);
        match declared.fill_down {
            Some(_) => said.found(sentence),
            None => said.assumed(sentence, "fill_down = false"),
        }
        found.push(column);
    }
    found
}

/// The last cells of such columns.
#[derive(Clone, Debug, Default)]
pub(in crate::ingest::import) struct Above {
    last: Vec<String>,
}

impl Above {
    /// Remembers the cells of a row.
    pub(in crate::ingest::import) fn see(&mut self, row: &Row<'_>, columns: &[usize]) {
        self.last.resize(columns.len(), String::new());
        for (last, cell) in self.last.iter_mut().zip(columns.iter().map(|column| row.cell(*column))) {
            if !cell.is_empty() && !is_total(cell) {
                cell.clone_into(last);
            }
        }
    }

    /// What a blank cell of a column means.
    pub(in crate::ingest::import) fn of(&self, column: usize, columns: &[usize]) -> Option<&str> {
        let at = columns.iter().position(|known| *known == column)?;
        self.last.get(at).map(String::as_str)
    }
}
