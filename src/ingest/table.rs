//! The edge to polars: a file is opened, its header matched, its columns read.
//!
//! Text is taken from polars as text and read here, so that every value that cannot be used is reported as it stands.

use std::io::{Cursor, Read};
use std::sync::Arc;
use tr::tr;

use flate2::read::MultiGzDecoder;
use polars::prelude::{
    Column, CsvParseOptions, CsvReadOptions, DataFrame, DataType, PlSmallStr, PolarsError, SerReader,
};

use crate::domain::problem::{Problem, Problems};
use crate::domain::time::Zone;

use super::columns::Columns;
use super::contents::{Contents, unread};
use super::decode::{read_figures, read_names, read_starts};
use super::figures::{Figures, Names, Starts};
use super::foreign::{refuse_bytes, refuse_ours};
use super::lines::Lines;
use super::params::{HistoryFormat, HistorySource};
#[cfg(feature = "parquet")]
use super::parquet::Parquet;
use super::polars_error::{brief, guarded};

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
    Text {
        bytes: Vec<u8>,
        separator: u8,
    },
    #[cfg(feature = "parquet")]
    Parquet(Parquet),
}

/// Opens a file and reads its header.
pub(super) fn open(source: &HistorySource) -> Result<Opened<'_>, Problems> {
    let shown = source.shown.as_str();
    if source.format == HistoryFormat::Parquet {
        return open_parquet(source);
    }
    let mut bytes = match &source.contents {
        Contents::OnDisk => Contents::read(&source.path, MOST_BYTES).map_err(|error| unread(&error, shown))?,
        Contents::InMemory(bytes) => bytes.to_vec(),
    };
    if source.format == HistoryFormat::CsvGz {
        bytes = unpacked(&bytes, shown)?;
    }
    refuse_bytes(&bytes, shown)?;
    open_text(bytes, shown)
}

/// Text of a history file at most, packed or not.
pub(super) const MOST_BYTES: u64 = 4 << 30;

/// The text of a gzip file. Tables of figures are packed to a tenth of their size or so: what grows far beyond that is stopped
/// before it fills the memory.
pub(super) fn unpacked(bytes: &[u8], shown: &str) -> Result<Vec<u8>, Problems> {
    const TIMES: u64 = 200;
    const SMALL: u64 = 64 << 20;
    let most = (TIMES * bytes.len() as u64).clamp(SMALL, MOST_BYTES);
    let mut text = Vec::new();
    MultiGzDecoder::new(bytes)
        .take(most + 1)
        .read_to_end(&mut text)
        .map_err(|error| Problem::in_file(shown, tr!("this is not a whole gzip file: {error}", error)))?;
    if text.len() as u64 <= most {
        return Ok(text);
    }
    let (packed, most) = (bytes.len().div_ceil(1000), most / 1_000_000);
    let problem = Problem::in_file(shown, tr!("{packed} kB unpack to more than {most} MB", packed, most));
    let hint = tr!(
        "pack the table once more; one that really is so large is divided by years: `history.files` takes several files"
    );
    Err(problem.hinting(hint).into())
}

#[cfg(feature = "parquet")]
fn open_parquet(source: &HistorySource) -> Result<Opened<'_>, Problems> {
    let (parquet, header) = Parquet::open(source)?;
    refuse_ours(&header, &source.shown)?;
    Ok(Opened { shown: &source.shown, header, body: Body::Parquet(parquet) })
}

#[cfg(not(feature = "parquet"))]
fn open_parquet(source: &HistorySource) -> Result<Opened<'_>, Problems> {
    let problem = Problem::in_file(&source.shown, tr!("this build of the program reads no Parquet"));
    Err(problem.hinting(tr!("build it with the feature `parquet`, or export .csv.gz")).into())
}

fn open_text(mut bytes: Vec<u8>, shown: &str) -> Result<Opened<'_>, Problems> {
    if bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
    }
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let separator = [b',', b';', b'\t'].into_iter().find(|mark| first.contains(mark)).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).from_reader(first);
    let names =
        reader.headers().map_err(|_| Problem::in_file(shown, tr!("the header is not UTF-8 text")).at_line(1))?;
    let header: Vec<String> = names.iter().map(|name| name.trim().to_owned()).collect();
    if header.is_empty() {
        return Err(Problem::in_file(shown, tr!("the file is empty")).accepting(tr!("a header and rows")).into());
    }
    refuse_ours(&header, shown)?;
    once_each(&header, shown)?;
    Ok(Opened { shown, header, body: Body::Text { bytes, separator } })
}

fn once_each(header: &[String], shown: &str) -> Result<(), Problems> {
    match header.iter().enumerate().find(|(index, name)| header[..*index].contains(name)) {
        Some((_, twice)) => {
            let problem = Problem::in_file(shown, tr!("this column stands twice in the header")).at_line(1);
            Err(problem.in_column(twice.as_str()).into())
        }
        None => Ok(()),
    }
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
            #[cfg(feature = "parquet")]
            Body::Parquet(parquet) => (parquet.read(wanted, shown)?, Lines::OfRows),
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
    let reader = CsvReadOptions::default()
        .with_schema(Some(Arc::new(schema)))
        .with_projection(Some(Arc::new(projection)))
        .with_raise_if_empty(false)
        .with_parse_options(CsvParseOptions::default().with_separator(separator))
        .into_reader_with_file_handle(Cursor::new(bytes));
    guarded(|| reader.finish()).map_err(|error| malformed(bytes, separator, header.len(), shown, &error))
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
                .push(place(tr!("this line has {} fields", record.len())).accepting(tr!("{fields} fields", fields)));
        } else if let Some(broken) = record.iter().find(|field| std::str::from_utf8(field).is_err()) {
            problems.push(place(tr!("this is not UTF-8 text")).with_value(String::from_utf8_lossy(broken)));
        }
        if problems.len() == SHOWN {
            break;
        }
    }
    if problems.is_empty() {
        problems.push(Problem::in_file(shown, tr!("this is not a CSV file: {}", brief(error))));
    }
    problems
}
