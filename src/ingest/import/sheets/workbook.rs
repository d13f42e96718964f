//! A workbook → a table of one of its sheets, or of all: no larger than a table can be, whatever the file says of itself.

use std::io::{Cursor, Read};
use tr::tr;

use calamine::{Data, Range, Reader, Sheets, open_workbook_auto_from_rs};
use zip::ZipArchive;

use super::sheet::Sheet;
use crate::domain::problem::{Problem, Problems};
use crate::ingest::import::stated::declared::Declared;

/// The name under which all sheets are read, and the column that then holds theirs.
const ALL: &str = "*";
const COLUMN: &str = "Sheet";

type Workbook = Sheets<Cursor<Vec<u8>>>;

/// Opens a workbook.
pub(in crate::ingest::import) fn open(bytes: Vec<u8>, declared: &Declared, shown: &str) -> Result<Sheet, Problems> {
    let most = (TIMES * bytes.len() as u64).clamp(SMALL, MOST_BYTES);
    refuse_more_than(most, &bytes, shown)?;
    let wrong = |error: calamine::Error| {
        Problem::in_file(shown, tr!("this is not a workbook: {error}", error))
            .accepting(tr!("an .xlsx, .xls or .ods file"))
    };
    let mut workbook: Workbook = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(wrong)?;
    let names = workbook.sheet_names();
    let ranges = ranges(&mut workbook, &names, shown)?;
    let filled: Vec<&(String, Range<Data>)> =
        ranges.iter().filter(|(_, range)| range.used_cells().count() > 3).collect();
    let table = |(name, range): &(String, Range<Data>)| {
        let first = range.start().map_or(0, |(row, _)| u64::from(row));
        let rows = (first + 1..).zip(range.rows().map(|row| row.iter().map(text).collect())).collect();
        Sheet::of_cells(rows, declared, &tr!("{shown}, sheet {name}", shown, name))
    };
    match (declared.sheet.as_deref(), &filled[..]) {
        (Some(ALL), [_, ..]) => {
            let named = |sheet: &&(String, Range<Data>)| Ok(table(sheet)?.with_column(COLUMN, &sheet.0));
            Sheet::together(filled.iter().map(named).collect::<Result<_, Problems>>()?)
        }
        (Some(name), _) if name != ALL => {
            let no_such = || Problem::in_file(shown, tr!("there is no such sheet")).with_value(name);
            let sheet = ranges.iter().find(|(theirs, _)| theirs == name);
            table(sheet.ok_or_else(|| no_such().accepting(tr!("one of `{}`", names.join("`, `"))))?)
        }
        (_, []) => Err(Problem::in_file(shown, tr!("no sheet of this workbook has a table")).into()),
        (_, [only]) => table(only),
        (_, several) => {
            let names: Vec<&str> = several.iter().map(|(name, _)| name.as_str()).collect();
            let problem = Problem::in_file(shown, tr!("several sheets have figures: `{}`", names.join("`, `")));
            let hint = tr!(
                "name the one with the contacts: sheet = \"{}\"; sheet = \"{ALL}\" reads all, each with its name in a column `{COLUMN}`",
                names[0],
                ALL,
                COLUMN
            );
            Err(problem.hinting(hint).into())
        }
    }
}

/// Bytes to which a workbook unpacks at most. Sheets of figures are packed to a twentieth of their size or so.
const MOST_BYTES: u64 = 1 << 30;
const SMALL: u64 = 64 << 20;
const TIMES: u64 = 200;

/// Refuses a packed workbook that unpacks to more, before anything of it is kept. One that is not packed has no such bound to break.
fn refuse_more_than(most: u64, bytes: &[u8], shown: &str) -> Result<(), Problems> {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return Ok(()) };
    let mut left = most;
    for number in 0..archive.len() {
        // What is damaged is told by the reader of workbooks.
        let Ok(entry) = archive.by_index(number) else { continue };
        let unpacked = std::io::copy(&mut entry.take(left + 1), &mut std::io::sink()).unwrap_or(0);
        if unpacked > left {
            let (packed, most) = (bytes.len().div_ceil(1000), most / 1_000_000);
            let problem = Problem::in_file(shown, tr!("{packed} kB unpack to more than {most} MB", packed, most));
            let hint =
                tr!("save the sheet with the contacts as CSV; a table that really is so large is divided by years");
            return Err(problem.hinting(hint).into());
        }
        left -= unpacked;
    }
    Ok(())
}

