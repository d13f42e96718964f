//! Every table of OUT as Apache Parquet, column by column as the CSV has them, with types.
//!
//! Instants are in UTC; where a table has them on a local clock with its offset, as `roster.csv` does, they stand beside as text
//! (`start_local`, `end_local`). A column with a cell that is not of its type stays text, and a note says so.

use chrono::{DateTime, NaiveDate};
use polars::prelude::{Column, DataFrame, DataType, ParquetWriter, PolarsError, TimeUnit};
use tr::tr;

use crate::output::artifact::{Artifact, OutputError};
use crate::output::export::exported::Exported;
use crate::output::results::ResultFiles;

/// The tables, in the order in which a run computes them.
const TABLES: [&str; 11] = [
    "forecast",
    "requirement",
    "roster",
    "payroll",
    "coverage",
    "pools",
    "service",
    "improvements",
    "accuracy",
    "backtest",
    "cleaning",
];

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Date,
    Instant,
    Whole,
    Flag,
    Figure,
}

impl Kind {
    /// By the names that the tables have in common.
    fn of(column: &str) -> Self {
        match column {
            "date" | "goal_from" => Self::Date,
            "start" | "end" | "start_before" | "end_before" | "origin" => Self::Instant,
            "minutes" | "paid_minutes" | "horizon_days" | "line" | "rank" | "goal_days" => Self::Whole,
            "locked" => Self::Flag,
            "agent" | "shift_id" | "site" | "activity" | "queues" | "queue" | "region" | "status" | "class"
            | "pool" | "kind" | "breaks" | "goal" | "method" | "start_local" | "file" | "column" | "was" | "became"
            | "why" => Self::Text,
            _ => Self::Figure,
        }
    }
}

/// All tables that the folder has.
pub(super) fn export(files: &ResultFiles) -> Result<Exported, OutputError> {
    let mut exported = Exported::default();
    for table in TABLES {
        let Some(bytes) = files.files.get(&format!("{table}.csv")) else { continue };
        let parquet = written(table, bytes, &mut exported.notes)?;
        exported.files.push(Artifact::new(format!("parquet/{table}.parquet"), parquet));
    }
    Ok(exported)
}

fn written(table: &str, csv: &[u8], notes: &mut Vec<String>) -> Result<Vec<u8>, OutputError> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(csv);
    let header: Vec<String> = reader.byte_headers()?.iter().map(text).collect();
    let mut cells: Vec<Vec<Option<String>>> = vec![Vec::new(); header.len()];
    for record in reader.byte_records() {
        let record = record?;
        for (column, cells) in cells.iter_mut().enumerate() {
            cells.push(record.get(column).map(text).filter(|cell| !cell.is_empty()));
        }
    }
    let failed = |error: PolarsError| OutputError::Parquet(format!("{table}: {error}"));
    let mut columns = Vec::new();
    for (at, (name, cells)) in header.iter().zip(&cells).enumerate() {
        if header[..at].contains(name) {
            notes.push(tr!("parquet: {table}.csv has `{name}` twice, and the first is taken", table, name));
            continue;
        }
        let (typed, is_text) = column(name, cells).map_err(failed)?;
        if is_text {
            notes.push(tr!(
                "parquet: `{name}` of {table}.csv is left as text, for a cell of it is something else",
                name,
                table
            ));
        }
        columns.push(typed);
        let is_local = Kind::of(name) == Kind::Instant && cells.iter().flatten().any(|cell| !cell.ends_with('Z'));
        let local = format!("{name}_local");
        if is_local && !header.contains(&local) {
            columns.push(Column::new(local.into(), cells.clone()));
        }
    }
    let mut frame = DataFrame::new(cells.first().map_or(0, Vec::len), columns).map_err(failed)?;
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes).finish(&mut frame).map_err(failed)?;
    Ok(bytes)
}

fn text(cell: &[u8]) -> String {
    String::from_utf8_lossy(cell).into_owned()
}

