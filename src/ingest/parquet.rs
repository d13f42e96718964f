//! Apache Parquet: a file or bytes in memory, read into a frame of the columns wanted.

use std::io::Cursor;
use std::sync::Arc;
use tr::tr;

use polars::io::mmap::MmapBytesReader;
use polars::prelude::{
    ArrowDataType, Column, DataFrame, DataType, FileMetadata, ParquetReader, ParquetWriter, PolarsError, SerReader,
};

use crate::domain::problem::{Problem, Problems};

use super::contents::{Contents, unread};
use super::params::HistorySource;
use super::polars_error::{brief, guarded};

/// A Parquet file that is open, its schema read.
pub(super) struct Parquet {
    bytes: Box<dyn MmapBytesReader>,
    metadata: Arc<FileMetadata>,
}

impl Parquet {
    /// Opens a file and tells its columns. The writer's own schema is set aside: what the file physically holds is enough,
    /// and dictionaries become plain text.
    pub(super) fn open(source: &HistorySource) -> Result<(Self, Vec<String>), Problems> {
        let shown = source.shown.as_str();
        let not_parquet =
            |error: PolarsError| Problem::in_file(shown, tr!("this is not a Parquet file: {}", brief(&error)));
        let mut bytes: Box<dyn MmapBytesReader> = match &source.contents {
            Contents::OnDisk => Box::new(Contents::open(&source.path).map_err(|error| unread(&error, shown))?),
            Contents::InMemory(bytes) => Box::new(Cursor::new(Arc::clone(bytes))),
        };
        let read = guarded(|| {
            let mut metadata = FileMetadata::clone(ParquetReader::new(&mut bytes).get_metadata()?);
            metadata.key_value_metadata = None;
            let schema = polars::io::parquet::read::infer_schema(&metadata)?;
            Ok((metadata, schema.iter_names().map(ToString::to_string).collect()))
        });
        let (metadata, header) = read.map_err(not_parquet)?;
        refuse_more_rows_than_fit(&metadata, bytes_of(source), shown)?;
        Ok((Self { bytes, metadata: Arc::new(metadata) }, header))
    }

    /// What the file says of itself, the writer's own schema aside.
    pub(super) const fn metadata(&self) -> &Arc<FileMetadata> {
        &self.metadata
    }

    /// The columns that can be read; and those that hold neither text, numbers nor times, with what they hold.
    #[expect(clippy::type_complexity, reason = "two lists of columns")]
    pub(super) fn readable(&self, shown: &str) -> Result<(Vec<String>, Vec<(String, String)>), Problems> {
        let (mut header, mut others) = (Vec::new(), Vec::new());
        for (name, kind) in types(&self.metadata, shown)? {
            if is_readable(&kind) { header.push(name) } else { others.push((name, described(&kind))) }
        }
        Ok((header, others))
    }

    /// The columns wanted.
    pub(super) fn read(self, wanted: Vec<String>, shown: &str) -> Result<DataFrame, Problems> {
        refuse_other_types(&self.metadata, &wanted, shown)?;
        let frame = guarded(|| {
            let metadata = widened(&self.metadata, &wanted)?;
            let mut reader = ParquetReader::new(self.bytes).with_columns(Some(wanted));
            reader.set_metadata(metadata);
            reader.finish()
        });
        frame
            .map_err(|error| Problem::in_file(shown, tr!("this Parquet file cannot be read: {}", brief(&error))).into())
    }
}

/// The size of a file.
fn bytes_of(source: &HistorySource) -> u64 {
    match &source.contents {
        Contents::OnDisk => fs_err::metadata(&source.path).map_or(0, |file| file.len()),
        Contents::InMemory(bytes) => bytes.len() as u64,
    }
}

/// A row in which nothing changes takes next to no room in a file, and as much memory as any other.
fn refuse_more_rows_than_fit(metadata: &FileMetadata, bytes: u64, shown: &str) -> Result<(), Problems> {
    const FEW: u64 = 4_000_000;
    const ROWS_PER_BYTE: u64 = 16;
    let groups = metadata.row_groups.iter().fold(0, |rows: usize, group| rows.saturating_add(group.num_rows()));
    let rows = metadata.num_rows.max(groups) as u64;
    if rows <= FEW.max(ROWS_PER_BYTE * bytes) {
        return Ok(());
    }
    let problem = Problem::in_file(shown, tr!("says that it holds {rows} rows, in {bytes} bytes", rows, bytes));
    Err(problem
        .accepting(tr!("at most {ROWS_PER_BYTE} rows a byte", ROWS_PER_BYTE))
        .hinting(tr!("export it once more"))
        .into())
}

/// Types that our polars was not built to read, and would panic on.
fn refuse_other_types(metadata: &FileMetadata, wanted: &[String], shown: &str) -> Result<(), Problems> {
    let mut problems = Problems::none();
    for (name, kind) in types(metadata, shown)?.into_iter().filter(|(name, _)| wanted.contains(name)) {
        if !is_readable(&kind) {
            let problem = Problem::in_file(shown, tr!("this column holds {kind}", kind = format_args!("{:?}", kind)));
            problems.push(problem.in_column(name).accepting(tr!("text, numbers or timestamps")));
        }
    }
    problems.or(())
}

/// The columns of a file, and what they hold.
fn types(metadata: &FileMetadata, shown: &str) -> Result<Vec<(String, ArrowDataType)>, Problems> {
    let schema = polars::io::parquet::read::infer_schema(metadata)
        .map_err(|error| Problem::in_file(shown, tr!("this is not a Parquet file: {}", brief(&error))))?;
    Ok(schema.iter_values().map(|field| (field.name.to_string(), field.dtype.clone())).collect())
}

/// What a column holds, for people to read.
fn described(kind: &ArrowDataType) -> String {
    use ArrowDataType as Kind;
    match kind {
        Kind::List(_) | Kind::LargeList(_) | Kind::FixedSizeList(..) | Kind::Map(..) => "lists".to_owned(),
        Kind::Struct(_) => "structures".to_owned(),
        kind => format!("{kind:?}"),
    }
}

/// Whether a column holds text, numbers or times.
fn is_readable(kind: &ArrowDataType) -> bool {
    use ArrowDataType as Kind;
    let text = matches!(kind, Kind::Utf8View | Kind::BinaryView | Kind::Null);
    let time = matches!(kind, Kind::Date32 | Kind::Timestamp(..));
    let whole = matches!(kind, Kind::Int8 | Kind::Int16 | Kind::Int32 | Kind::Int64);
    let unsigned = matches!(kind, Kind::UInt8 | Kind::UInt16 | Kind::UInt32 | Kind::UInt64);
    let real = matches!(kind, Kind::Float32 | Kind::Float64);
    text || time || whole || unsigned || real
}

/// Whole numbers of 8 and 16 bits are stored as 32 bits, and our polars knows no narrower: the schema is declared anew,
/// as polars itself would write it, with such columns as wide as they are stored.
pub(super) fn widened(metadata: &Arc<FileMetadata>, wanted: &[String]) -> Result<Arc<FileMetadata>, PolarsError> {
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