/// All sheets that can be read, by name.
fn ranges(workbook: &mut Workbook, names: &[String], shown: &str) -> Result<Vec<(String, Range<Data>)>, Problems> {
    let mut ranges = Vec::new();
    for name in names {
        refuse_too_wide(workbook, name, shown)?;
        if let Ok(range) = workbook.worksheet_range(name) {
            ranges.push((name.clone(), range));
        }
    }
    Ok(ranges)
}

/// Refuses a sheet whose cells lie so far apart that the rectangle around them would fill the memory.
fn refuse_too_wide(workbook: &mut Workbook, name: &str, shown: &str) -> Result<(), Problems> {
    const MOST_CELLS: u64 = 50_000_000;
    let Sheets::Xlsx(workbook) = workbook else { return Ok(()) };
    let Ok(mut cells) = workbook.worksheet_cells_reader(name) else { return Ok(()) };
    let (mut first, mut last) = ((u64::MAX, u64::MAX), (0, 0));
    while let Ok(Some(cell)) = cells.next_cell() {
        let (row, column) = cell.get_position();
        let (row, column) = (u64::from(row), u64::from(column));
        first = (row.min(first.0), column.min(first.1));
        last = (row.max(last.0), column.max(last.1));
    }
    let (rows, columns) = (last.0.saturating_sub(first.0) + 1, last.1.saturating_sub(first.1) + 1);
    if rows * columns <= MOST_CELLS {
        return Ok(());
    }
    let cause = tr!("the cells of this sheet lie {rows} rows and {columns} columns apart", rows, columns);
    let problem = Problem::in_file(tr!("{shown}, sheet {name}", shown, name), cause);
    Err(problem.hinting(tr!("delete what stands far from the table, or save the table as CSV")).into())
}

/// A cell as text: dates as dates, durations as `h:mm:ss`, whole numbers without point.
fn text(cell: &Data) -> String {
    match cell {
        Data::Empty | Data::Error(_) => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.trim().to_owned(),
        Data::Bool(value) => value.to_string(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::DateTime(at) if at.is_duration() || at.as_f64() < 1.0 => clock((at.as_f64() * 86_400.0).round()),
        Data::DateTime(at) => match at.as_datetime() {
            Some(at) => {
                let (at, half) = (at, chrono::Duration::milliseconds(500));
                at.checked_add_signed(half).unwrap_or(at).format("%Y-%m-%dT%H:%M:%S").to_string()
            }
            None => at.as_f64().to_string(),
        },
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a few thousand hours")]
fn clock(seconds: f64) -> String {
    let seconds = seconds as i64;
    format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_unpacks_without_measure_is_refused() {
        let report = include_bytes!("../../../../tests/it/import/report.xlsx");
        assert!(refuse_more_than(1 << 20, report, "r.xlsx").is_ok());
        let problem = refuse_more_than(2_000, report, "r.xlsx").expect_err("more than 2 kB").to_string();
        assert!(problem.contains("unpack to more than"), "{problem}");
        assert!(refuse_more_than(10, b"no archive at all", "r.xls").is_ok());
    }

    #[test]
    fn cells_that_lie_far_apart_are_refused() {
        let bytes = include_bytes!("../../../../tests/it/import/far_apart.xlsx").to_vec();
        let problem = open(bytes, &Declared::default(), "r.xlsx").err().map(|problems| problems.to_string());
        let expected = "the cells of this sheet lie 1048576 rows and 16384 columns apart";
        assert!(problem.as_ref().is_some_and(|problem| problem.contains(expected)), "{problem:?}");
    }

    #[test]
    fn a_sheet_for_each_queue_is_asked_about_and_read_by_a_word() {
        let bytes = include_bytes!("../../../../tests/it/import/two_sheets.xlsx").to_vec();
        let asked = open(bytes.clone(), &Declared::default(), "r.xlsx").err().map(|problems| problems.to_string());
        assert!(asked.as_ref().is_some_and(|asked| asked.contains("sheet = \"*\" reads all")), "{asked:?}");
        let declared = Declared { sheet: Some("*".to_owned()), ..Declared::default() };
        let sheet = open(bytes, &declared, "r.xlsx").expect("both");
        let mut rows = Vec::new();
        sheet.rows(|row| rows.push([0, 1, 2].map(|column| row.cell(column).to_owned()).join(" ")));
        let expected = [
            "2026-09-07 09:00 5 orders",
            "2026-09-07 09:30 7 orders",
            "2026-09-07 09:00 5 help",
            "2026-09-07 09:30 7 help",
        ];
        assert_eq!(rows, expected);
        assert_eq!(sheet.header().last().map(String::as_str), Some("Sheet"));
    }
}
