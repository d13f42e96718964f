//! The edge to polars: a file's bytes become columns of our own, a part at a time on all threads.
//!
//! Text is taken from polars as text and read here, so that every value that cannot be used is reported as it stands.

use std::collections::HashMap;
use std::io::{Cursor, Read};
use std::sync::Arc;

use polars::prelude::{
    Column, CsvParseOptions, CsvReadOptions, DataFrame, DataType, FileMetadata, ParquetReader, PlSmallStr, PolarsError,
    SerReader, StringChunked, TimeUnit,
};
use rayon::prelude::*;

use super::columns::Columns;
use super::figures::{Figures, Names, Odd, Starts};
use super::instants::{Clock, Moment, instant};
use super::lines::Lines;
use super::params::HistoryFormat;
use crate::domain::problem::{Problem, Problems};
use crate::domain::time::Zone;

/// Rows read together by one thread.
const PART: usize = 1 << 16;

/// A history file read into columns.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub(super) rows: usize,
    pub(super) queue: Option<Names>,
    pub(super) region: Option<Names>,
    pub(super) start: Starts,
    pub(super) offered: Figures,
    pub(super) handled: Option<Figures>,
    pub(super) abandoned: Option<Figures>,
    pub(super) aht: Option<Figures>,
    /// Whether any time carries no offset.
    pub(super) local: bool,
    pub(super) lines: Lines,
}

/// A file that is open, its header read.
pub(super) struct Opened<'a> {
    shown: &'a str,
    header: Vec<String>,
    body: Body,
}

enum Body {
    Text { bytes: Vec<u8>, separator: u8 },
    Parquet { file: std::fs::File, metadata: Arc<FileMetadata> },
}

/// Opens a file and reads its header.
pub(super) fn open<'a>(path: &std::path::Path, shown: &'a str, format: HistoryFormat) -> Result<Opened<'a>, Problem> {
    let unreadable = |error: std::io::Error| Problem::in_file(shown, error.to_string());
    if format == HistoryFormat::Parquet {
        let file = fs_err::File::open(path).map_err(unreadable)?.into_parts().0;
        return open_parquet(file, shown);
    }
    let mut bytes = fs_err::read(path).map_err(unreadable)?;
    if format == HistoryFormat::CsvGz {
        let mut text = Vec::with_capacity(bytes.len() * 8);
        flate2::read::MultiGzDecoder::new(bytes.as_slice())
            .read_to_end(&mut text)
            .map_err(|error| Problem::in_file(shown, format!("this is not a whole gzip file: {error}")))?;
        bytes = text;
    }
    open_text(bytes, shown)
}

fn open_text(mut bytes: Vec<u8>, shown: &str) -> Result<Opened<'_>, Problem> {
    if bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
    }
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let separator = [b',', b';', b'\t'].into_iter().find(|mark| first.contains(mark)).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).from_reader(first);
    let names = reader.headers().map_err(|_| Problem::in_file(shown, "the header is not UTF-8 text").at_line(1))?;
    let header: Vec<String> = names.iter().map(|name| name.trim().to_owned()).collect();
    if header.is_empty() {
        return Err(Problem::in_file(shown, "the file is empty").accepting("a header and rows"));
    }
    once_each(&header, shown)?;
    Ok(Opened { shown, header, body: Body::Text { bytes, separator } })
}

fn once_each(header: &[String], shown: &str) -> Result<(), Problem> {
    match header.iter().enumerate().find(|(index, name)| header[..*index].contains(name)) {
        Some((_, twice)) => {
            Err(Problem::in_file(shown, "this column stands twice in the header").at_line(1).in_column(twice.as_str()))
        }
        None => Ok(()),
    }
}

/// The writer's own schema is set aside: what the file physically holds is enough, and dictionaries become plain text.
fn open_parquet(file: std::fs::File, shown: &str) -> Result<Opened<'_>, Problem> {
    let not_parquet =
        |error: PolarsError| Problem::in_file(shown, format!("this is not a Parquet file: {}", brief(&error)));
    let mut reader = ParquetReader::new(file.try_clone().map_err(|error| Problem::in_file(shown, error.to_string()))?);
    let mut metadata = FileMetadata::clone(reader.get_metadata().map_err(not_parquet)?);
    metadata.key_value_metadata = None;
    let schema = polars::io::parquet::read::infer_schema(&metadata).map_err(not_parquet)?;
    let header = schema.iter_names().map(ToString::to_string).collect();
    Ok(Opened { shown, header, body: Body::Parquet { file, metadata: Arc::new(metadata) } })
}

/// The first line of polars' message.
fn brief(error: &PolarsError) -> String {
    error.to_string().lines().next().unwrap_or_default().to_owned()
}

