//! Tables that somebody may have edited, read with every row that is none named at once.

use csv::{DeserializeErrorKind, ErrorKind, StringRecord};

use super::record::Record;
use crate::domain::problem::{Problem, Problems};

/// A row and the line on which it stands, counted from 1, header included.
pub type Numbered<R> = (u64, R);

/// The rows of a table with their lines, whatever the order of its columns; columns that nobody knows are passed over. `file` is what
/// the table is called in messages.
///
/// # Errors
/// Columns that are missing, or every row that cannot be used.
pub fn read_edited<R: Record>(table: &[u8], file: &str) -> Result<Vec<Numbered<R>>, Problems> {
    let mut reader = csv::Reader::from_reader(table);
    let header = reader.headers().map_err(|error| in_file(file, &error))?.clone();
    missing_columns::<R>(&header, file).or(())?;
    let (mut rows, mut problems) = (Vec::new(), Problems::none());
    let mut sound: Option<StringRecord> = None;
    for record in reader.into_records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                problems.push(in_file(file, &error));
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        match record.deserialize::<R>(Some(&header)) {
            Ok(row) => {
                rows.push((line, row));
                sound.get_or_insert(record);
            }
            Err(error) => problems.push(in_row::<R>(&record, &header, sound.as_ref(), &error, file).at_line(line)),
        }
    }
    problems.or(rows)
}

/// The columns of the record that the header does not have.
fn missing_columns<R: Record>(header: &StringRecord, file: &str) -> Problems {
    let is_missing = |column: &&str| !header.iter().any(|name| name == *column) && !R::ADDED_LATER.contains(column);
    let missing: Vec<&str> = R::COLUMNS.iter().copied().filter(is_missing).collect();
    if missing.is_empty() {
        return Problems::none();
    }
    let problem = Problem::in_file(file, format!("has no column `{}`", missing.join("`, `")))
        .at_line(1)
        .accepting(format!("a header of {}", R::COLUMNS.join(",")));
    let is_of_spreadsheet = header.len() == 1 && header.iter().any(|name| name.contains(';') || name.contains('\t'));
    let problem = if is_of_spreadsheet {
        problem.hinting("the columns must be parted by commas; save the table as CSV with commas")
    } else {
        problem
    };
    problem.into()
}

/// A row whose cells do not fit: the one cell that is at fault, if a sound row tells it.
fn in_row<R: Record>(
    record: &StringRecord,
    header: &StringRecord,
    sound: Option<&StringRecord>,
    error: &csv::Error,
    file: &str,
) -> Problem {
    let problem = Problem::in_file(file, cause(error));
    let mends = |column: &usize| {
        let with_sound =
            |(at, cell)| if at == *column { sound.and_then(|row| row.get(at)).unwrap_or(cell) } else { cell };
        let mended: StringRecord = record.iter().enumerate().map(with_sound).collect();
        mended.deserialize::<R>(Some(header)).is_ok()
    };
    match (0..record.len()).find(mends) {
        Some(column) => {
            problem.in_column(header.get(column).unwrap_or_default()).with_value(record.get(column).unwrap_or_default())
        }
        None => problem,
    }
}

fn cause(error: &csv::Error) -> String {
    let ErrorKind::Deserialize { err, .. } = error.kind() else { return error.to_string() };
    match err.kind() {
        DeserializeErrorKind::Message(told) | DeserializeErrorKind::Unsupported(told) => told.clone(),
        DeserializeErrorKind::UnexpectedEndOfRow => "the row ends too early".to_owned(),
        DeserializeErrorKind::InvalidUtf8(_) => "not UTF-8".to_owned(),
        DeserializeErrorKind::ParseBool(_) => "neither true nor false".to_owned(),
        DeserializeErrorKind::ParseInt(_) => "not a whole number".to_owned(),
        DeserializeErrorKind::ParseFloat(_) => "not a number".to_owned(),
    }
}

/// What cannot be split into cells.
fn in_file(file: &str, error: &csv::Error) -> Problem {
    let cause = match error.kind() {
        ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("{len} fields where the header has {expected_len}")
        }
        ErrorKind::Utf8 { .. } => "not UTF-8".to_owned(),
        _ => error.to_string(),
    };
    let problem = Problem::in_file(file, cause);
    match error.position() {
        Some(position) => problem.at_line(position.line()),
        None => problem,
    }
}

#[cfg(test)]
mod tests {
    use super::super::PayrollRow;
    use super::*;

    const HEADER: &str = "agent,shift_id,date,class,minutes,rate,amount\n";

    fn told(rows: &str) -> Vec<String> {
        let read = read_edited::<PayrollRow>(format!("{HEADER}{rows}").as_bytes(), "payroll.csv");
        read.expect_err("problems").iter().map(ToString::to_string).collect()
    }

    #[test]
    fn every_row_that_is_none_is_told_with_its_line_and_its_cell() {
        let rows = "a1,s1,2026-11-30,base,450,12.50,93.75\na1,s1,30.11.2026,base,450,12.50,93.75\n\
                    a1,s1,2026-11-30,base,many,12.50,93.75\na1,s1\na1,s1,2026-11-30,base,,12.50,\n";
        let told = told(rows);
        assert_eq!(told.len(), 4, "{told:?}");
        assert!(told[0].starts_with("payroll.csv:3: `date`: `30.11.2026`: "), "{}", told[0]);
        assert!(told[1].starts_with("payroll.csv:4: `minutes`: `many`: not a whole number"), "{}", told[1]);
        assert_eq!(told[2], "payroll.csv:5: 2 fields where the header has 7");
        // Two cells at once: the row is told, not a cell.
        assert!(told[3].starts_with("payroll.csv:6: "), "{}", told[3]);
    }

    #[test]
    fn a_table_that_a_spreadsheet_saved_with_semicolons_is_told_once() {
        let table = format!("{HEADER}a1,s1,2026-11-30,base,450,12.50,93.75\n").replace(',', ";");
        let problems = read_edited::<PayrollRow>(table.as_bytes(), "payroll.csv").expect_err("no columns");
        assert_eq!(problems.len(), 1);
        assert!(problems.to_string().contains("hint: the columns must be parted by commas"), "{problems}");
    }

    #[test]
    fn columns_may_stand_in_any_order_beside_others() {
        let table = "note,amount,rate,minutes,class,date,shift_id,agent\nx,93.75,12.50,450,base,2026-11-30,s1,a1\n";
        let rows: Vec<Numbered<PayrollRow>> = read_edited(table.as_bytes(), "payroll.csv").expect("a table");
        assert_eq!((rows[0].0, rows[0].1.minutes), (2, 450));
    }
}
