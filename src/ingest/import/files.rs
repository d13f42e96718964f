//! An export on the disk → a table: text, packed text, a workbook or Parquet.

use std::path::Path;

use calamine::{Data, Reader, Sheets, open_workbook_auto_from_rs};

use crate::domain::problem::{Problem, Problems};
use crate::ingest::contents::{Contents, unread};
use crate::ingest::table::{MOST_BYTES, unpacked};

use super::declared::Declared;
use super::sheet::Sheet;

/// Opens a file.
pub(super) fn open(path: &Path, declared: &Declared) -> Result<Sheet, Problems> {
    let shown = path.display().to_string();
    let name = path.file_name().map(|name| name.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    let mut bytes = Contents::read(path, MOST_BYTES).map_err(|error| unread(&error, &shown))?;
    if bytes.starts_with(b"\x1f\x8b") {
        bytes = unpacked(&bytes, &shown)?;
    }
    if bytes.starts_with(b"PAR1") {
        return parquet(path, declared, &shown);
    }
    let is_workbook = bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0");
    if is_workbook || ends(&[".xlsx", ".xlsm", ".xls", ".ods"]) {
        return workbook(bytes, declared, &shown);
    }
    if ends(&[".pdf", ".zip", ".doc", ".docx", ".json"]) {
        let problem = Problem::in_file(shown, "not a table").accepting(".csv, .txt, .tsv, .gz, .xlsx or .parquet");
        return Err(problem.hinting("export the report once more as CSV or as a workbook").into());
    }
    Sheet::of_text(bytes, declared, &shown)
}

fn workbook(bytes: Vec<u8>, declared: &Declared, shown: &str) -> Result<Sheet, Problems> {
    let wrong = |error: calamine::Error| {
        Problem::in_file(shown, format!("this is not a workbook: {error}")).accepting("an .xlsx, .xls or .ods file")
    };
    let mut sheets: Sheets<_> = open_workbook_auto_from_rs(std::io::Cursor::new(bytes)).map_err(wrong)?;
    let names = sheets.sheet_names();
    let name = match &declared.sheet {
        Some(name) if names.contains(name) => name.clone(),
        Some(name) => {
            let problem = Problem::in_file(shown, "there is no such sheet").with_value(name.as_str());
            return Err(problem.accepting(format!("one of `{}`", names.join("`, `"))).into());
        }
        None => fullest(&mut sheets, &names, shown)?,
    };
    let range = sheets.worksheet_range(&name).map_err(wrong)?;
    let first = range.start().map_or(0, |(row, _)| u64::from(row));
    let rows = (first + 1..).zip(range.rows().map(|row| row.iter().map(text).collect())).collect();
    Sheet::of_cells(rows, declared, &format!("{shown}, sheet {name}"))
}

/// The sheet with figures in it, where there is one.
fn fullest<R: std::io::Read + std::io::Seek>(
    sheets: &mut Sheets<R>,
    names: &[String],
    shown: &str,
) -> Result<String, Problems> {
    let mut filled: Vec<(usize, &String)> = Vec::new();
    for name in names {
        let cells = sheets.worksheet_range(name).map_or(0, |range| range.used_cells().count());
        if cells > 3 {
            filled.push((cells, name));
        }
    }
    match &filled[..] {
        [] => Err(Problem::in_file(shown, "no sheet of this workbook has a table").into()),
        [(_, only)] => Ok((*only).clone()),
        several => {
            let names: Vec<&str> = several.iter().map(|(_, name)| name.as_str()).collect();
            let problem = Problem::in_file(shown, format!("several sheets have figures: `{}`", names.join("`, `")));
            Err(problem.hinting(format!("name the one with the contacts: sheet = \"{}\"", names[0])).into())
        }
    }
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

#[cfg(feature = "parquet")]
fn parquet(path: &Path, declared: &Declared, shown: &str) -> Result<Sheet, Problems> {
    Sheet::of_cells(crate::ingest::parquet::texts(path, shown)?, declared, shown)
}

#[cfg(not(feature = "parquet"))]
fn parquet(_: &Path, _: &Declared, shown: &str) -> Result<Sheet, Problems> {
    let problem = Problem::in_file(shown, "this build of the program reads no Parquet");
    Err(problem.hinting("build it with the feature `parquet`, or export .csv.gz").into())
}
