//! The edge to polars: a file is opened, its header matched, its columns read.
//!
//! Text is taken from polars as text and read here, so that every value that cannot be used is reported as it stands.

use std::io::{Cursor, Read};
use std::sync::Arc;

use polars::prelude::{
    ArrowDataType, Column, CsvParseOptions, CsvReadOptions, DataFrame, DataType, FileMetadata, ParquetReader,
    ParquetWriter, PlSmallStr, PolarsError, SerReader,
};

use crate::domain::problem::{Problem, Problems};
use crate::domain::time::Zone;

use super::columns::Columns;
use super::decode::{read_figures, read_names, read_starts};
use super::figures::{Figures, Names, Starts};
use super::lines::Lines;
use super::params::HistoryFormat;

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
pub(super) fn open<'a>(path: &std::path::Path, shown: &'a str, format: HistoryFormat) -> Result<Opened<'a>, Problems> {
    let unreadable = |error: std::io::Error| Problems::from(Problem::in_file(shown, error.to_string()));
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

fn open_text(mut bytes: Vec<u8>, shown: &str) -> Result<Opened<'_>, Problems> {
    if bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
    }
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let separator = [b',', b';', b'\t'].into_iter().find(|mark| first.contains(mark)).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).from_reader(first);
    let names = reader.headers().map_err(|_| Problem::in_file(shown, "the header is not UTF-8 text").at_line(1))?;
    let header: Vec<String> = names.iter().map(|name| name.trim().to_owned()).collect();
    if header.is_empty() {
        return Err(Problem::in_file(shown, "the file is empty").accepting("a header and rows").into());
    }
    once_each(&header, shown)?;
    Ok(Opened { shown, header, body: Body::Text { bytes, separator } })
}

fn once_each(header: &[String], shown: &str) -> Result<(), Problems> {
    match header.iter().enumerate().find(|(index, name)| header[..*index].contains(name)) {
        Some((_, twice)) => {
            let problem = Problem::in_file(shown, "this column stands twice in the header").at_line(1);
            Err(problem.in_column(twice.as_str()).into())
        }
        None => Ok(()),
    }
}

/// The writer's own schema is set aside: what the file physically holds is enough, and dictionaries become plain text.
fn open_parquet(file: std::fs::File, shown: &str) -> Result<Opened<'_>, Problems> {
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
            Body::Parquet { file, metadata } => (read_parquet(file, &metadata, wanted, shown)?, Lines::OfRows),
        };
        let rows = frame.height();
        let mut take = |ours| frame.drop_in_place(columns.get(ours)?).ok();
        let figures = |column: Column| read_figures(&column, shown);
        Ok(Table {
            rows,
            queue: take("queue").map(|column| read_names(&column, shown)).transpose()?,
            region: take("region").map(|column| read_names(&column, shown)).transpose()?,
            start: take("start").map(|column| read_starts(&column, zone, shown)).transpose()?.unwrap_or_default(),
            offered: take("offered").map(figures).transpose()?.unwrap_or_default(),
            handled: take("handled").map(figures).transpose()?,
            abandoned: take("abandoned").map(figures).transpose()?,
            aht: take("aht_s").map(figures).transpose()?,
            lines,
        })
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
    metadata: &Arc<FileMetadata>,
    wanted: Vec<String>,
    shown: &str,
) -> Result<DataFrame, Problems> {
    refuse_other_types(metadata, &wanted, shown)?;
    let frame = widened(metadata, &wanted).and_then(|metadata| {
        let mut reader = ParquetReader::new(file).with_columns(Some(wanted));
        reader.set_metadata(metadata);
        reader.finish()
    });
    frame
        .map_err(|error| Problem::in_file(shown, format!("this Parquet file cannot be read: {}", brief(&error))).into())
}

/// Types that our polars was not built to read, and would panic on.
fn refuse_other_types(metadata: &FileMetadata, wanted: &[String], shown: &str) -> Result<(), Problems> {
    use ArrowDataType as Kind;
    let schema = polars::io::parquet::read::infer_schema(metadata)
        .map_err(|error| Problem::in_file(shown, format!("this is not a Parquet file: {}", brief(&error))))?;
    let mut problems = Problems::none();
    for field in schema.iter_values().filter(|field| wanted.iter().any(|name| field.name == *name)) {
        let text = matches!(field.dtype, Kind::Utf8View | Kind::BinaryView | Kind::Null);
        let time = matches!(field.dtype, Kind::Date32 | Kind::Timestamp(..));
        let whole = matches!(field.dtype, Kind::Int8 | Kind::Int16 | Kind::Int32 | Kind::Int64);
        let unsigned = matches!(field.dtype, Kind::UInt8 | Kind::UInt16 | Kind::UInt32 | Kind::UInt64);
        let real = matches!(field.dtype, Kind::Float32 | Kind::Float64);
        if !(text || time || whole || unsigned || real) {
            let problem = Problem::in_file(shown, format!("this column holds {:?}", field.dtype));
            problems.push(problem.in_column(field.name.as_str()).accepting("text, numbers or timestamps"));
        }
    }
    problems.or(())
}

/// Whole numbers of 8 and 16 bits are stored as 32 bits, and our polars knows no narrower: the schema is declared anew,
/// as polars itself would write it, with such columns as wide as they are stored.
fn widened(metadata: &Arc<FileMetadata>, wanted: &[String]) -> Result<Arc<FileMetadata>, PolarsError> {
    let is_narrow = |kind: &ArrowDataType| {
        matches!(kind, ArrowDataType::Int8 | ArrowDataType::Int16 | ArrowDataType::UInt8 | ArrowDataType::UInt16)
    };
    let schema = polars::io::parquet::read::infer_schema(metadata)?;
    let read: Vec<_> = schema.iter_values().filter(|field| wanted.iter().any(|name| field.name == *name)).collect();
    if !read.iter().any(|field| is_narrow(&field.dtype)) {
        return Ok(Arc::clone(metadata));
    }
    let columns = read.into_iter().map(|field| {
        let wide = if is_narrow(&field.dtype) { DataType::Int32 } else { DataType::from_arrow_dtype(&field.dtype) };
        Column::new_empty(field.name.clone(), &wide)
    });
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes).finish(&mut DataFrame::new(0, columns.collect())?)?;
    let declared = ParquetReader::new(Cursor::new(bytes)).get_metadata()?.key_value_metadata.clone();
    Ok(Arc::new(FileMetadata { key_value_metadata: declared, ..FileMetadata::clone(metadata) }))
}