impl Opened<'_> {
    /// The names of its columns.
    pub(super) fn header(&self) -> &[String] {
        &self.header
    }

    /// Reads the columns that are known, times without offset on the clock of `zone`.
    pub(super) fn read(self, columns: &Columns, zone: Option<Zone>) -> Result<Table, Problems> {
        let shown = self.shown;
        let wanted: Vec<String> = columns.iter().map(|(_, theirs)| theirs.to_owned()).collect();
        let (mut frame, lines) = match self.body {
            Body::Text { bytes, separator } => {
                let lines = Lines::of_text(&bytes);
                (read_text(&bytes, separator, &self.header, &wanted, shown)?, lines)
            }
            Body::Parquet { file, metadata } => (read_parquet(file, metadata, wanted, shown)?, Lines::OfRows),
        };
        let rows = frame.height();
        let mut take = |ours| {
            let column = frame.drop_in_place(columns.get(ours)?).ok()?;
            Some(column.with_name(PlSmallStr::from_str(columns.get(ours)?)))
        };
        let figures = |column: Column| read_figures(&column, shown);
        let table = Table {
            rows,
            queue: take("queue").map(|column| read_names(&column, shown)).transpose()?,
            region: take("region").map(|column| read_names(&column, shown)).transpose()?,
            start: take("start").map(|column| read_starts(&column, zone, shown)).transpose()?.unwrap_or_default(),
            offered: take("offered").map(figures).transpose()?.unwrap_or_default(),
            handled: take("handled").map(figures).transpose()?,
            abandoned: take("abandoned").map(figures).transpose()?,
            aht: take("aht_s").map(figures).transpose()?,
            local: false,
            lines,
        };
        Ok(Table { local: table.start.local, ..table })
    }
}

/// All wanted columns as text.
fn read_text(
    bytes: &[u8],
    separator: u8,
    header: &[String],
    wanted: &[String],
    shown: &str,
) -> Result<DataFrame, Problems> {
    let schema = header.iter().map(|name| (PlSmallStr::from_str(name), DataType::String)).collect();
    let projection: Vec<usize> =
        header.iter().enumerate().filter(|(_, name)| wanted.contains(name)).map(|(index, _)| index).collect();
    CsvReadOptions::default()
        .with_schema(Some(Arc::new(schema)))
        .with_projection(Some(Arc::new(projection)))
        .with_raise_if_empty(false)
        .with_parse_options(CsvParseOptions::default().with_separator(separator))
        .into_reader_with_file_handle(Cursor::new(bytes))
        .finish()
        .map_err(|error| malformed(bytes, separator, header.len(), shown, &error))
}

/// Polars says that a file is malformed, not where: every line with too many fields or bytes that are no text.
fn malformed(bytes: &[u8], separator: u8, fields: usize, shown: &str, error: &PolarsError) -> Problems {
    const SHOWN: usize = 50;
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(bytes);
    let mut problems = Problems::none();
    for record in reader.byte_records().flatten() {
        let line = record.position().map_or(0, csv::Position::line);
        let place = |cause: String| Problem::in_file(shown, cause).at_line(line);
        if record.len() > fields {
            problems
                .push(place(format!("this line has {} fields", record.len())).accepting(format!("{fields} fields")));
        } else if let Some(broken) = record.iter().find(|field| std::str::from_utf8(field).is_err()) {
            problems.push(place("this is not UTF-8 text".to_owned()).with_value(String::from_utf8_lossy(broken)));
        }
        if problems.len() == SHOWN {
            break;
        }
    }
    if problems.is_empty() {
        problems.push(Problem::in_file(shown, format!("this is not a CSV file: {}", brief(error))));
    }
    problems
}

fn read_parquet(
    file: std::fs::File,
    metadata: Arc<FileMetadata>,
    wanted: Vec<String>,
    shown: &str,
) -> Result<DataFrame, Problems> {
    let mut reader = ParquetReader::new(file).with_columns(Some(wanted));
    reader.set_metadata(metadata);
    reader
        .finish()
        .map_err(|error| Problem::in_file(shown, format!("this Parquet file cannot be read: {}", brief(&error))).into())
}

/// Works through a column of text in parts on all threads; the parts come back in order.
fn in_parts<S: Send>(
    column: &StringChunked,
    begin: impl Fn(usize) -> S + Sync,
    step: impl Fn(&mut S, u32, Option<&str>) + Sync,
) -> Vec<S> {
    let parts: Vec<usize> = (0..column.len()).step_by(PART).collect();
    parts
        .into_par_iter()
        .map(|first| {
            let part = column.slice(i64::try_from(first).unwrap_or(0), PART);
            let mut state = begin(part.len());
            let mut row = u32::try_from(first).unwrap_or(u32::MAX);
            for chunk in part.downcast_iter() {
                for value in chunk {
                    step(&mut state, row, value);
                    row += 1;
                }
            }
            state
        })
        .collect()
}