/// The column in its type, or as text where a cell does not allow it; whether that happened.
fn column(name: &str, cells: &[Option<String>]) -> Result<(Column, bool), PolarsError> {
    let as_text = || Column::new(name.into(), cells.to_vec());
    let typed = match Kind::of(name) {
        Kind::Text => return Ok((as_text(), false)),
        Kind::Figure => {
            parsed(cells, |cell| cell.parse::<f64>().ok()).map(|values| Ok(Column::new(name.into(), values)))
        }
        Kind::Whole => {
            parsed(cells, |cell| cell.parse::<i64>().ok()).map(|values| Ok(Column::new(name.into(), values)))
        }
        Kind::Flag => {
            parsed(cells, |cell| cell.parse::<bool>().ok()).map(|values| Ok(Column::new(name.into(), values)))
        }
        Kind::Date => parsed(cells, days).map(|values| Column::new(name.into(), values).cast(&DataType::Date)),
        Kind::Instant => parsed(cells, milliseconds)
            .map(|values| Column::new(name.into(), values).cast(&DataType::Datetime(TimeUnit::Milliseconds, None))),
    };
    match typed {
        Some(typed) => Ok((typed?, false)),
        None => Ok((as_text(), true)),
    }
}

/// Every cell that is not empty; nothing where one cannot be read.
fn parsed<T>(cells: &[Option<String>], read: impl Fn(&str) -> Option<T>) -> Option<Vec<Option<T>>> {
    let read = |cell: &Option<String>| match cell {
        None => Some(None),
        Some(cell) => read(cell).map(Some),
    };
    cells.iter().map(read).collect()
}

fn days(cell: &str) -> Option<i32> {
    let date: NaiveDate = cell.parse().ok()?;
    i32::try_from((date - DateTime::UNIX_EPOCH.date_naive()).num_days()).ok()
}

fn milliseconds(cell: &str) -> Option<i64> {
    DateTime::parse_from_rfc3339(cell).ok().map(|at| at.timestamp_millis())
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use polars::prelude::{ParquetReader, SerReader};

    use super::*;
    use crate::output::results::sample::ROSTER;

    fn read(table: &str, csv: &str) -> (DataFrame, Vec<String>) {
        let mut notes = Vec::new();
        let bytes = written(table, csv.as_bytes(), &mut notes).expect("Parquet");
        (ParquetReader::new(Cursor::new(bytes)).finish().expect("a frame"), notes)
    }

    #[test]
    fn a_table_reads_back_with_types_and_instants_in_utc() {
        let (frame, notes) = read("roster", ROSTER);
        assert_eq!((frame.height(), frame.width(), notes.len()), (5, 13, 0));
        assert_eq!(frame.column("date").expect("there").dtype(), &DataType::Date);
        let start = frame.column("start").expect("there");
        assert_eq!(start.dtype(), &DataType::Datetime(TimeUnit::Milliseconds, None));
        // 22:00 of the summer's clock in Kraków is 20:00 UTC.
        assert!(start.get(0).expect("a value").to_string().starts_with("2026-10-24 20:00:00"));
        assert!(
            frame.column("start_local").expect("there").get(0).expect("a value").to_string().contains("22:00:00+02:00")
        );
        assert_eq!(frame.column("paid_minutes").expect("there").dtype(), &DataType::Int64);
    }

    #[test]
    fn no_column_stands_twice() {
        let edited = "queue,start,start_local,queue\norders,2026-10-19T08:00:00+02:00,2026-10-19T08:00:00+02:00,x\n";
        let (frame, notes) = read("coverage", edited);
        assert_eq!((frame.width(), notes.len()), (3, 1), "{notes:?}");
    }

    #[test]
    fn a_cell_of_another_type_leaves_its_column_text_and_is_told() {
        let (frame, notes) = read("payroll", "agent,date,amount\n007,2026-10-19,12.50\n008,soon,\n");
        assert_eq!(frame.column("agent").expect("there").dtype(), &DataType::String);
        assert_eq!(frame.column("date").expect("there").dtype(), &DataType::String);
        assert_eq!(frame.column("amount").expect("there").null_count(), 1);
        assert!(notes[0].contains("`date` of payroll.csv"), "{notes:?}");
    }
}
