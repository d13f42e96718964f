//! The sheet of shifts of a workbook that `obsada export --format xlsx` wrote, with what a supervisor filled in: read back as the
//! rows of a roster.
//!
//! | file | what it does |
//! |---|---|
//! | [`listed`] | a row of the sheet → a shift in its pieces |
//! | [`change`] | what stands in the column `change` → the shift as it is to be |

mod change;
mod listed;

use std::io::Cursor;

use calamine::{Data, DataType, Range, Reader, Sheets, open_workbook_auto_from_rs};
use tr::tr;

use self::change::{Change, changed};
use self::listed::ListedShift;
use crate::domain::problem::Problem;
use crate::domain::time::Zone;
use crate::domain::units::Minutes;
use crate::workspace::place::{Place, Report};
use crate::workspace::tables::Row;

/// Columns by which the sheet is known.
const KNOWN_BY: [&str; 4] = ["shift_id", "agent", "lock", "change"];
/// Cells of a sheet at most: a shift a row, for a hundred thousand people.
const MOST_CELLS: usize = 20_000_000;

/// Whether a file is a workbook, by the bytes that it begins with.
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// The rows of `roster.csv` that the sheet stands for. `zone_of` knows the clocks of sites, `interval` is the plan's.
pub(super) fn rows<'a>(
    file: &Place,
    bytes: &[u8],
    zone_of: &dyn Fn(&str) -> Zone,
    interval: Minutes,
    report: &'a Report,
) -> Vec<Row<'a>> {
    let Some(sheet) = report.keep(sheet_of_shifts(file, bytes)) else { return Vec::new() };
    let header = heading_row(&sheet).unwrap_or_default();
    let names: Vec<String> = sheet.rows().nth(header).into_iter().flatten().map(ToString::to_string).collect();
    let first = sheet.start().map_or(0, |(row, _)| u64::from(row)) + 1;
    let mut rows = Vec::new();
    for (line, cells) in (first..).zip(sheet.rows()).skip(header + 1) {
        let place = file.line(line);
        let cell = |name: &str| names.iter().position(|of| of == name).and_then(|column| cells.get(column));
        if cell("agent").is_none_or(|agent| matches!(agent, Data::Empty)) {
            continue;
        }
        let zone = zone_of(&cell("site").map(ToString::to_string).unwrap_or_default());
        let Some(shift) = report.keep(ListedShift::read(&place, &cell, zone)) else { continue };
        let asked = cell("change").map(ToString::to_string).unwrap_or_default();
        let shift = match report.keep(Change::read(&place, &asked)) {
            Some(Change::None) => shift,
            Some(Change::Off) | None => continue,
            Some(Change::To(times)) => changed(shift, times, zone, interval),
        };
        rows.extend(shift.rows(&place, zone, report));
    }
    rows
}

fn sheet_of_shifts(file: &Place, bytes: &[u8]) -> Result<Range<Data>, Problem> {
    let wrong = |error: calamine::Error| file.problem(tr!("this is not a workbook: {error}", error));
    let mut book: Sheets<_> = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(wrong)?;
    for name in book.sheet_names() {
        let sheet = book.worksheet_range(&name).map_err(wrong)?;
        if heading_row(&sheet).is_some() {
            let (rows, columns) = sheet.get_size();
            if rows.saturating_mul(columns) > MOST_CELLS {
                return Err(file.problem(tr!("the sheet `{name}` has {rows} rows, more than any roster", name, rows)));
            }
            return Ok(sheet);
        }
    }
    let problem = file.problem(tr!("no sheet of this workbook lists shifts"));
    Err(problem
        .accepting(tr!("a sheet with the columns {}", KNOWN_BY.join(", ")))
        .hinting(tr!("`obsada export OUT --format xlsx` writes one; of another workbook, save the sheet as CSV with the columns of roster.csv")))
}

/// The row of the columns' names, among the first ten.
fn heading_row(sheet: &Range<Data>) -> Option<usize> {
    let has_all =
        |cells: &[Data]| KNOWN_BY.iter().all(|name| cells.iter().any(|cell| cell.get_string() == Some(*name)));
    sheet.rows().take(10).position(has_all)
}