fn read_names(column: &Column, shown: &str) -> Result<Names, Problem> {
    let text = column.cast(&DataType::String).map_err(|_| wrong_type(column, "text", shown))?;
    let text = text.str().map_err(|_| wrong_type(column, "text", shown))?;
    let parts = in_parts(text, Naming::new, |naming, _, name| naming.push(name.unwrap_or_default()));
    let mut all = Naming::new(column.len());
    for part in parts {
        let codes: Vec<u32> = part.names.distinct.iter().map(|name| all.code(name.trim())).collect();
        all.names.of_row.extend(part.names.of_row.iter().map(|code| codes[*code as usize]));
    }
    Ok(all.names)
}

/// Gives names codes in order of first appearance.
struct Naming {
    names: Names,
    codes: HashMap<String, u32>,
    last: u32,
}

impl Naming {
    fn new(rows: usize) -> Self {
        let names = Names { of_row: Vec::with_capacity(rows), distinct: vec![String::new()] };
        Self { names, codes: HashMap::from([(String::new(), 0)]), last: 0 }
    }

    fn push(&mut self, name: &str) {
        if self.names.distinct[self.last as usize] != name {
            self.last = self.code(name);
        }
        self.names.of_row.push(self.last);
    }

    fn code(&mut self, name: &str) -> u32 {
        if let Some(code) = self.codes.get(name) {
            return *code;
        }
        let code = u32::try_from(self.names.distinct.len()).unwrap_or(u32::MAX);
        self.names.distinct.push(name.to_owned());
        self.codes.insert(name.to_owned(), code);
        code
    }
}

fn read_starts(column: &Column, zone: Option<Zone>, shown: &str) -> Result<Starts, Problem> {
    let wrong = |_| wrong_type(column, "text or timestamps", shown);
    let mut starts = Starts { of_row: Vec::with_capacity(column.len()), ..Starts::default() };
    match column.dtype() {
        DataType::String => {
            let begin = |rows| (Starts { of_row: Vec::with_capacity(rows), ..Starts::default() }, Clock::new(zone));
            let parts = in_parts(column.str().map_err(wrong)?, begin, |(starts, clock), row, text| {
                starts.push_text(row, text, clock);
            });
            parts.into_iter().for_each(|(part, _)| starts.extend(part));
        }
        DataType::Datetime(unit, written_zone) => {
            let per_second = match unit {
                TimeUnit::Milliseconds => 1_000,
                TimeUnit::Microseconds => 1_000_000,
                TimeUnit::Nanoseconds => 1_000_000_000,
            };
            let moment = if written_zone.is_some() { Moment::Utc } else { Moment::Wall };
            starts.local = written_zone.is_none();
            read_timestamps(column, zone, per_second, moment, &mut starts).map_err(wrong)?;
        }
        _ => return Err(wrong_type(column, "text or timestamps", shown)),
    }
    Ok(starts)
}

fn read_timestamps(
    column: &Column,
    zone: Option<Zone>,
    per_second: i64,
    moment: impl Fn(i64) -> Moment,
    starts: &mut Starts,
) -> Result<(), PolarsError> {
    let physical = column.to_physical_repr();
    let mut clock = Clock::new(zone);
    for (row, value) in (0_u32..).zip(physical.i64()?.downcast_iter().flat_map(|chunk| chunk.iter())) {
        let text = |at: i64| instant(at.div_euclid(per_second)).naive_utc().to_string();
        match value.copied() {
            None => starts.push_odd(row, Odd::Empty, String::new),
            Some(at) if at % per_second != 0 => starts.push_odd(row, Odd::Unreadable, || text(at)),
            Some(at) => starts.push_placed(row, clock.place(moment(at / per_second)), || text(at)),
        }
    }
    Ok(())
}

fn read_figures(column: &Column, shown: &str) -> Result<Figures, Problem> {
    let wrong = |_| wrong_type(column, "numbers", shown);
    let mut figures = Figures { of_row: Vec::with_capacity(column.len()), ..Figures::default() };
    if column.dtype().is_string() {
        let parts =
            in_parts(column.str().map_err(wrong)?, |_| Figures::default(), |part, row, text| part.push_text(row, text));
        parts.into_iter().for_each(|part| figures.extend(part));
    } else if column.dtype().is_numeric() {
        let wide = column.cast(&DataType::Float64).map_err(wrong)?;
        for chunk in wide.f64().map_err(wrong)?.downcast_iter() {
            figures.of_row.extend(chunk.iter().map(|value| value.copied().unwrap_or(f64::NAN)));
        }
    } else if column.dtype().is_null() {
        figures.of_row.resize(column.len(), f64::NAN);
    } else {
        return Err(wrong_type(column, "numbers", shown));
    }
    Ok(figures)
}

fn wrong_type(column: &Column, accepted: &str, shown: &str) -> Problem {
    Problem::in_file(shown, format!("this column holds {}", column.dtype()))
        .in_column(column.name().as_str())
        .accepting(accepted)
}
